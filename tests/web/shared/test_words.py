from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import defaultfilters
from django.utils.safestring import SafeString
from django.utils.translation import override
from time_machine import TimeMachineFixture

from fengqiao.web.shared import words
from fengqiao.web.shared.templatetags import words as filters

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 14, 5, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI), "Today 09:00"),
        (datetime(2026, 11, 21, 23, 59, tzinfo=SHANGHAI), "Yesterday 23:59"),
        (datetime(2026, 11, 23, 0, 0, tzinfo=SHANGHAI), "Tomorrow 00:00"),
        (datetime(2026, 10, 1, 8, 30, tzinfo=SHANGHAI), "1 Oct 08:30"),
        (datetime(2025, 10, 1, 8, 30, tzinfo=SHANGHAI), "1 Oct 2025 08:30"),
        (datetime(2026, 11, 21, 16, 30, tzinfo=ZoneInfo("UTC")), "Today 00:30"),
    ],
)
def test_a_moment_is_said_as_people_say_it(at: datetime, said: str) -> None:
    with override("en"):
        assert words.moment(at, NOW) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=45), "45 minutes"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(hours=5, minutes=20), "5 hours 20 minutes"),
        (timedelta(days=2, hours=3, minutes=40), "2 days 3 hours"),
        (timedelta(days=1, minutes=40), "1 day"),
    ],
)
def test_a_span_takes_at_most_two_units(length: timedelta, said: str) -> None:
    with override("en"):
        assert words.span(length) == said


def test_what_is_left_turns_into_what_is_overdue() -> None:
    with override("en"):
        assert words.left(NOW + timedelta(days=2, hours=3), NOW) == "2 days 3 hours left"
        assert words.left(NOW - timedelta(hours=5), NOW) == "overdue by 5 hours"
    with override("zh-hans"):
        assert words.left(NOW + timedelta(hours=5), NOW) == "还剩 5 小时"
        assert words.left(NOW - timedelta(hours=5), NOW) == "已逾期 5 小时"


@pytest.mark.parametrize(("hours", "urgency"), [(-1, "late"), (1, "soon"), (24, "soon"), (25, "plain")])
def test_a_due_time_speaks_up_as_it_nears(hours: int, urgency: str) -> None:
    assert words.urgency(NOW + timedelta(hours=hours), NOW) == urgency


def test_a_date_names_its_year_only_when_it_is_another() -> None:
    with override("en"):
        assert words.date_of(date(2026, 2, 17), NOW.date()) == "17 Feb"
        assert words.date_of(date(2027, 2, 17), NOW.date()) == "17 Feb 2027"


@pytest.mark.parametrize(("number", "masked"), [("13812345678", "138****5678"), ("12345", "*****"), ("", "")])
def test_a_phone_number_is_shown_by_its_ends(number: str, masked: str) -> None:
    assert words.masked_phone(number) == masked


def test_times_are_drawn_for_people_and_machines(time_machine: TimeMachineFixture) -> None:
    at = datetime(2026, 11, 21, 16, 0, tzinfo=ZoneInfo("UTC"))  # midnight here
    time_machine.move_to(at + timedelta(minutes=30), tick=False)
    with override("en"):
        drawn = [filters.when(at), filters.since(at), filters.left(at + timedelta(hours=2)), filters.left(at)]

    assert drawn[0].startswith('<time datetime="2026-11-21T16:00:00+00:00" title="Sunday, 22 November 2026, 00:00">')
    assert drawn[0].endswith(">Today 00:00</time>")
    assert drawn[1] == '<time datetime="2026-11-21T16:00:00+00:00">30 minutes</time>'
    soon = '<time datetime="2026-11-21T18:00:00+00:00">1 hour 30 minutes left</time>'
    assert drawn[2] == f'<span class="left left-soon">{soon}</span>'
    assert 'class="left left-late"><svg ' in drawn[3]
    assert drawn[3].endswith('<time datetime="2026-11-21T16:00:00+00:00">overdue by 30 minutes</time></span>')
    assert all(isinstance(each, SafeString) for each in drawn)


def test_what_a_translation_says_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("span", "left", "moment_on", "full_moment"):
        monkeypatch.setattr(words, name, lambda *_args: '"<b>')
    at = NOW + timedelta(microseconds=7)  # said nowhere else

    for drawn in (filters.when(at), filters.since(at), filters.left(at)):
        assert "&quot;&lt;b&gt;" in drawn
        assert "<b>" not in drawn


@pytest.mark.parametrize("most", [0, 1, 4, 5, 6, 200])
@pytest.mark.parametrize(
    "said", ["", "水管爆裂了", "水管爆裂了，", "e\u0301te\u0301 dans", "<b>&", SafeString("<b>&amp;"), 12345, None]
)
def test_a_text_is_cut_as_django_cuts_it(said: Any, most: int) -> None:
    ours, theirs = filters.truncatechars(said, most), defaultfilters.truncatechars(said, most)

    assert ours == theirs and type(ours) is type(theirs)
