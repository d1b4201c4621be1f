"""Read the yearly notice of days off as it is published (国务院办公厅关于…部分节假日安排的通知)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fengqiao.kit.workdays import Day

HOLIDAY = re.compile(r"[一二三四五六七八九十]+\s*[、.．]\s*(?P<name>[^：:，。、\s]{2,12})\s*[：:]")
MOMENT = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:（(?P<said>[^）]*)）)?(?P<to>\s*(?:至|到|—|-)\s*)?"
)
IN_ALL = re.compile(r"共(\d+)天")
LONGEST = 9  # digits; of thousands Python makes no number
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
OFF, WORKED = re.compile("放假|补休|调休"), "上班"


@dataclass
class Notice:
    """What a notice says of a year: the days it names, and what in it cannot be right."""

    days: dict[date, Day] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def off(self) -> list[date]:
        """List the days off."""
        return sorted(on for on, day in self.days.items() if not day.working)

    def worked(self) -> list[date]:
        """List the weekend days that are worked in exchange."""
        return sorted(on for on, day in self.days.items() if day.working)


@dataclass
class _Moment:
    on: date
    is_first: bool  # of a span whose last day follows


def read_notice(text: str, year: int) -> Notice:
    """Read days off and make-up days out of the text; whatever contradicts itself becomes a problem in words."""
    notice = Notice()
    for name, words in _holidays(text.replace("(", "（").replace(")", "）")):
        for sentence in words.split("。"):
            _read_sentence(notice, name, sentence, year)
    if not notice.days and not notice.problems:
        notice.problems.append(_("No holiday was found. Paste the list that begins with “一、元旦：…”."))
    return notice


def _holidays(text: str) -> Iterator[tuple[str, str]]:
    """Split the text at its headings: the name of each holiday and what is said of it."""
    heads = list(HOLIDAY.finditer(text))
    for head, following in pairwise([*heads, None]):
        assert head is not None  # only the last one has none after it
        yield head["name"], text[head.end() : following.start() if following else len(text)]


def _read_sentence(notice: Notice, name: str, sentence: str, year: int) -> None:
    """Read one sentence: days off with their number, or days worked in exchange."""
    for part in sentence.split("；"):
        if WORKED in part:
            _name(notice, name, list(_days(notice, name, part, year)), working=True)
        elif OFF.search(part):
            days = list(_days(notice, name, part, year))
            _name(notice, name, days, working=False)
            _check_number(notice, name, part, len(set(days)))


def _days(notice: Notice, name: str, part: str, year: int) -> Iterator[date]:
    """List the days of a part, with every day of its spans; a month that is not said is the one said before."""
    first: date | None = None
    for moment in _moments(notice, name, part, year):
        if first is not None and first < moment.on:
            yield from (first + timedelta(days=each) for each in range((moment.on - first).days))
        yield moment.on
        first = moment.on if moment.is_first else None


def _moments(notice: Notice, name: str, part: str, year: int) -> Iterator[_Moment]:
    month = 0
    for found in MOMENT.finditer(part):
        month = int(found["month"] or month)
        try:
            on = date(int(found["year"] or year), month, int(found["day"]))
        except ValueError:
            notice.problems.append(_("%(name)s: “%(day)s” is not a day.") % {"name": name, "day": found[0].strip()})
            continue
        _check_weekday(notice, name, on, found["said"] or "")
        yield _Moment(on, found["to"] is not None)


def _name(notice: Notice, name: str, days: list[date], *, working: bool) -> None:
    """Enter the days, and object to one that is named twice in two senses or is worked anyway."""
    for on in days:
        words = {"name": name, "day": on.isoformat()}
        known = notice.days.get(on)
        if known is not None and known.working != working:
            notice.problems.append(_("%(name)s: %(day)s is named as a day off and as a working day.") % words)
        if working and on.weekday() < 5:
            notice.problems.append(_("%(name)s: %(day)s is no weekend day; it is worked anyway.") % words)
        both = known.name if known and name not in known.name else ""
        notice.days[on] = Day(working, f"{both}、{name}" if both else name)


def _check_number(notice: Notice, name: str, part: str, found: int) -> None:
    if (said := IN_ALL.search(part)) and (len(said[1]) > LONGEST or int(said[1]) != found):
        words = _("%(name)s: the notice says %(said)s days, its dates make %(count)d.")
        notice.problems.append(words % {"name": name, "said": said[1], "count": found})


def _check_weekday(notice: Notice, name: str, on: date, said: str) -> None:
    """Compare the weekday in brackets: the surest sign of a wrong year or a slip of the pen."""
    weekday = WEEKDAY.search(said)
    if weekday and WEEKDAYS[weekday[1]] != on.weekday():
        words = _("%(name)s: %(day)s is a %(is)s in that year, the notice says %(said)s. Is the year right?")
        day = {"day": on.isoformat(), "is": date_format(on, "l"), "said": weekday[0]}
        notice.problems.append(words % {"name": name, **day})
