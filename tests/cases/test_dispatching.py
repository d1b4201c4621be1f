from datetime import date, timedelta

import pytest

from fengqiao.cases.models import Case, ObjectionReason
from fengqiao.cases.transitions import dispatching, handling, opening, reopening
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role, Unit
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

LATE = MONDAY_9AM + timedelta(days=1)  # the accept clock ended on Monday afternoon


def object_(qing: QingCounty, case: Case, **changes: object) -> Case:
    """The unit that has the case objects."""
    facts = {"reason": ObjectionReason.NOT_OUR_DUTY, "basis": steps.BASIS, "names": qing.roads}
    facts |= {"by": qing.liu_handles_water, "at": MONDAY_9AM}
    return dispatching.object_to(case, **(facts | changes))  # type: ignore[arg-type]


def test_dispatch_gives_the_case_to_the_unit_and_asks_the_others_to_help(qing: QingCounty, leak: Case) -> None:
    case = dispatching.dispatch(leak, to=qing.water, assist=[qing.roads], by=qing.chen_dispatches, at=MONDAY_9AM)

    assert (case.lead, list(case.assistants.all())) == (qing.water, [qing.roads])
    assert case.log.get(verb="dispatch").facts["unit_name"] == "清县水务局"


def test_the_lead_does_not_assist_itself(qing: QingCounty, leak: Case) -> None:
    with pytest.raises(Refused, match="assist"):
        dispatching.dispatch(leak, to=qing.water, assist=[qing.water], by=qing.chen_dispatches, at=MONDAY_9AM)


def test_a_unit_that_closed_gets_nothing(qing: QingCounty, leak: Case) -> None:
    qing.water.valid_to = date(2026, 3, 1)
    qing.water.save()

    with pytest.raises(Refused, match="no longer exists"):
        acts.dispatch(qing, leak)


def test_the_unit_complained_of_never_gets_the_complaint(qing: QingCounty) -> None:
    case = acts.open_leak(qing, complained_unit=qing.water)

    with pytest.raises(Refused, match="complained"):
        acts.dispatch(qing, case)


def test_a_restricted_case_goes_only_where_someone_is_named(qing: QingCounty) -> None:
    case = steps.restricted(qing)
    opening.name_viewer(case, qing.chen_dispatches, reason="分办", by=qing.ma_clerks, at=MONDAY_9AM)

    with pytest.raises(Refused, match="name"):
        dispatching.dispatch(case, to=qing.roads, by=qing.chen_dispatches, at=MONDAY_9AM)

    opening.name_viewer(case, qing.zhao_handles_roads, reason="承办", by=qing.ma_clerks, at=MONDAY_9AM)
    assert dispatching.dispatch(case, to=qing.roads, by=qing.chen_dispatches, at=MONDAY_9AM).lead == qing.roads


def test_an_objection_names_the_right_unit_and_its_ground(qing: QingCounty, sent_leak: Case) -> None:
    case = object_(qing, sent_leak)

    objection = case.objections.get()
    assert (objection.unit, objection.names_unit, objection.basis) == (qing.water, qing.roads, steps.BASIS)
    assert case.lead == qing.water  # it has the case until the arbiter has spoken


def test_there_is_one_objection_a_round(qing: QingCounty) -> None:
    case = dispatching.designate(steps.objected(qing), to=qing.roads, by=qing.wu_supervises, at=MONDAY_9AM)

    with pytest.raises(Refused, match="binds"):
        object_(qing, case, names=qing.water, by=qing.zhao_handles_roads)


def test_a_new_round_may_be_objected_to_anew(qing: QingCounty) -> None:
    case = reopening.reopen(steps.asked_again(qing), by=qing.chen_dispatches, at=MONDAY_9AM)
    case = object_(qing, acts.dispatch(qing, case))

    assert (case.status, case.round) == ("objected", 2)


def test_an_objection_after_the_time_is_too_late(qing: QingCounty, sent_leak: Case) -> None:
    with pytest.raises(Refused, match="silence"):
        object_(qing, sent_leak, at=LATE)


def test_a_unit_does_not_name_itself(qing: QingCounty, sent_leak: Case) -> None:
    with pytest.raises(Refused, match="not your own"):
        object_(qing, sent_leak, names=qing.water)


def test_the_objector_itself_may_be_designated_and_is_bound(qing: QingCounty) -> None:
    case = dispatching.designate(steps.objected(qing), to=qing.water, by=qing.wu_supervises, at=MONDAY_9AM)

    assert (case.lead, case.was_designated) == (qing.water, True)
    with pytest.raises(Refused, match="binds"):
        object_(qing, case)


def test_where_the_centre_is_a_party_the_centre_above_decides(qing: QingCounty, sent_leak: Case) -> None:
    case = object_(qing, sent_leak, names=qing.centre)

    with pytest.raises(Refused, match="itself a party"):
        dispatching.designate(case, to=qing.centre, by=qing.wu_supervises, at=MONDAY_9AM)
    assert dispatching.designate(case, to=qing.centre, by=qing.tang_supervises_above, at=MONDAY_9AM).lead == qing.centre


def test_no_objection_is_taken_that_nobody_could_answer(qing: QingCounty, sent_leak: Case) -> None:
    Unit.objects.filter(pk=qing.centre_above.pk).update(valid_to=MONDAY_9AM.date())

    with pytest.raises(Refused, match=r"If 清县.* is named, no centre is left above.*Name another unit"):
        object_(qing, sent_leak, names=qing.centre)
    sent_leak.refresh_from_db()
    assert (sent_leak.status, sent_leak.was_objected, sent_leak.objections.count()) == ("dispatched", False, 0)
    case = object_(qing, sent_leak)  # it names another unit: the centre is no party, and may designate itself
    assert dispatching.designate(case, to=qing.centre, by=qing.wu_supervises, at=MONDAY_9AM).lead == qing.centre


def test_the_highest_centre_does_not_object_to_what_it_sent_itself(qing: QingCounty, leak: Case) -> None:
    case = dispatching.dispatch(leak, to=qing.centre, by=qing.chen_dispatches, at=MONDAY_9AM)
    handler = cast.person("lu_handles", "吕所", Role.HANDLER, qing.root, qing.centre)
    Unit.objects.filter(pk=qing.centre_above.pk).update(valid_to=MONDAY_9AM.date())

    with pytest.raises(Refused, match=r"Your own centre .* ask the unit whose duty it is"):
        object_(qing, case, by=handler)
    Unit.objects.filter(pk=qing.centre_above.pk).update(valid_to=None)
    assert object_(qing, case, by=handler).status == "objected"


def test_an_assisting_unit_adds_progress_and_nothing_else(qing: QingCounty, leak: Case) -> None:
    case = dispatching.dispatch(leak, to=qing.water, assist=[qing.roads], by=qing.chen_dispatches, at=MONDAY_9AM)

    handling.add_progress(case, note="已围挡", by=qing.zhao_handles_roads, at=MONDAY_9AM)
    with pytest.raises(Refused, match="another unit"):
        handling.accept(case, by=qing.zhao_handles_roads, at=MONDAY_9AM)


def test_a_dispatcher_of_another_centre_becomes_the_one_that_answers(qing: QingCounty, leak: Case) -> None:
    above = cast.person("lu", "陆市", Role.DISPATCHER, qing.prefecture, qing.centre_above)

    assert dispatching.dispatch(leak, to=qing.water, by=above, at=MONDAY_9AM).centre == qing.centre_above
