"""A dispute climbs its ladder, comes back once, takes longer when all agree, and waits for an appraisal."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from fengqiao.cases.models import Case, Stage
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.ladders import ways_up
from fengqiao.mediation.models import Committee, Dossier, TierRound
from fengqiao.mediation.transitions import consenting, tiers
from fengqiao.mediation.transitions.acting import present_round
from fengqiao.mediation.vocabulary import ChosenBy, CommitteeKind, Consent
from fengqiao.people.models import Unit
from fengqiao.web.resident.moves import moves_of
from tests.cast import LONG_AGO, MONDAY_9AM, QING, SHANGHAI, body
from tests.mediation.table import DAY, Table

WEDNESDAY = MONDAY_9AM + 2 * DAY
WHY = "双方各执一词，村里没有测绘条件。"


def test_the_dossier_goes_up_whole_and_the_clock_of_the_tier_begins(table: Table, under_way: Dossier) -> None:
    dossier = tiers.escalate(under_way, to=None, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    case = dossier.case
    case.refresh_from_db()

    assert (case.lead, case.due_at, case.due_stage) == (table.township, WEDNESDAY + 7 * DAY, Stage.MEDIATE)
    below, running = dossier.rounds.order_by("order")
    assert (below.unit, below.result, below.reason, below.ended_at) == (
        table.village,
        TierRound.Result.ESCALATED,
        WHY,
        WEDNESDAY,
    )
    assert (running.unit, running.tier.level, running.began_at) == (table.township, "township", WEDNESDAY)
    assert below.mediator == table.mediator(table.he_mediates_willow) and running.mediator is None
    assert dossier.mediator is None and dossier.chosen_by == ""
    assert {party.consent for party in dossier.parties.all()} == {Consent.GIVEN}
    line = case.log.get(verb="escalate")
    assert line.public == WHY and line.facts["unit_name"] == "东镇人民调解委员会"


def test_whoever_had_it_keeps_reading_and_acts_no_more(table: Table, under_way: Dossier) -> None:
    tiers.escalate(under_way, to=table.township, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    for user in (table.he_mediates_willow, table.luo_mediates_east):
        assert Dossier.objects.visible_to(user, WEDNESDAY).filter(pk=under_way.pk).exists()
    assert not Dossier.objects.visible_to(table.peng_mediates_county, WEDNESDAY).exists()

    with pytest.raises(Refused, match="another unit's hands"):
        tiers.extend(under_way, days=1, agreed_by=under_way.parties.all(), by=table.he_mediates_willow, at=WEDNESDAY)


def test_it_goes_to_the_committees_over_the_place_or_to_one_of_a_trade(table: Table, under_way: Dossier) -> None:
    trade = _committee("mc-trade", "清县土地承包纠纷调解委员会", table.qing.root, CommitteeKind.TRADE)
    west = _committee("mc-west", "西镇人民调解委员会", table.qing.west, CommitteeKind.TOWNSHIP)
    assert set(ways_up(under_way, MONDAY_9AM)) == {table.township, trade}
    with pytest.raises(Refused, match="which committee"):
        tiers.escalate(under_way, to=None, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    for other in (west, table.county):
        with pytest.raises(Refused, match="does not mediate at the tier above"):
            tiers.escalate(under_way, to=other, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    with pytest.raises(Refused, match="mediates here already"):
        tiers.escalate(under_way, to=table.village, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    tiers.escalate(under_way, to=trade, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    assert Case.objects.get(pk=under_way.case_id).lead == trade


def test_it_does_not_go_up_without_a_reason_or_beyond_the_highest_tier(table: Table, under_way: Dossier) -> None:
    with pytest.raises(Refused, match="reason"):
        tiers.escalate(under_way, to=table.township, reason=" ", by=table.he_mediates_willow, at=WEDNESDAY)
    tiers.escalate(under_way, to=table.township, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    tiers.escalate(under_way, to=table.county, reason=WHY, by=table.luo_mediates_east, at=WEDNESDAY)
    with pytest.raises(Refused, match="Nobody mediates above here"):
        tiers.escalate(under_way, to=None, reason=WHY, by=table.peng_mediates_county, at=WEDNESDAY)
    assert [each.unit for each in under_way.rounds.order_by("order")] == [table.village, table.township, table.county]


def test_it_comes_back_once_with_help(table: Table, under_way: Dossier) -> None:
    tiers.escalate(under_way, to=table.township, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    with pytest.raises(Refused, match="reason"):
        tiers.send_back(under_way, help_given="", by=table.luo_mediates_east, at=WEDNESDAY)
    friday = WEDNESDAY + 2 * DAY
    tiers.send_back(under_way, help_given="司法所派人一同丈量。", by=table.luo_mediates_east, at=friday)

    running = present_round(under_way)
    assert (running.unit, running.order, running.help_given) == (table.village, 3, "司法所派人一同丈量。")
    case = Case.objects.get(pk=under_way.case_id)
    assert (case.lead, case.due_at) == (table.village, friday + 3 * DAY)
    assert case.assists.get(round=case.round).unit == table.township
    assert Dossier.objects.visible_to(table.luo_mediates_east, friday).filter(pk=under_way.pk).exists()

    tiers.escalate(under_way, to=table.township, reason=WHY, by=table.he_mediates_willow, at=friday)
    with pytest.raises(Refused, match="once"):
        tiers.send_back(under_way, help_given="再助一次。", by=table.luo_mediates_east, at=friday)


def test_each_way_up_stays_to_be_read(table: Table, under_way: Dossier) -> None:
    he, friday = table.he_mediates_willow, WEDNESDAY + 2 * DAY
    tiers.escalate(under_way, to=table.township, reason=WHY, by=he, at=WEDNESDAY)
    tiers.send_back(under_way, help_given="司法所派人。", by=table.luo_mediates_east, at=friday)
    tiers.escalate(under_way, to=table.township, reason="还是谈不拢。", by=he, at=friday + DAY)

    case = Case.objects.get(pk=under_way.case_id)
    ways = case.raises.order_by("at").values_list("unit", "centre", "reason", "at", "of_mediation")
    up = (table.village.pk, table.township.pk)
    assert list(ways) == [(*up, WHY, WEDNESDAY, True), (*up, "还是谈不拢。", friday + DAY, True)]
    with override("en"):
        said = [move.words for move in moves_of(case, friday + DAY)]
    assert len(said) == 2 and all("time of its own" in words for words in said)


def test_a_tier_at_which_nobody_mediates_is_passed_over(table: Table, under_way: Dossier) -> None:
    Unit.objects.filter(pk=table.township.pk).update(valid_to=WEDNESDAY.date())
    assert ways_up(under_way, WEDNESDAY) == [table.county]
    tiers.escalate(under_way, to=None, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    assert present_round(under_way).tier.level == "county"


def test_nobody_above_is_said_so_and_nothing_is_half_done(table: Table, under_way: Dossier) -> None:
    Unit.objects.filter(pk__in=[table.township.pk, table.county.pk]).update(valid_to=WEDNESDAY.date())
    lines = Case.objects.get(pk=under_way.case_id).line_count
    for to in (None, table.township, table.village):
        with pytest.raises(Refused, match="Nobody mediates above here"):
            tiers.escalate(under_way, to=to, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    case = Case.objects.get(pk=under_way.case_id)
    assert (case.line_count, case.lead, under_way.rounds.count()) == (lines, table.village, 1)


def test_what_did_not_come_from_below_is_not_sent_back(table: Table, under_way: Dossier) -> None:
    with pytest.raises(Refused, match="tier below"):
        tiers.send_back(under_way, help_given="指导。", by=table.he_mediates_willow, at=WEDNESDAY)


def test_more_time_needs_the_word_of_every_party(table: Table, under_way: Dossier) -> None:
    by, everyone = table.he_mediates_willow, list(under_way.parties.order_by("side"))
    with pytest.raises(Refused, match="王守田"):
        tiers.extend(under_way, days=3, agreed_by=everyone[:1], by=by, at=WEDNESDAY)
    tiers.extend(under_way, days=3, agreed_by=everyone, by=by, at=WEDNESDAY)

    case = Case.objects.get(pk=under_way.case_id)
    assert case.due_at == MONDAY_9AM + 6 * DAY
    assert present_round(under_way).extended_days == 3
    line = case.log.get(line=case.line_count)
    assert line.facts["act"] == "extend" and line.facts["agreed_by"] == ["张福来", "王守田"]
    for days in (0, 4):
        with pytest.raises(Refused, match="1 to 3"):
            tiers.extend(under_way, days=days, agreed_by=everyone, by=by, at=WEDNESDAY)


def test_what_is_late_stays_late(table: Table, under_way: Dossier) -> None:
    late = MONDAY_9AM + 4 * DAY
    with pytest.raises(Refused, match="punctual"):
        tiers.extend(under_way, days=3, agreed_by=under_way.parties.all(), by=table.he_mediates_willow, at=late)


def test_the_clock_stands_still_for_an_appraisal(table: Table, under_way: Dossier) -> None:
    by, until = table.he_mediates_willow, date(2026, 3, 13)
    tiers.pause(under_way, until=until, reason="委托测绘地埂原址。", by=by, at=WEDNESDAY)
    assert _due(under_way) == datetime(2026, 3, 14, tzinfo=SHANGHAI) + DAY
    with pytest.raises(Refused, match="stands still already"):
        tiers.pause(under_way, until=until, reason="再委托。", by=by, at=WEDNESDAY)

    back = WEDNESDAY + 2 * DAY
    tiers.resume(under_way, by=by, at=back)
    assert _due(under_way) == back + DAY
    with pytest.raises(Refused, match="does not stand still"):
        tiers.resume(under_way, by=by, at=back)
    with pytest.raises(Refused, match="past"):
        tiers.pause(under_way, until=date(2026, 3, 1), reason="测绘。", by=by, at=back)
    with pytest.raises(Refused, match="reason"):
        tiers.pause(under_way, until=until, reason="", by=by, at=back)


def test_what_was_planned_below_is_called_off(table: Table, under_way: Dossier) -> None:
    planned = under_way.meetings.create(
        county=QING,
        round=present_round(under_way),
        kind="in_person",
        place="村委会",
        starts_at=WEDNESDAY + DAY,
        mediator=table.mediator(table.he_mediates_willow),
    )
    tiers.escalate(under_way, to=table.township, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    planned.refresh_from_db()
    assert planned.called_off_at == WEDNESDAY and planned.called_off_why


def test_the_parties_choose_anew_above(table: Table, under_way: Dossier) -> None:
    tiers.escalate(under_way, to=table.township, reason=WHY, by=table.he_mediates_willow, at=WEDNESDAY)
    by = table.luo_mediates_east
    with pytest.raises(Refused, match="no seat"):
        he = table.mediator(table.he_mediates_willow)
        consenting.choose_mediator(under_way, he, chosen_by=ChosenBy.PARTIES, by=by, at=WEDNESDAY)
    luo = table.mediator(by)
    consenting.choose_mediator(under_way, luo, chosen_by=ChosenBy.PARTIES, by=by, at=WEDNESDAY)
    assert present_round(under_way).mediator == luo


def _due(dossier: Dossier) -> datetime:
    due = Case.objects.get(pk=dossier.case_id).due_at
    assert due is not None
    return due


def _committee(code: str, name: str, region: object, kind: CommitteeKind) -> Unit:
    unit = body(code, name, Unit.Kind.MEDIATION, region)  # type: ignore[arg-type]
    Committee.objects.create(county=QING, unit=unit, kind=kind, tag=code, set_up_on=LONG_AGO)
    return unit
