"""Watching a case: told of its steps as long as one can see it, and not a word beyond."""

from datetime import timedelta

import pytest

from fengqiao.cases.models import Case, NamedViewer
from fengqiao.cases.transitions import handling, opening, undoing
from fengqiao.desk.models import Watch
from fengqiao.desk.transitions.watching import read_up, unwatch, watch
from fengqiao.desk.watched import news, watched
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from tests import acts
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty

HOUR = timedelta(hours=1)
LATER = MONDAY_9AM + HOUR


@pytest.fixture
def sent(qing: QingCounty) -> Case:
    case = acts.dispatch(qing, acts.open_leak(qing))
    watch(case, by=qing.gao_leads, at=MONDAY_9AM)
    return case


def told(user: User) -> list[tuple[str, int]]:
    return [(each.verb, each.more) for each in news(user, LATER)]


def test_the_steps_of_others_are_told_the_last_one_first(qing: QingCounty, sent: Case) -> None:
    assert told(qing.gao_leads) == []

    case = handling.accept(sent, by=qing.liu_handles_water, at=LATER)
    handling.add_progress(case, note="已到现场", by=qing.liu_handles_water, at=LATER)

    assert told(qing.gao_leads) == [("add_progress", 1)]
    assert told(qing.wu_supervises) == []  # who does not watch is told nothing


def test_ones_own_steps_are_no_news(qing: QingCounty, sent: Case) -> None:
    watch(sent, by=qing.liu_handles_water, at=MONDAY_9AM)
    handling.accept(sent, by=qing.liu_handles_water, at=LATER)

    assert told(qing.liu_handles_water) == []


def test_having_opened_the_case_ends_the_news(qing: QingCounty, sent: Case) -> None:
    case = handling.accept(sent, by=qing.liu_handles_water, at=LATER)
    read_up(case, by=qing.gao_leads)

    assert told(qing.gao_leads) == []


def test_a_note_that_was_taken_back_is_no_news(qing: QingCounty, sent: Case) -> None:
    case = handling.add_note(sent, note="写错了", by=qing.liu_handles_water, at=LATER)
    undoing.undo_note(case, by=qing.liu_handles_water, at=LATER)

    assert told(qing.gao_leads) == []


def test_watching_twice_is_watching_once_and_unwatching_ends_it(qing: QingCounty, sent: Case) -> None:
    watch(sent, by=qing.gao_leads, at=LATER)
    assert Watch.objects.count() == 1

    unwatch(sent, by=qing.gao_leads)
    handling.accept(sent, by=qing.liu_handles_water, at=LATER)
    assert told(qing.gao_leads) == [] and not watched(qing.gao_leads, LATER).exists()


@pytest.mark.parametrize("who", ["zhao_handles_roads", "bai_audits", "deng_is_a_stranger"])
def test_what_one_cannot_see_one_cannot_watch(qing: QingCounty, sent: Case, who: str) -> None:
    with pytest.raises(Refused):
        watch(sent, by=getattr(qing, who), at=MONDAY_9AM)


def test_whoever_loses_the_post_hears_no_more(qing: QingCounty, sent: Case) -> None:
    qing.gao_leads.posts.update(ends_on=MONDAY_9AM.date())
    handling.accept(sent, by=qing.liu_handles_water, at=LATER)

    assert told(qing.gao_leads) == [] and not watched(qing.gao_leads, LATER).exists()


def test_of_a_restricted_case_only_the_named_hear_and_only_while_they_see_it(qing: QingCounty) -> None:
    case = steps.restricted(qing)
    with pytest.raises(Refused):
        watch(case, by=qing.wu_supervises, at=MONDAY_9AM)
    case = opening.name_viewer(case, qing.wu_supervises, reason="督办", by=qing.ma_clerks, at=MONDAY_9AM)
    watch(case, by=qing.wu_supervises, at=MONDAY_9AM)
    handling.add_note(case, note="已核实", by=qing.ma_clerks, at=LATER)
    assert told(qing.wu_supervises) == [("add_note", 0)]

    NamedViewer.objects.filter(user=qing.wu_supervises).delete()
    assert told(qing.wu_supervises) == [] and not watched(qing.wu_supervises, LATER).exists()
