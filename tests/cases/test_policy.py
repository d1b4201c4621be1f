"""Who may take which step: this table is our permission document."""

from datetime import timedelta

import pytest

from fengqiao.cases.models import Case, NamedViewer
from fengqiao.cases.policy import may
from fengqiao.cases.transitions import dispatching
from fengqiao.people.actors import Machine, Resident
from fengqiao.people.models import Role
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

# Of a case that lies in Willow Village, East Town, and is in the hands of the water bureau.
TABLE = [
    ("dispatch", {"chen_dispatches", "chen_dispatches_east", "fang_dispatches_above"}),
    ("accept", {"liu_handles_water"}),
    ("object", {"liu_handles_water"}),
    ("add_progress", {"liu_handles_water", "han_handles_east", "qian_walks_the_grid"}),  # East Town assists
    ("ask_withdraw", {"ma_clerks", "zhou_clerks"}),
    ("assign", {"liu_handles_water"}),
    ("accept_assist", {"han_handles_east"}),
    ("finish_assist", {"han_handles_east"}),
    ("conclude", {"liu_handles_water"}),
    ("raise_up", {"liu_handles_water"}),
    ("hand_on", {"liu_handles_water"}),
    ("correct", {"ma_clerks", "zhou_clerks", "chen_dispatches", "chen_dispatches_east", "fang_dispatches_above"}),
    ("ask_assistants", {"liu_handles_water"}),
    ("ask_extension", {"liu_handles_water"}),
    ("ask_pause", {"liu_handles_water"}),
    ("approve_delay", {"wu_supervises", "tang_supervises_above"}),
    ("refuse_delay", {"wu_supervises", "tang_supervises_above"}),
    ("resume", {"liu_handles_water", "wu_supervises", "tang_supervises_above"}),
    ("designate", {"wu_supervises", "tang_supervises_above"}),
    ("supervise", {"wu_supervises", "tang_supervises_above"}),
    ("evaluate", {"ma_clerks", "zhou_clerks"}),
    ("ask_reopen", {"ma_clerks", "zhou_clerks"}),
    ("revisit", {"ma_clerks", "zhou_clerks"}),
    ("archive", {"chen_dispatches", "chen_dispatches_east", "fang_dispatches_above"}),
    ("reopen", {"chen_dispatches", "chen_dispatches_east", "fang_dispatches_above"}),
    ("refuse_reopen", {"chen_dispatches", "chen_dispatches_east", "fang_dispatches_above"}),
    ("open", {"ma_clerks", "zhou_clerks", "chen_dispatches", "chen_dispatches_east", "fang_dispatches_above"}),
    ("plan_revisit", set()),
]
EVERYBODY = [
    "ma_clerks", "zhou_clerks", "chen_dispatches", "chen_dispatches_east", "sun_dispatches_west", "liu_handles_water",
    "zhao_handles_roads", "han_handles_east", "wu_supervises", "tang_supervises_above", "fang_dispatches_above",
    "qian_walks_the_grid", "gao_leads", "bai_audits", "deng_is_a_stranger",
]  # fmt: skip


@pytest.fixture
def helped_leak(qing: QingCounty) -> Case:
    """In the grid of Willow Village, led by the water bureau, helped by East Town."""
    case = acts.open_leak(qing, region=qing.grid)
    return dispatching.dispatch(case, to=qing.water, assist=[qing.east_office], by=qing.chen_dispatches, at=MONDAY_9AM)


@pytest.mark.parametrize(("verb", "allowed"), TABLE, ids=[verb for verb, _ in TABLE])
def test_who_may_take_each_step(qing: QingCounty, helped_leak: Case, verb: str, allowed: set[str]) -> None:
    verdicts = {who: may(getattr(qing, who), verb, helped_leak, MONDAY_9AM) for who in EVERYBODY}

    assert {who for who, verdict in verdicts.items() if verdict} == allowed
    assert [who for who, verdict in verdicts.items() if not verdict.allowed and not verdict.reason] == []


def test_a_post_that_has_ended_gives_no_right(qing: QingCounty, sent_leak: Case) -> None:
    qing.liu_handles_water.posts.update(ends_on=MONDAY_9AM.date())

    assert not may(qing.liu_handles_water, "accept", sent_leak, MONDAY_9AM)
    assert may(qing.liu_handles_water, "accept", sent_leak, MONDAY_9AM - timedelta(days=1))


def test_one_of_several_posts_is_enough(qing: QingCounty, leak: Case) -> None:
    cast.hold(qing.sun_dispatches_west, Role.DISPATCHER, qing.east, qing.centre)

    assert may(qing.sun_dispatches_west, "dispatch", leak, MONDAY_9AM)


def test_nobody_calls_the_resident_about_their_own_unit(qing: QingCounty, done_leak: Case) -> None:
    cast.hold(qing.liu_handles_water, Role.CLERK, qing.root, qing.water)

    verdict = may(qing.liu_handles_water, "evaluate", done_leak, MONDAY_9AM)

    assert not verdict and "own unit" in verdict.reason


def test_a_second_post_at_the_centre_does_not_make_the_own_unit_a_stranger(qing: QingCounty, done_leak: Case) -> None:
    cast.hold(qing.liu_handles_water, Role.CLERK, qing.root, qing.centre)

    assert not may(qing.liu_handles_water, "evaluate", done_leak, MONDAY_9AM)


def test_the_centre_does_not_judge_itself_the_centre_above_does(qing: QingCounty, leak: Case) -> None:
    leak.lead = qing.centre

    assert not may(qing.wu_supervises, "designate", leak, MONDAY_9AM)
    assert may(qing.tang_supervises_above, "designate", leak, MONDAY_9AM)


def test_a_resident_acts_on_their_own_case_only(qing: QingCounty, done_leak: Case) -> None:
    report = done_leak.reports.get()

    assert may(Resident(report.pk, done_leak.pk), "evaluate", done_leak, MONDAY_9AM)
    assert not may(Resident(report.pk, None), "evaluate", done_leak, MONDAY_9AM)
    assert not may(Resident(report.pk, done_leak.pk), "archive", done_leak, MONDAY_9AM)


def test_the_machine_takes_only_the_steps_that_follow_a_stated_rule(done_leak: Case) -> None:
    assert may(Machine("window over"), "archive", done_leak, MONDAY_9AM)
    assert not may(Machine("window over"), "evaluate", done_leak, MONDAY_9AM)


def test_a_restricted_case_is_for_the_people_named_on_it(qing: QingCounty) -> None:
    case = steps.restricted(qing)

    assert not may(qing.chen_dispatches, "dispatch", case, MONDAY_9AM)
    steps._name(qing, case, qing.ma_clerks, MONDAY_9AM)
    assert may(qing.chen_dispatches, "dispatch", case, MONDAY_9AM)


def test_being_named_does_not_help_someone_of_the_unit_complained_of(qing: QingCounty) -> None:
    case = steps.restricted(qing)
    NamedViewer.objects.create(
        county=case.county,
        case=case,
        user=qing.liu_handles_water,
        reason="",
        named_by=qing.ma_clerks,
        named_at=MONDAY_9AM,
    )

    assert not may(qing.liu_handles_water, "add_note", case, MONDAY_9AM)
