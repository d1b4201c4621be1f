"""After the agreement: kept or broken, confirmed by the court or not."""

from datetime import date
from decimal import Decimal

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.mediation import queries
from fengqiao.mediation.models import Agreement, Dossier
from fengqiao.mediation.transitions import performing
from fengqiao.mediation.transitions.performing import Visit
from fengqiao.mediation.vocabulary import Overturned
from tests.cast import MONDAY_9AM, QING
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table


def test_item_by_item_it_is_kept_and_the_money_adds_up(table: Table, under_way: Dossier) -> None:
    agreement, by = tables.settle(table, under_way), table.he_mediates_willow
    ridge, wheat = agreement.items.order_by("order")
    performing.perform(ridge, done_at=MONDAY_9AM + DAY, by=by, at=MONDAY_9AM + DAY)
    paid = Decimal("280.00")
    performing.perform(wheat, done_at=MONDAY_9AM + 2 * DAY, recovered=paid, by=by, at=MONDAY_9AM + 3 * DAY)

    assert queries.recovered(QING, MONDAY_9AM, MONDAY_9AM + 3 * DAY) == paid
    assert queries.recovered(QING, MONDAY_9AM, MONDAY_9AM + 2 * DAY) == 0  # the end does not belong
    assert queries.recovered("629902", MONDAY_9AM, MONDAY_9AM + 3 * DAY) == 0
    with pytest.raises(Refused):
        performing.perform(wheat, done_at=MONDAY_9AM, recovered=paid, by=by, at=MONDAY_9AM + 3 * DAY)


def test_nothing_is_performed_tomorrow_or_for_less_than_nothing(table: Table, under_way: Dossier) -> None:
    item, by = tables.settle(table, under_way).items.all()[0], table.he_mediates_willow
    with pytest.raises(Refused):
        performing.perform(item, done_at=MONDAY_9AM + DAY, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        performing.perform(item, done_at=MONDAY_9AM, recovered=Decimal("-1"), by=by, at=MONDAY_9AM)


def test_nothing_is_performed_before_it_binds(table: Table, under_way: Dossier) -> None:
    item = tables.draft(table, under_way).items.all()[0]
    with pytest.raises(Refused):
        performing.perform(item, done_at=MONDAY_9AM, by=table.he_mediates_willow, at=MONDAY_9AM)


def test_a_breach_names_the_road_and_can_still_be_made_good(table: Table, under_way: Dossier) -> None:
    agreement, by = tables.settle(table, under_way), table.he_mediates_willow
    item = agreement.items.order_by("order")[1]
    performing.breach(item, words="没给钱。", by=by, at=MONDAY_9AM + DAY)
    assert "action" in under_way.case.log.order_by("-line")[0].public
    with pytest.raises(Refused):
        performing.breach(item, words="没给钱。", by=by, at=MONDAY_9AM + DAY)
    item = performing.perform(item, done_at=MONDAY_9AM + 2 * DAY, by=by, at=MONDAY_9AM + 2 * DAY)
    assert (item.done_at, item.broken_at) == (MONDAY_9AM + 2 * DAY, None)


def test_what_the_court_confirmed_is_enforced(table: Table, under_way: Dossier) -> None:
    agreement, by, today = tables.settle(table, under_way), table.he_mediates_willow, date(2026, 3, 3)
    at = MONDAY_9AM + DAY
    performing.ask_court(agreement, asked_on=today, by=by, at=at)
    with pytest.raises(Refused):
        performing.ask_court(agreement, asked_on=today, by=by, at=at)
    performing.court_answered(agreement, is_confirmed=True, answered_on=today, by=by, at=at)
    with pytest.raises(Refused):
        performing.court_answered(agreement, is_confirmed=False, answered_on=today, by=by, at=at)
    performing.breach(agreement.items.all()[0], words="不恢复地埂。", by=by, at=at)
    assert "enforce" in under_way.case.log.order_by("-line")[0].public


def test_the_thirty_first_day_is_too_late(table: Table, under_way: Dossier) -> None:
    agreement, by, at = tables.settle(table, under_way), table.he_mediates_willow, MONDAY_9AM + 60 * DAY
    assert agreement.confirm_until == date(2026, 4, 1)
    for on in (date(2026, 4, 2), date(2026, 3, 1)):
        with pytest.raises(Refused):
            performing.ask_court(agreement, asked_on=on, by=by, at=at)
    with pytest.raises(Refused):  # not a day to come
        performing.ask_court(agreement, asked_on=date(2026, 4, 1), by=by, at=MONDAY_9AM)
    asked = performing.ask_court(agreement, asked_on=date(2026, 4, 1), by=by, at=at)
    assert asked.court == Agreement.Court.ASKED


def test_what_the_court_rejects_names_the_roads(table: Table, under_way: Dossier) -> None:
    agreement, by, today = tables.settle(table, under_way), table.he_mediates_willow, date(2026, 3, 3)
    performing.ask_court(agreement, asked_on=today, by=by, at=MONDAY_9AM + DAY)
    with pytest.raises(Refused):
        earlier = date(2026, 3, 2)
        performing.court_answered(agreement, is_confirmed=False, answered_on=earlier, by=by, at=MONDAY_9AM + DAY)
    performing.court_answered(
        agreement, is_confirmed=False, answered_on=today, words="内容不明确", by=by, at=MONDAY_9AM + DAY
    )
    assert "reopen" in under_way.case.log.order_by("-line")[0].public


def test_an_agreement_that_was_set_aside_binds_no_longer(table: Table, under_way: Dossier) -> None:
    agreement, by = tables.settle(table, under_way), table.he_mediates_willow
    gone = performing.overturn(agreement, Overturned.SET_ASIDE, words="法院撤销", by=by, at=MONDAY_9AM + DAY)
    assert (gone.state, gone.overturned_at) == (Agreement.State.OVERTURNED, MONDAY_9AM + DAY)
    with pytest.raises(Refused):
        performing.perform(agreement.items.all()[0], done_at=MONDAY_9AM, by=by, at=MONDAY_9AM + DAY)


def test_a_visit_after_the_agreement(table: Table, under_way: Dossier) -> None:
    tables.settle(table, under_way)
    under_way.refresh_from_db()
    zhang = under_way.parties.get(side=1)
    visit = Visit(reason="到期回访", words="地埂已恢复，钱给了。", party=zhang, is_kept=True, is_content=True)
    performing.follow_up(under_way, visit, by=table.he_mediates_willow, at=MONDAY_9AM + 14 * DAY)
    assert under_way.follow_ups.get().is_kept
