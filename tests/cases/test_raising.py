from datetime import timedelta

import pytest

from fengqiao.cases.models import RUNNING, Case, RaiseUp, Stage
from fengqiao.cases.policy import may
from fengqiao.cases.transitions import closing, delaying, dispatching, handling, opening, raising, reopening
from fengqiao.cases.vocabulary import Solved
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role, Unit, User
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty
from tests.waiting import waiting_on

REASON = "主管网归市里管，县里无权更换。"
TUESDAY = MONDAY_9AM + timedelta(days=1)


def raise_(qing: QingCounty, case: Case) -> Case:
    """The water bureau sends the case up."""
    return raising.raise_up(case, reason=REASON, by=qing.liu_handles_water, at=TUESDAY)


@pytest.fixture
def raised(qing: QingCounty) -> Case:
    """Accepted by the water bureau on Monday, sent up to the prefecture on Tuesday."""
    return raise_(qing, steps.handling_(qing))


@pytest.fixture
def town_centre(qing: QingCounty) -> Unit:
    """A centre in East Town, below that of the county."""
    return cast.body("centre-east", "东镇综治中心", Unit.Kind.CENTRE, qing.east)


def sees(user: User, case: Case) -> bool:
    return Case.objects.filter(pk=case.pk).visible_to(user, TUESDAY).exists()


def waits_for(user: User) -> list[Case]:
    return waiting_on("dispatch", user, TUESDAY)


def test_it_waits_for_dispatch_at_the_centre_above(qing: QingCounty, raised: Case) -> None:
    assert (raised.status, raised.centre, raised.lead) == ("opened", qing.centre_above, None)
    assert waits_for(qing.fang_dispatches_above) == [raised]


def test_the_handling_time_runs_on_and_only_the_dispatch_is_promised_anew(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    before = case.clocks.filter(stage=Stage.HANDLE).values().get()

    case = raise_(qing, case)
    sent = dispatching.dispatch(case, to=qing.roads, by=qing.fang_dispatches_above, at=TUESDAY)

    assert sent.clocks.filter(stage=Stage.HANDLE).values().get() == before
    assert case.due_stage == Stage.DISPATCH
    assert {clock.stage for clock in sent.clocks.filter(RUNNING)} == {Stage.ACCEPT, Stage.HANDLE}


def test_the_dispatch_time_of_a_case_raised_before_dispatch_is_kept_too(
    qing: QingCounty, leak: Case, town_centre: Unit
) -> None:
    Case.objects.filter(pk=leak.pk).update(centre=town_centre)
    before = leak.clocks.values().get()

    case = raising.raise_up(leak, reason=REASON, by=qing.chen_dispatches, at=TUESDAY)

    assert (case.centre, case.clocks.values().get()) == (qing.centre, before)


def test_a_township_raises_to_the_county_that_sent_it_the_case(qing: QingCounty, leak: Case) -> None:
    case = dispatching.dispatch(leak, to=qing.east_office, by=qing.chen_dispatches, at=MONDAY_9AM)
    case = handling.accept(case, by=qing.han_handles_east, at=MONDAY_9AM)

    case = raising.raise_up(case, reason=REASON, by=qing.han_handles_east, at=TUESDAY)

    assert case.centre == qing.centre and waits_for(qing.chen_dispatches) == [case]


def test_the_line_says_from_where_to_where_and_why(qing: QingCounty, raised: Case) -> None:
    line = raised.log.get(verb="raise_up")

    assert (line.facts["raised_from"], line.facts["raised_to"]) == ("清县水务局", "青山市综治中心")
    assert (line.public, line.by) == (REASON, qing.liu_handles_water)


def test_whoever_raised_it_reads_on_but_no_longer_acts(qing: QingCounty, raised: Case) -> None:
    sent = dispatching.dispatch(raised, to=qing.roads, by=qing.fang_dispatches_above, at=TUESDAY)

    assert sees(qing.liu_handles_water, sent) and not sees(qing.han_handles_east, sent)
    for verb in ("add_progress", "conclude", "add_note", "raise_up"):
        assert not may(qing.liu_handles_water, verb, sent, TUESDAY)


def test_it_reads_on_only_in_the_round_in_which_it_raised_the_case(qing: QingCounty, raised: Case) -> None:
    case = dispatching.dispatch(raised, to=qing.roads, by=qing.fang_dispatches_above, at=TUESDAY)
    case = handling.accept(case, by=qing.zhao_handles_roads, at=TUESDAY)
    case = steps._conclude(qing, case, qing.zhao_handles_roads, TUESDAY)
    case = acts.evaluate(case, solved=Solved.NO, words="水还是没来", at=TUESDAY)
    again = reopening.reopen(case, by=qing.fang_dispatches_above, at=TUESDAY)

    assert not sees(qing.liu_handles_water, again)
    assert may(qing.chen_dispatches, "dispatch", again, TUESDAY)


def test_the_centre_below_reads_it_and_waits(qing: QingCounty, raised: Case) -> None:
    assert sees(qing.chen_dispatches, raised)
    assert waits_for(qing.chen_dispatches) == []

    with pytest.raises(Refused, match="decides who acts"):
        acts.dispatch(qing, raised, at=TUESDAY)


def test_without_a_tier_above_it_says_what_to_do_instead(qing: QingCounty) -> None:
    case = steps.handling_(qing)
    qing.fang_dispatches_above.posts.all().delete()

    with pytest.raises(Refused, match="conclude as “not ours”"):
        raise_(qing, case)


def test_a_unit_raises_once_in_a_round(qing: QingCounty, raised: Case) -> None:
    case = dispatching.dispatch(raised, to=qing.water, by=qing.fang_dispatches_above, at=TUESDAY)
    case = handling.accept(case, by=qing.liu_handles_water, at=TUESDAY)

    with pytest.raises(Refused, match="binds"):
        raise_(qing, case)


def test_a_reason_is_given(qing: QingCounty) -> None:
    with pytest.raises(Refused, match="reason"):
        raising.raise_up(steps.handling_(qing), reason=" ", by=qing.liu_handles_water, at=TUESDAY)


def test_a_decision_on_more_time_comes_first(qing: QingCounty) -> None:
    case = steps.asked_for_days(qing)
    with pytest.raises(Refused, match="More time"):
        raise_(qing, case)

    delaying.refuse_delay(case, reason="不必", by=qing.wu_supervises, at=MONDAY_9AM)
    assert raise_(qing, case).status == "opened"


def test_a_paused_case_runs_again_first(qing: QingCounty) -> None:
    with pytest.raises(Refused, match="pause"):
        raise_(qing, steps.paused(qing))


def test_a_restricted_case_rises_only_to_someone_who_is_named(qing: QingCounty) -> None:
    case = steps.restricted(qing)
    for who in (qing.chen_dispatches, qing.zhao_handles_roads):
        opening.name_viewer(case, who, reason="承办", by=qing.ma_clerks, at=MONDAY_9AM)
    case = dispatching.dispatch(case, to=qing.roads, by=qing.chen_dispatches, at=MONDAY_9AM)
    case = handling.accept(case, by=qing.zhao_handles_roads, at=MONDAY_9AM)
    with pytest.raises(Refused, match="name the dispatcher"):
        raising.raise_up(case, reason=REASON, by=qing.zhao_handles_roads, at=TUESDAY)

    opening.name_viewer(case, qing.fang_dispatches_above, reason="市里办理", by=qing.ma_clerks, at=TUESDAY)
    raised = raising.raise_up(case, reason=REASON, by=qing.zhao_handles_roads, at=TUESDAY)

    assert sees(qing.fang_dispatches_above, raised) and not sees(qing.tang_supervises_above, raised)


def test_an_assistant_asked_before_is_not_asked_twice(qing: QingCounty, leak: Case) -> None:
    case = dispatching.dispatch(leak, to=qing.water, assist=[qing.roads], by=qing.chen_dispatches, at=MONDAY_9AM)
    case = raise_(qing, handling.accept(case, by=qing.liu_handles_water, at=MONDAY_9AM))

    sent = dispatching.dispatch(
        case, to=qing.east_office, assist=[qing.roads], by=qing.fang_dispatches_above, at=TUESDAY
    )

    assert sent.assists.get().unit == qing.roads


def test_it_can_be_concluded_and_archived_like_any_other(qing: QingCounty, raised: Case) -> None:
    case = dispatching.dispatch(raised, to=qing.roads, by=qing.fang_dispatches_above, at=TUESDAY)
    case = acts.evaluate(steps._conclude(qing, case, qing.zhao_handles_roads, TUESDAY), at=TUESDAY)

    assert closing.archive(case, by=qing.fang_dispatches_above, at=TUESDAY).status == "archived"


def test_the_nearest_centre_with_a_dispatcher_takes_it(qing: QingCounty, leak: Case, town_centre: Unit) -> None:
    committee = cast.body("willow", "柳树村委会", Unit.Kind.COMMITTEE, qing.willow)
    cast.person("bai_handles_willow", "白柳", Role.HANDLER, qing.willow, committee)
    cast.hold(qing.chen_dispatches_east, Role.DISPATCHER, qing.east, town_centre)
    case = dispatching.dispatch(leak, to=committee, by=qing.chen_dispatches, at=MONDAY_9AM)
    handler = User.objects.get(username="bai_handles_willow")
    case = handling.accept(case, by=handler, at=MONDAY_9AM)

    raising.raise_up(case, reason=REASON, by=handler, at=TUESDAY)

    assert RaiseUp.objects.get().centre == town_centre
