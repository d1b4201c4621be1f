"""The board of the day: each number equals the rows it stands for, and none counts what one may not see."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from fengqiao.cases.models import Case, CaseLog, Evaluation
from fengqiao.cases.transitions import delaying, handling, reopening
from fengqiao.cases.vocabulary import Nature, Outcome, Solved
from fengqiao.insight import areas
from fengqiao.insight.day import Board, board
from fengqiao.insight.narrowing import AT_PRESENT, COUNTED, OF_THE_DAY, Day, excluded_of, held_by
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import handing_on, triaging
from fengqiao.intake.workflow import DeclineReason
from fengqiao.mediation.transitions import ending
from fengqiao.mediation.vocabulary import Ground
from fengqiao.people.models import User
from tests import acts, neighbours
from tests.cast import MONDAY_9AM, QING, SHANGHAI, QingCounty
from tests.mediation import table as tables

TODAY = date(2026, 3, 2)
EVENING = MONDAY_9AM + 10 * acts.HOUR
QUERIES = 14  # however many cases there are


def board_of(qing: QingCounty, user: User, *, on: date = TODAY, at: datetime = EVENING) -> Board:
    return board(areas.own_areas(user, at)[0], Day.of(on, at, QING), user)


@pytest.fixture
def busy(qing: QingCounty) -> QingCounty:
    """A Monday with something of everything, and some of the Friday before it."""
    friday = MONDAY_9AM - timedelta(days=3)
    acts.dispatch(qing, acts.open_leak(qing, at=friday), at=friday)
    acts.dispatch(qing, acts.open_leak(qing))
    acts.evaluate(acts.conclude(qing, acts.dispatch(qing, acts.open_leak(qing))))
    again = acts.evaluate(
        acts.conclude(qing, acts.dispatch(qing, acts.open_leak(qing))), solved=Solved.NO, words="没来水"
    )
    reopening.reopen(again, by=qing.chen_dispatches, at=MONDAY_9AM)
    _concluded(qing, Outcome.WITHDRAWN)
    _concluded(qing, Outcome.ANSWERED)
    refused = acts.receive(qing).report
    triaging.decline(refused, reason=DeclineReason.NO_CONTENT, route="请补充说明", by=qing.ma_clerks, at=MONDAY_9AM)
    acts.receive(qing)
    acts.open_accusation(qing)
    return qing


def _concluded(qing: QingCounty, outcome: Outcome) -> Case:
    case = acts.dispatch(qing, acts.open_leak(qing))
    case = handling.conclude(case, outcome=outcome, public_reply="已说明。", by=qing.liu_handles_water, at=MONDAY_9AM)
    return acts.evaluate(case)


def test_what_came_in_equals_the_rows(busy: QingCounty) -> None:
    counted = board_of(busy, busy.chen_dispatches)

    rows = Report.objects.filter(received_at__date=TODAY).exclude(nature=Nature.ACCUSATION)
    assert sum(row.count for row in counted.came_in) == rows.count() == 7
    assert (counted.declined, counted.reports_waiting) == (1, 1)


@pytest.mark.parametrize("verb", ["open", "dispatch", "conclude", "reopen"])
def test_what_was_done_equals_the_lines_of_the_log(busy: QingCounty, verb: str) -> None:
    key = {"open": "opened", "dispatch": "dispatched", "conclude": "concluded", "reopen": "reopened"}[verb]

    lines = CaseLog.objects.filter(verb=verb, at__date=TODAY, case__is_restricted=False)
    assert board_of(busy, busy.chen_dispatches).moves[key] == lines.values("case").distinct().count() > 0


def test_each_outcome_is_counted_apart(busy: QingCounty) -> None:
    moves = board_of(busy, busy.chen_dispatches).moves

    parts = {outcome: moves[f"concluded_{outcome}"] for outcome in Outcome}
    some = {Outcome.SOLVED: 2, Outcome.ANSWERED: 1, Outcome.WITHDRAWN: 1}
    assert parts == {outcome: some.get(outcome, 0) for outcome in Outcome}
    assert sum(parts.values()) == moves["concluded"]


def test_a_rate_leaves_out_what_was_withdrawn_and_says_so(busy: QingCounty) -> None:
    answers = board_of(busy, busy.chen_dispatches).answers

    assert (answers.solved, answers.not_solved, answers.answered, answers.excluded) == (2, 1, 3, 1)
    assert answers.answered + answers.excluded == Evaluation.objects.count()
    assert answers.share == "66.7"


def test_a_day_without_answers_has_no_rate(qing: QingCounty) -> None:
    assert board_of(qing, qing.chen_dispatches).answers.share == ""


def test_a_window_that_ended_without_an_answer_is_said_on_its_day(qing: QingCounty, done_leak: Case) -> None:
    ended = MONDAY_9AM + timedelta(days=15, hours=5)

    counted = board_of(qing, qing.chen_dispatches, on=ended.date(), at=ended)

    assert (counted.answers.unanswered, counted.answers.answered) == (1, 0)


def test_what_was_said_of_an_earlier_round_answers_for_no_later_window(qing: QingCounty, done_leak: Case) -> None:
    no = acts.evaluate(done_leak, solved=Solved.NO, words="没来水")
    acts.conclude(qing, acts.dispatch(qing, reopening.reopen(no, by=qing.chen_dispatches, at=MONDAY_9AM)))
    ended = MONDAY_9AM + timedelta(days=15, hours=5)

    assert board_of(qing, qing.chen_dispatches, on=ended.date(), at=ended).answers.unanswered == 1


@pytest.mark.parametrize("who", ["ma_clerks", "zhou_clerks", "chen_dispatches", "chen_dispatches_east", "gao_leads"])
def test_every_number_equals_the_list_behind_it(busy: QingCounty, who: str) -> None:
    user = getattr(busy, who)
    day = Day.of(TODAY, EVENING, QING)
    counted = board_of(busy, user)

    visible = Case.objects.visible_to(user, EVENING)
    listed = {key: visible.filter(condition(day)).count() for key, condition in COUNTED.items()}
    assert counted.moves == {key: listed[key] for key in OF_THE_DAY}
    assert counted.present == {key: listed[key] for key in AT_PRESENT}
    assert sum(held.count for held in counted.late) == listed["late"]
    assert sum(held.count for held in counted.stuck) == listed["stuck"]


@pytest.mark.parametrize(
    ("who", "more"), [("ma_clerks", 1), ("zhou_clerks", 0), ("gao_leads", 0), ("wu_supervises", 0)]
)
def test_a_restricted_case_counts_for_nobody_but_the_named(busy: QingCounty, who: str, more: int) -> None:
    plain = Case.objects.filter(is_restricted=False, opened_at__date=TODAY).count()

    assert board_of(busy, getattr(busy, who)).moves["opened"] == plain + more


def test_a_named_leader_still_sees_none_of_it(busy: QingCounty) -> None:
    before = board_of(busy, busy.gao_leads)
    case = Case.objects.get(is_restricted=True)
    case.named.create(county=QING, user=busy.gao_leads, reason="x", named_by=busy.ma_clerks, named_at=MONDAY_9AM)

    assert board_of(busy, busy.gao_leads) == before


def test_late_and_stuck_say_whose_it_is(busy: QingCounty) -> None:
    friday = MONDAY_9AM + timedelta(days=11)

    counted = board_of(busy, busy.chen_dispatches, on=friday.date(), at=friday)

    assert {held.unit for held in counted.late} == {busy.water, busy.centre}
    assert all(held.oldest < friday for held in counted.late)
    assert {held.unit for held in counted.stuck} == {busy.water, busy.centre}


def test_stuck_is_counted_in_working_days(qing: QingCounty, sent_leak: Case) -> None:
    thursday = MONDAY_9AM + timedelta(days=3)
    dispatching_later = Day.of(thursday.date(), thursday, QING)
    before = Day.of(thursday.date(), thursday - timedelta(minutes=1), QING)
    over_a_weekend = Day.of(date(2026, 3, 9), MONDAY_9AM + timedelta(days=7), QING)

    stuck = AT_PRESENT["stuck"]
    assert Case.objects.filter(stuck(dispatching_later)).count() == 1
    assert Case.objects.filter(stuck(before)).count() == 0
    assert over_a_weekend.quiet_since == MONDAY_9AM + timedelta(days=2)
    dawn = thursday.replace(hour=2)  # still Wednesday by the clock that servers keep
    assert Day.of(dawn.date(), dawn.astimezone(UTC), QING).quiet_since == dawn - timedelta(days=3)


def test_nobody_reads_the_board_of_an_area_that_is_not_theirs(qing: QingCounty) -> None:
    own = areas.own_areas(qing.chen_dispatches_east, MONDAY_9AM)

    assert own == [qing.east]
    assert areas.area(own, qing.willow.code) == qing.willow
    assert areas.area(own, qing.west.code) is None
    assert areas.area(own, qing.root.code) is None


@pytest.mark.parametrize("who", ["liu_handles_water", "qian_walks_the_grid", "bai_audits", "deng_is_a_stranger"])
def test_whoever_works_at_no_centre_has_no_board(qing: QingCounty, who: str) -> None:
    assert areas.own_areas(getattr(qing, who), MONDAY_9AM) == []


def test_it_costs_the_same_on_a_busy_day(
    busy: QingCounty, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(QUERIES):
        board_of(busy, busy.chen_dispatches)


def test_a_case_that_stands_still_by_approval_is_not_stuck(qing: QingCounty, sent_leak: Case) -> None:
    case = handling.accept(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM)
    until = date(2026, 3, 9)  # a Monday
    case = delaying.ask_pause(case, until=until, reason="等新水管", by=qing.liu_handles_water, at=MONDAY_9AM)
    delaying.approve_delay(case, by=qing.wu_supervises, at=MONDAY_9AM)

    assert stuck_on(qing, date(2026, 3, 9)) == (0, 0)
    assert stuck_on(qing, date(2026, 3, 12)) == (0, 0)  # two working days after its end
    assert stuck_on(qing, date(2026, 3, 13)) == (1, 1)


def stuck_on(qing: QingCounty, on: date) -> tuple[int, int]:
    """The number on the board, and the rows of the list behind it."""
    at = datetime.combine(on, time(20), SHANGHAI)
    counted = board_of(qing, qing.chen_dispatches, on=on, at=at)
    listed = Case.objects.filter(COUNTED["stuck"](Day.of(on, at, QING)))
    assert sum(held.count for held in counted.stuck) == counted.present["stuck"]
    return counted.present["stuck"], listed.count()


def test_a_matter_handed_on_to_another_county_counts_as_not_ours(qing: QingCounty, leak: Case) -> None:
    bai = neighbours.build(qing)
    handing_on.hand_on(leak, to=bai.county, reason="在白县境内", by=qing.chen_dispatches, at=MONDAY_9AM)

    moves = board_of(qing, qing.chen_dispatches).moves
    assert (moves["concluded"], moves["concluded_not_ours"]) == (1, 1)
    assert Case.objects.filter(COUNTED["concluded_not_ours"](Day.of(TODAY, EVENING, QING))).get() == leak


def test_what_a_mediation_ended_is_counted_with_its_outcome(busy: QingCounty) -> None:
    before = board_of(busy, busy.chen_dispatches).moves
    table = tables.build(busy)
    tables.settle(table, tables.begin(table))
    ended, by = tables.begin(table), table.he_mediates_willow
    ending.end(ended, Ground.NO_PROSPECT, "谈不拢。", by=by, at=MONDAY_9AM)
    acts.evaluate(ending.end(tables.begin(table), Ground.SELF_SETTLED, "自己说好了。", by=by, at=MONDAY_9AM).case)
    running = tables.begin(table)

    after = board_of(busy, busy.chen_dispatches).moves
    more = {key: after[key] - before[key] for key in after if key.startswith("concluded") and after[key] != before[key]}
    assert more == {"concluded": 3, "concluded_solved": 1, "concluded_not_settled": 1, "concluded_withdrawn": 1}
    assert after["concluded"] == sum(after[f"concluded_{outcome.value}"] for outcome in Outcome)
    waits = Case.objects.filter(held_by(table.village.pk))
    assert list(waits) == [running.case]
    assert excluded_of(Day.of(TODAY, EVENING, QING)).filter(case__dossier__isnull=False).count() == 1
