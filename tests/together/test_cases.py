"""Two steps on one case at the same moment: one is taken, whoever sent the other reads why, and nothing is half done.

Each pair meets three times: the one first, the other first, and as it comes. Both read the case at the same line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import pytest

from fengqiao.cases.models import Case, Stage, Unfollowed
from fengqiao.cases.transitions import closing, dispatching
from fengqiao.cases.transitions.closing import Answer
from fengqiao.cases.transitions.taking import as_seen
from fengqiao.cases.vocabulary import Solved
from fengqiao.cases.workflow import TAKEN_BACK_WITHIN
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import handing_on, triaging
from fengqiao.jobs import follow
from fengqiao.oversight import rules
from fengqiao.people.actors import Machine, Resident
from fengqiao.places.models import County
from tests import acts, neighbours
from tests.cases import steps
from tests.cases.steps import ROWS, actor
from tests.cast import MONDAY_9AM, QingCounty
from tests.together.hands import Told, together
from tests.together.whole import faults_of, faults_of_the_worker

pytestmark = pytest.mark.django_db(transaction=True)

Do = Callable[[QingCounty, Case, datetime], object]
LATER = MONDAY_9AM + acts.HOUR
ROW = {row.verb: row for row in ROWS}
STALE = "您填写期间，这件事有了新进展"
MOVED_ON = "这件事已进入下一环节"
NOTES_STAND = TAKEN_BACK_WITHIN + acts.HOUR  # by then what follows a note is done, too


def step(verb: str, *, by: str = "") -> Do:
    """A step of the table by whoever takes it there, from a page opened at the line the case was read at."""

    def take(qing: QingCounty, case: Case, at: datetime) -> object:
        with as_seen(case, case.line_count):
            return ROW[verb].act(qing, case, actor(qing, by or ROW[verb].by), at)

    return take


def to_roads(qing: QingCounty, case: Case, at: datetime) -> object:
    """Another dispatcher sends it to another bureau."""
    with as_seen(case, case.line_count):
        return dispatching.dispatch(case, to=qing.roads, by=qing.chen_dispatches_east, at=at)


def not_solved(qing: QingCounty, case: Case, at: datetime) -> object:
    """The resident answers by code; that needs no page of the desk."""
    report = Report.objects.get(case=case)
    answer = Answer(solved=Solved.NO, words="水还是没来", report=report.pk)
    return closing.evaluate(case, answer, by=Resident(report.pk, case.pk), at=at)


def file_by_rule(qing: QingCounty, case: Case, at: datetime) -> object:
    """The window is over at this very moment."""
    return closing.archive(case, by=Machine(rules.WINDOW_OVER_ARCHIVES), at=at)


def join(qing: QingCounty, case: Case, at: datetime) -> object:
    """A clerk finds that the report which came in last is of the same matter."""
    report = Report.objects.filter(case=None).latest("received_at", "id")
    return triaging.join(report, case, by=qing.ma_clerks, at=at)


def hand_on(qing: QingCounty, case: Case, at: datetime) -> object:
    """The matter is another county's; here without a page, as any caller may."""
    to = County.objects.get(code=neighbours.BAI)
    return handing_on.hand_on(case, to=to, reason="水管在白县境内", by=qing.liu_handles_water, at=at)


def last_moment(case: Case) -> datetime:
    """When the evaluation window closes: until then answering is in time, from then on filing is."""
    return case.clocks.get(stage=Stage.EVALUATE).due_at


@dataclass(frozen=True)
class Meeting:
    """A case, what two people do with it, and what whoever comes second reads."""

    prepare: Callable[[QingCounty], Case]
    one: Do
    other: Do
    told: tuple[str, str]  # when the one came first, when the other did
    at: Callable[[Case], datetime] = lambda case: LATER


MEETINGS = {
    "dispatched twice": Meeting(steps.opened, step("dispatch"), to_roads, (STALE, STALE)),
    "accepted against objected to": Meeting(steps.dispatched, step("accept"), step("object"), (STALE, STALE)),
    "evaluated against archived": Meeting(
        steps.concluded, not_solved, file_by_rule, ("群众申请重新办理", MOVED_ON), last_moment
    ),
    "joined against answered": Meeting(steps.handling_, join, step("conclude"), (STALE, MOVED_ON)),
    "joined against handed on": Meeting(steps.handling_, join, step("hand_on"), (STALE, MOVED_ON)),
    "handed on twice": Meeting(steps.handling_, hand_on, step("hand_on"), (STALE, MOVED_ON)),
    "raised against noted": Meeting(steps.handling_, step("raise_up"), step("add_note"), (STALE, STALE)),
    "concluded against raised": Meeting(steps.handling_, step("conclude"), step("raise_up"), (STALE, STALE)),
    "designated twice": Meeting(
        steps.objected, step("designate"), step("designate", by="tang_supervises_above"), (STALE, STALE)
    ),
    "granted against refused": Meeting(
        steps.asked_for_days, step("approve_delay"), step("refuse_delay"), (STALE, STALE)
    ),
    "reopened against refused": Meeting(steps.asked_again, step("reopen"), step("refuse_reopen"), (STALE, STALE)),
    "answered twice by one resident": Meeting(steps.concluded, not_solved, not_solved, ("评价过", "评价过")),
    "taken back against noted": Meeting(steps.noted, step("undo_note"), step("add_note"), (STALE, STALE)),
}


@pytest.mark.parametrize("name", MEETINGS)
def test_one_is_taken_and_the_other_is_told(qing: QingCounty, name: str) -> None:
    meeting = MEETINGS[name]
    neighbours.build(qing)
    for turn, pair in (("one", [meeting.one, meeting.other]), ("other", [meeting.other, meeting.one])):
        told = _meet(qing, meeting, pair, in_order=True)

        assert told[0].won, (turn, told)
        assert meeting.told[turn == "other"] in told[1].words, (turn, told)
    _meet(qing, meeting, [meeting.one, meeting.other], in_order=False)


def test_who_waited_is_heard_though_the_case_went_to_another_centre(qing: QingCounty) -> None:
    """A row read together with its centre would be gone by then; a wish needs no page that could be stale."""
    case = steps.handling_(qing)
    raised = partial(step("raise_up"), qing, case, LATER)
    given_up = partial(ROW["ask_withdraw"].act, qing, case, qing.ma_clerks, LATER)

    told = together(raised, given_up, held=case, in_order=True)

    assert [each.won for each in told] == [True, True], told
    assert faults_of(case) == []


def test_a_revisit_is_planned_once(qing: QingCounty) -> None:
    case = steps.archived(qing)
    plan = partial(ROW["plan_revisit"].act, qing, case, actor(qing, "machine"), LATER)

    told = together(plan, plan, held=case)

    assert sorted(each.won for each in told) == [False, True] and not any(each.fault for each in told), told
    assert faults_of(case) == []


def _meet(qing: QingCounty, meeting: Meeting, pair: list[Do], *, in_order: bool) -> list[Told]:
    """Let the two meet on a case of their own; whoever wins, all is whole, and what follows is done once."""
    acts.receive(qing)
    case = meeting.prepare(qing)
    at = meeting.at(case)
    read = [Case.objects.get(pk=case.pk) for _ in pair]

    told = together(
        *(partial(do, qing, each, at) for do, each in zip(pair, read, strict=True)), held=case, in_order=in_order
    )

    assert [each.fault for each in told] == [None, None]
    assert sorted(each.won for each in told) == [False, True], told
    assert Case.objects.get(pk=case.pk).line_count == case.line_count + 1
    together(partial(follow.follow, at + NOTES_STAND), partial(follow.follow, at + NOTES_STAND))
    assert faults_of(case) + faults_of_the_worker() == []
    assert not Unfollowed.objects.filter(line__case=case).exists()
    return told
