"""What is written together arrives in one statement, in time, and fails as it would alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe

from fengqiao.cases import deadlines
from fengqiao.cases.models import Assist, Case, CaseClock, Stage
from fengqiao.kit.ids import new_id
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.writing import delete, facts_of, insert, send, together, update_changed, update_now
from fengqiao.people.models import Unit
from tests.cast import MONDAY_9AM, QingCounty

pytestmark = pytest.mark.django_db
CLOCKS: Prepared[CaseClock] = Prepared(lambda _shape, case: CaseClock.objects.filter(case=case))


def another(case: Case, stage: str) -> CaseClock:
    clock = CaseClock.objects.filter(case=case).earliest("started_at")
    clock.pk, clock.stage = new_id(), stage
    return clock


def title(case: Case, words: str) -> None:
    before = facts_of(case)
    case.title = words
    update_changed(case, before)


def test_several_rows_are_one_statement(qing: QingCounty, leak: Case) -> None:
    clocks = [another(leak, stage) for stage in ("accept", "handle")]

    with CaptureQueriesContext(connection) as asked, together():
        for clock in clocks:
            insert(clock)
        title(leak, "新的题目")
        assert not asked.captured_queries

    assert len(asked) == 1
    assert {facts_of(each)["stage"] for each in CLOCKS(leak.pk)} == {"dispatch", "accept", "handle"}
    assert facts_of(Case.objects.get(pk=leak.pk)) == facts_of(leak)


@pytest.mark.parametrize("is_prepared", [True, False])
def test_who_asks_finds_it_written(qing: QingCounty, leak: Case, is_prepared: bool) -> None:
    with together():
        insert(another(leak, "accept"))
        found = CLOCKS(leak.pk) if is_prepared else list(CaseClock.objects.filter(case=leak))

        assert len(found) == 2


def test_a_row_written_twice_says_what_was_written_last(qing: QingCounty, leak: Case) -> None:
    clock = another(leak, "accept")
    with CaptureQueriesContext(connection) as asked, together():
        title(leak, "第一次")
        insert(clock)
        title(leak, "第二次")
        before = facts_of(clock)
        clock.met_at = MONDAY_9AM + timedelta(days=1)
        update_changed(clock, before)  # the row is new in what waits: that goes first

    assert len(asked) == 2
    assert Case.objects.get(pk=leak.pk).title == "第二次"
    assert CaseClock.objects.get(pk=clock.pk).met_at == clock.met_at


def test_what_the_database_refuses_is_refused_inside_the_savepoint(qing: QingCounty, leak: Case) -> None:
    """Whoever catches it there goes on, and what was written before stays."""
    twice = another(leak, "accept")
    with transaction.atomic(), together():
        title(leak, "留下的题目")
        with pytest.raises(IntegrityError), transaction.atomic():
            insert(twice)
            send()
            insert(twice)
        title(leak, "最后的题目")

    assert Case.objects.get(pk=leak.pk).title == "最后的题目"
    assert len(CLOCKS(leak.pk)) == 1


def test_what_waited_is_forgotten_when_the_act_is_broken_off(qing: QingCounty, leak: Case) -> None:
    with together():
        with pytest.raises(KeyError), transaction.atomic():
            insert(another(leak, "dispatch"))  # which would be refused: such a clock runs
            raise KeyError
        title(leak, "之后")

    with pytest.raises(KeyError), transaction.atomic(), together():
        title(leak, "没有成")
        raise KeyError

    assert len(CLOCKS(leak.pk)) == 1
    assert Case.objects.get(pk=leak.pk).title == "之后"


def test_rows_are_taken_away_with_the_rest(qing: QingCounty, leak: Case) -> None:
    asked: dict[str, object] = {"county": leak.county, "case": leak, "round": 1, "asked_at": MONDAY_9AM}
    units: list[Unit] = [qing.water, qing.roads]
    for unit in units:
        Assist.objects.create(unit=unit, accept_by=MONDAY_9AM, **asked)

    with CaptureQueriesContext(connection) as said, together():
        delete(Assist, case=leak.pk, unit=qing.water.pk)
        title(leak, "少了一个")

    assert len(said) == 1
    assert [each.unit_id for each in Assist.objects.all()] == [qing.roads.pk]


def test_a_row_that_there_is_already_is_left_alone(qing: QingCounty, leak: Case) -> None:
    again = another(leak, "dispatch")

    insert(again, once=True)

    assert len(CLOCKS(leak.pk)) == 1


def test_it_is_told_whether_the_row_is_still_there(qing: QingCounty, leak: Case) -> None:
    clock = another(leak, "accept")

    assert not update_now(clock, {"stage"})
    insert(clock)
    clock.stage = "handle"
    assert update_now(clock, {"stage"})
    assert CaseClock.objects.get(pk=clock.pk).stage == "handle"


def test_a_row_that_makes_room_for_another_goes_first(qing: QingCounty, leak: Case) -> None:
    """The parts of one statement have no order: a clock that ends and one of the same stage are two statements."""
    running = CaseClock.objects.get(case=leak)
    with CaptureQueriesContext(connection) as asked, transaction.atomic(), together():
        deadlines.stop(leak, Stage.DISPATCH, at=MONDAY_9AM)
        deadlines.start(leak, Stage.DISPATCH, MONDAY_9AM)
        deadlines.start(leak, Stage.ACCEPT, MONDAY_9AM)

    assert sum("cases_caseclock" in each["sql"] and "SELECT" not in each["sql"] for each in asked) == 2
    assert CaseClock.objects.get(pk=running.pk).stopped_at == MONDAY_9AM
    assert {clock.stage for clock in deadlines.running_of(leak)} == {"dispatch", "accept"}


def test_a_clock_that_ends_and_one_of_another_stage_are_one_statement(qing: QingCounty, leak: Case) -> None:
    with deadlines.at_hand(leak), CaptureQueriesContext(connection) as asked, together():
        deadlines.meet(leak, Stage.DISPATCH, MONDAY_9AM)
        deadlines.start(leak, Stage.ACCEPT, MONDAY_9AM)

    assert sum("cases_caseclock" in each["sql"] for each in asked) == 1


SAID: list[Any] = [[], {}, [["2026-10-01", "国庆节"]], {"a": {"b": None}, "c": [1.5, True]}, "", "词", 0, False]


@pytest.mark.parametrize("said", SAID, ids=repr)
def test_json_is_stored_and_read_as_django_does(leak: Case, said: Any) -> None:
    ours, djangos = another(leak, "accept"), another(leak, "handle")
    ours.hours = djangos.hours = said

    insert(ours)
    djangos.save(force_insert=True)

    texts = CaseClock.objects.filter(pk__in=[ours.pk, djangos.pk]).values_list(Cast("hours", TextField()), flat=True)
    assert len(set(texts)) == 1
    assert [each.hours for each in CLOCKS(leak.pk) if each.pk == ours.pk] == [said]
    before = facts_of(ours)
    ours.skipped = [said]
    update_changed(ours, before)
    assert CaseClock.objects.get(pk=ours.pk).skipped == [said]


def test_choices_and_safe_words_are_stored_as_the_words_they_are(leak: Case) -> None:
    clock = another(leak, Stage.ACCEPT)
    clock.rule_version = mark_safe("<b>1</b>")
    insert(clock)

    assert CaseClock.objects.filter(pk=clock.pk, stage="accept", rule_version="<b>1</b>").exists()
