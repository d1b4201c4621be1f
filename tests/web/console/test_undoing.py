"""The button beside one's own last note, and the record without the words that were taken back."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling, undoing
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

WORDS = "写到别的事项里去了"


@pytest.fixture
def noted(qing: QingCounty, sent: Case, today: datetime) -> Case:
    return handling.add_note(sent, note=WORDS, by=qing.liu_handles_water, at=today)


def undo(case: Case) -> str:
    return reverse("console:step", args=[case.number, "undo_note"])


def page_of(
    qing: QingCounty, sign_in: SignIn, case: Case, *, who: str = "liu_handles_water", name: str = "case"
) -> str:
    answer = sign_in(getattr(qing, who)).get(reverse(f"console:{name}", args=[case.number]))
    return answer.content.decode()


def test_the_button_stands_beside_the_note_with_the_time_that_is_left(
    qing: QingCounty, sign_in: SignIn, noted: Case
) -> None:
    page = page_of(qing, sign_in, noted)

    assert page.count(undo(noted)) == 2  # the form, with and without a script
    assert "还剩 5 分钟" in page
    assert page.count("btn-primary") == 1


def test_nobody_else_gets_it(qing: QingCounty, sign_in: SignIn, noted: Case) -> None:
    assert undo(noted) not in page_of(qing, sign_in, noted, who="chen_dispatches")


def test_after_the_time_it_is_gone(qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime) -> None:
    case = handling.add_note(sent, note=WORDS, by=qing.liu_handles_water, at=today - timedelta(minutes=6))

    assert undo(case) not in page_of(qing, sign_in, case)


@pytest.mark.parametrize("name", ["case", "print"])
def test_the_words_are_shown_nowhere_any_more(
    qing: QingCounty, sign_in: SignIn, noted: Case, today: datetime, name: str
) -> None:
    undoing.undo_note(noted, by=qing.liu_handles_water, at=today)

    page = page_of(qing, sign_in, noted, name=name)
    assert WORDS not in page
    assert "刘水生 · 清县水务局" in page and "五分钟内收回" in page


def test_pressed_from_an_old_page_it_takes_back_nothing_newer(
    qing: QingCounty, sign_in: SignIn, noted: Case, today: datetime
) -> None:
    seen = noted.line_count
    handling.add_note(noted, note="第二条", by=qing.liu_handles_water, at=today)

    answer = sign_in(qing.liu_handles_water).post(undo(noted), {"seen": seen})

    assert answer.status_code == 422
    assert not noted.log.filter(verb="undo_note").exists()
