from datetime import datetime

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from fengqiao.cases.models import Case, CaseClock, Stage
from fengqiao.cases.models.clock import SpanUnit
from fengqiao.places.models import WorkDay
from fengqiao.web.shared import standing
from tests import acts
from tests.cast import MONDAY_9AM, SHANGHAI, QingCounty


def states(case: Case) -> str:
    """Spell the seven states by their first letters."""
    return "".join(step.state[0] for step in standing.strip_of_case(case).steps)


def test_the_strip_follows_a_case_from_step_to_step(qing: QingCounty, leak: Case) -> None:
    assert states(leak) == "dhnnnnn"
    case = acts.dispatch(qing, leak)
    assert states(case) == "dhnnnnn"
    case = acts.conclude(qing, case)
    assert states(case) == "ddddhnn"
    acts.evaluate(case)
    assert states(acts.archive(qing, case)) == "dddddhn"


def test_a_case_is_with_its_centre_until_a_unit_has_it(qing: QingCounty, leak: Case) -> None:
    assert standing.strip_of_case(leak).holder == qing.centre.name
    assert standing.strip_of_case(acts.dispatch(qing, leak)).holder == qing.water.name


def test_supervision_is_a_lane_with_its_count(sent_leak: Case) -> None:
    lane = standing.strip_of_case(sent_leak, notices=2).steps[3]

    assert lane.is_lane
    assert "2" in lane.note


def test_a_report_waits_at_the_first_step() -> None:
    strip = standing.strip_of_report(holder="清县综治中心")

    assert [step.state for step in strip.steps] == ["here", *["next"] * 6]


def test_days_closed_for_one_reason_are_said_as_one_stretch() -> None:
    clock = CaseClock(
        county="629901",
        stage=Stage.HANDLE,
        started_at=MONDAY_9AM,
        due_at=datetime(2026, 3, 9, 9, tzinfo=SHANGHAI),
        amount=5,
        unit=SpanUnit.DAYS,
        rule_version="1",
        skipped=[["2026-03-07", "weekend"], ["2026-03-08", "weekend"], ["2026-03-09", "清明节"]],
    )
    shown = standing.clock_in_words(clock)

    assert [(each.first.day, each.last.day) for each in shown.skipped] == [(7, 8), (9, 9)]
    assert shown.skipped[1].why == "清明节"


def test_make_up_days_that_counted_are_named(qing: QingCounty) -> None:
    WorkDay.objects.create(on="2026-03-07", working=True, name="调休")
    case = acts.dispatch(qing, acts.open_leak(qing))
    clock = case.clocks.get(stage=Stage.HANDLE)

    assert [day.day for day in standing.clock_in_words(clock).made_up] == [7]


@pytest.mark.parametrize("unit", list(SpanUnit))
def test_every_unit_of_a_rule_has_words(unit: SpanUnit) -> None:
    with override("en"):
        said = [standing.budget(many, unit) for many in (1, 5)]
    with override("zh-hans"):
        here = standing.budget(5, unit)
    word = SpanUnit(unit).replace("_", " ").removesuffix("s")
    assert said == [f"1 {word}", f"5 {word}s"]
    assert here.startswith("5") and here not in said


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("zhenyuan-1", "依据镇原“1+4”模式的规定（第1版）。"),
        ("2026-11-24", "依据本县2026年11月24日起执行的规定。"),
        ("2026-11-24-2", "依据本县2026年11月24日起执行的规定。"),
        ("7", "依据规定第7版。"),
    ],
)
def test_a_clock_names_its_rules_in_words(version: str, words: str) -> None:
    clock = CaseClock(
        county="629901", stage=Stage.HANDLE, started_at=MONDAY_9AM, due_at=MONDAY_9AM, amount=5, unit=SpanUnit.DAYS
    )
    clock.rule_version = version
    with override("zh-hans"):
        page = render_to_string("parts/clock.html", {"clock": standing.clock_in_words(clock)})
    assert words in page
