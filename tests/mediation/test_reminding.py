"""The machine reminds the mediators, once of each thing; and tells them what asks for an act of theirs."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from fengqiao.cases.models import CaseLog
from fengqiao.jobs import follow, reminding, watch
from fengqiao.mediation.models import Agreement, Dossier, Item
from fengqiao.mediation.transitions import agreeing, consenting, ending, performing, tiers
from fengqiao.mediation.vocabulary import Ground, Way
from fengqiao.oversight.models import Notice
from fengqiao.people.models import Role
from tests import cast
from tests.cast import MONDAY_9AM
from tests.jobs.test_side_by_side import together
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table


def nine(month: int, day: int) -> datetime:
    return MONDAY_9AM.replace(month=month, day=day)


def reminders(dossier: Dossier) -> list[tuple[object, object]]:
    lines = dossier.case.log.filter(facts__act="remind").order_by("line")
    return [(line.facts["about"], line.facts.get("item")) for line in lines]


def told(dossier: Dossier, at: datetime) -> set[tuple[str, str, str]]:
    assert follow.follow(at).failed == 0
    return {(each.kind, each.unit.code, each.role) for each in Notice.objects.filter(case=dossier.case_id)}


def test_each_item_is_reminded_of_before_it_is_due_and_once_when_it_is_late(table: Table, under_way: Dossier) -> None:
    tables.settle(table, under_way)  # the ridge until the eighth of March, the money until the fifteenth
    expected = {4: 0, 5: 1, 6: 1, 8: 1, 9: 2, 10: 2, 11: 2, 12: 3, 15: 3, 16: 4, 17: 4}
    for day, count in expected.items():
        for hour in (0, 10):  # again and again on the same day
            reminding.sweep(nine(3, day) + timedelta(hours=hour))
        assert len(reminders(under_way)) == count, day
    assert reminders(under_way) == [("item", 1), ("item", 1), ("item", 2), ("item", 2)]
    assert ("item_due", "mc-willow", Role.MEDIATOR) in told(under_way, nine(3, 17))


def test_what_is_done_or_broken_is_not_reminded_of(table: Table, under_way: Dossier) -> None:
    agreement, by = tables.settle(table, under_way), table.he_mediates_willow
    ridge, wheat = agreement.items.order_by("order")
    performing.perform(ridge, done_at=nine(3, 3), by=by, at=nine(3, 3))
    performing.breach(wheat, words="不给。", by=by, at=nine(3, 3))
    assert reminding.sweep(nine(3, 14)).done == 0


def test_what_no_longer_binds_is_not_reminded_of(table: Table, under_way: Dossier) -> None:
    tables.settle(table, under_way)
    Agreement.objects.update(state=Agreement.State.OVERTURNED, overturned_at=nine(3, 3))
    assert reminding.sweep(nine(3, 14)) == reminding.Reminded(0, 0)


def test_a_worker_that_slept_reminds_once(table: Table, under_way: Dossier) -> None:
    tables.settle(table, under_way)
    assert reminding.sweep(nine(3, 20)).done == 2
    assert reminding.sweep(nine(3, 21)).done == 0


def test_the_end_of_the_thirty_days_is_reminded_of_once_a_week_ahead(table: Table, under_way: Dossier) -> None:
    agreement = tables.settle(table, under_way)
    assert agreement.confirm_until == date(2026, 4, 1)
    Item.objects.update(due_on=date(2026, 9, 1))
    assert reminding.sweep(nine(3, 24)).done == 0
    assert reminding.sweep(nine(3, 25)).done == 1
    assert reminding.sweep(nine(3, 31)).done == 0
    assert reminders(under_way) == [("confirm", None)]
    assert ("confirm_due", "mc-willow", Role.MEDIATOR) in told(under_way, nine(3, 31))


@pytest.mark.parametrize("settled", ["asked", "performed", "too late"])
def test_nobody_is_reminded_of_the_court_in_vain(table: Table, under_way: Dossier, settled: str) -> None:
    agreement, by, at = tables.settle(table, under_way), table.he_mediates_willow, nine(3, 20)
    Item.objects.update(due_on=date(2026, 9, 1))
    if settled == "asked":
        performing.ask_court(agreement, asked_on=date(2026, 3, 20), by=by, at=at)
    if settled == "performed":
        for item in agreement.items.all():
            performing.perform(item, done_at=at, by=by, at=at)
    assert reminding.sweep(nine(4, 2) if settled == "too late" else nine(3, 28)).done == 0


def test_a_committee_is_told_what_comes_to_it(table: Table, dossier: Dossier) -> None:
    assert told(dossier, MONDAY_9AM) == {("mediating", "mc-willow", Role.MEDIATOR)}
    tiers.escalate(dossier, to=None, reason="村里谈不拢。", by=table.he_mediates_willow, at=MONDAY_9AM + DAY)
    assert ("escalated", "mc-east", Role.MEDIATOR) in told(dossier, MONDAY_9AM + DAY)
    tiers.send_back(dossier, help_given="派出所一起来。", by=table.luo_mediates_east, at=MONDAY_9AM + 2 * DAY)
    assert ("sent_back", "mc-willow", Role.MEDIATOR) in told(dossier, MONDAY_9AM + 2 * DAY)


def test_a_refusal_asks_the_mediators_to_end_it_unless_they_did(table: Table, under_way: Dossier) -> None:
    by, wang = table.he_mediates_willow, under_way.parties.get(side=2)
    consenting.refuse(wang, way=Way.PHONE, by=by, at=MONDAY_9AM)
    assert ("refused", "mc-willow", Role.MEDIATOR) in told(under_way, MONDAY_9AM)
    other = tables.begin(table)
    consenting.refuse(other.parties.get(side=2), way=Way.PHONE, by=by, at=MONDAY_9AM)
    ending.end(other, Ground.REFUSED, "不调了。", by=by, at=MONDAY_9AM)
    assert "refused" not in {kind for kind, _unit, _role in told(other, MONDAY_9AM)}


def test_a_wording_that_voids_a_signature_is_told(table: Table, under_way: Dossier) -> None:
    by, agreement = table.he_mediates_willow, tables.draft(table, under_way)
    agreement = tables.draft(table, under_way)
    assert "unsigned" not in {kind for kind, _unit, _role in told(under_way, MONDAY_9AM)}
    agreeing.sign(agreement, under_way.parties.get(side=1), signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)
    tables.draft(table, under_way)
    assert ("unsigned", "mc-willow", Role.MEDIATOR) in told(under_way, MONDAY_9AM)


def test_more_time_takes_the_alerts_of_the_old_due_time_back(table: Table, under_way: Dossier) -> None:
    late = MONDAY_9AM + timedelta(days=2, hours=12)
    watch.sweep(late)
    alerts = Notice.objects.filter(case=under_way.case_id, kind=Notice.Kind.DEADLINE)
    assert alerts.exists()
    everybody = list(under_way.parties.all())
    tiers.extend(under_way, days=3, agreed_by=everybody, by=table.he_mediates_willow, at=late)
    told(under_way, late)
    assert not alerts.exists()


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Table]:
    """The kitchen table, committed, so that other connections see it."""
    with translation.override("en"):
        yield tables.build(cast.build())


def test_two_workers_at_once_remind_once(committed: Table) -> None:
    dossiers = [tables.begin(committed) for _ in range(3)]
    for each in dossiers:
        tables.settle(committed, each)
    swept = together(lambda: reminding.sweep(nine(3, 6)), hands=3)
    assert (sum(each.done for each in swept), sum(each.failed for each in swept)) == (3, 0)
    assert CaseLog.objects.filter(facts__act="remind").count() == 3
