"""Units that help the lead: asked, accepted, at work, done."""

from datetime import timedelta

import pytest

from fengqiao.cases.assistance import assists_of
from fengqiao.cases.models import Assist, Case
from fengqiao.cases.queries import waiting_for
from fengqiao.cases.transitions import assisting, dispatching, handling, opening, undoing
from fengqiao.jobs.watch import sweep
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role, Unit, User
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

HOUR = timedelta(hours=1)


@pytest.fixture
def helped(qing: QingCounty) -> Case:
    """Led by the water bureau, East Town asked to assist, nothing accepted."""
    case = acts.open_leak(qing)
    return dispatching.dispatch(case, to=qing.water, assist=[qing.east_office], by=qing.chen_dispatches, at=MONDAY_9AM)


def asked(case: Case, unit: Unit) -> Assist:
    return case.assists.get(unit=unit, round=case.round)


def waits(user: User, key: str) -> int:
    return {each.key: each.count for each in waiting_for(user, MONDAY_9AM + HOUR)}[key]


def test_an_assisting_unit_has_four_working_hours_to_accept(qing: QingCounty, helped: Case) -> None:
    request = asked(helped, qing.east_office)

    assert request.accept_by == MONDAY_9AM.replace(hour=15, minute=30)  # lunch is not counted
    assert waits(qing.han_handles_east, "accept_assist") == 1


def test_its_acceptance_is_its_own(qing: QingCounty, helped: Case) -> None:
    case = assisting.accept_assist(helped, by=qing.han_handles_east, at=MONDAY_9AM + HOUR)

    assert case.status == "dispatched"  # the lead has not accepted
    assert asked(case, qing.east_office).accepted_at == MONDAY_9AM + HOUR
    assert case.log.get(line=case.line_count).unit == qing.east_office
    assert (waits(qing.han_handles_east, "accept_assist"), waits(qing.han_handles_east, "assist")) == (0, 1)


def test_silence_counts_as_acceptance_once_and_the_record_says_so(qing: QingCounty, helped: Case) -> None:
    handling.accept(helped, by=qing.liu_handles_water, at=MONDAY_9AM)
    later = MONDAY_9AM + 8 * HOUR

    sweep(later)
    sweep(later + HOUR)

    line = helped.log.get(verb="accept_assist")
    assert (line.actor, line.facts["assist"], line.at) == ("machine", [qing.east_office.name], later)
    assert asked(helped, qing.east_office).accepted_at == later


def test_nothing_is_accepted_for_a_case_that_is_done(qing: QingCounty, helped: Case) -> None:
    acts.conclude(qing, helped)

    sweep(MONDAY_9AM + 8 * HOUR)

    assert not helped.log.filter(verb="accept_assist").exists()


def test_its_progress_is_shown_as_its_own(qing: QingCounty, helped: Case) -> None:
    case = handling.add_progress(helped, note="已封路", by=qing.han_handles_east, at=MONDAY_9AM + HOUR)

    line = case.log.get(line=case.line_count)
    assert (line.unit, line.facts) == (qing.east_office, {"assisting": True})
    assert [each.progress_at for each in assists_of([case])[case.pk]] == [MONDAY_9AM + HOUR]  # type: ignore[attr-defined]
    assert asked(case, qing.east_office).accepted_at == MONDAY_9AM + HOUR  # whoever is at work has accepted


def test_progress_that_was_taken_back_does_not_count_as_the_last(qing: QingCounty, helped: Case) -> None:
    case = handling.add_progress(helped, note="已封路", by=qing.han_handles_east, at=MONDAY_9AM)
    undoing.undo_note(case, by=qing.han_handles_east, at=MONDAY_9AM)

    assert [each.progress_at for each in assists_of([case])[case.pk]] == [None]  # type: ignore[attr-defined]


def test_the_leads_progress_is_not_marked_as_assistance(qing: QingCounty, helped: Case) -> None:
    case = handling.add_progress(helped, note="已到现场", by=qing.liu_handles_water, at=MONDAY_9AM)

    assert case.log.get(line=case.line_count).facts == {}


def test_a_unit_that_did_its_part_at_once_has_accepted_by_it(qing: QingCounty, helped: Case) -> None:
    case = assisting.finish_assist(helped, note="路障已清", by=qing.han_handles_east, at=MONDAY_9AM)

    assert list(case.log.order_by("line").values_list("verb", flat=True))[-2:] == ["accept_assist", "finish_assist"]
    assert asked(case, qing.east_office).done_at == MONDAY_9AM
    assert waits(qing.han_handles_east, "assist") == 0


def test_an_assisting_unit_that_is_designated_leads_and_assists_no_more(qing: QingCounty) -> None:
    case = acts.open_leak(qing)
    case = dispatching.dispatch(case, to=qing.water, assist=[qing.roads], by=qing.chen_dispatches, at=MONDAY_9AM)
    case = steps._object(qing, case, qing.liu_handles_water, MONDAY_9AM)

    case = dispatching.designate(case, to=qing.roads, by=qing.wu_supervises, at=MONDAY_9AM)

    assert (case.lead, case.assists.count()) == (qing.roads, 0)


def test_of_a_restricted_case_only_the_named_person_of_the_assisting_unit_knows(qing: QingCounty) -> None:
    han, zhao = qing.han_handles_east, qing.zhao_handles_roads
    case = steps.restricted(qing)
    for person in (han, zhao, qing.chen_dispatches):
        case = opening.name_viewer(case, person, reason="办理", by=qing.ma_clerks, at=MONDAY_9AM)
    assist = [qing.east_office]
    case = dispatching.dispatch(case, to=qing.roads, assist=assist, by=qing.chen_dispatches, at=MONDAY_9AM)
    colleague = cast.person("mo", "莫东", Role.HANDLER, qing.east, qing.east_office)

    assert assisting.accept_assist(case, by=han, at=MONDAY_9AM)
    assert not Case.objects.visible_to(colleague, MONDAY_9AM).filter(pk=case.pk).exists()
    with pytest.raises(Refused):
        assisting.finish_assist(case, by=colleague, at=MONDAY_9AM)
