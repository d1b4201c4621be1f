"""The board of the day × many readers × areas × days: the numbers that plain Python counts, and the lists behind them.

Its queries are kept and filled in with what the next reader asks (`kit/keys.py`). So people ask after one another, and
each number is compared with what they see there, counted here without any query of the board's.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils.timezone import localdate, make_aware

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Solved
from fengqiao.insight.day import Answers, Board, CameIn, board
from fengqiao.insight.narrowing import AT_PRESENT, COUNTED, OF_THE_DAY, Day
from fengqiao.intake.models import Decision, Report
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.web.console.views import reports, worklist
from tests.architecture.pasts import A_DAY, LATER, Past, by_holder, liven_up, pasts
from tests.architecture.test_narrowed_lists import ASKING
from tests.architecture.walking import Walk
from tests.architecture.world import World

pytestmark = pytest.mark.django_db
OFTEN, SOON = 3, 5  # so many days later some cases stand still, and others do not yet


@pytest.fixture
def world(walk: Walk) -> Iterator[World]:
    """The world, where much happened around the midnights of some days."""
    with transaction.atomic():
        liven_up(make_aware(datetime.combine(localdate(walk.world.at), time.min)))
        yield walk.world
        transaction.set_rollback(True)


def looks(world: World) -> list[tuple[date, datetime]]:
    """List which days are looked at, and from when."""
    later = [world.at + A_DAY * days for days in (SOON, LATER)]
    return [(localdate(world.at - A_DAY), world.at), *((localdate(at), at) for at in (world.at, *later))]


def lies_in(path: str, region: Region) -> bool:
    return f"{path}.".startswith(f"{region.path}.")


def counted_on(happened: dict[Any, Past], on: date, at: datetime) -> dict[Any, set[str]]:
    """Tell for each case which numbers count it."""
    return {pk: set(past.counted_as(on, at)) for pk, past in happened.items()}


def of_cases(seen: list[Past], counted: dict[Any, set[str]], on: date, at: datetime) -> dict[str, Any]:
    """Count what a board says of these cases."""
    found = Counter(key for past in seen for key in counted[past.case.pk])
    said = Counter(solved for past in seen for solved in past.said_on(on))
    excluded = sum(len(past.said_on(on, is_withdrawn=True)) for past in seen)
    unanswered = sum(past.unanswered_on(on, at) for past in seen)
    late, stuck = ([past for past in seen if key in counted[past.case.pk]] for key in ("late", "stuck"))
    return {
        "moves": {key: found[key] for key in OF_THE_DAY},
        "present": {key: found[key] for key in AT_PRESENT},
        "answers": Answers(said[Solved.YES], said[Solved.PARTLY], said[Solved.NO], excluded, unanswered),
        "late": by_holder((past.holder(), past.case.due_at) for past in late if past.case.due_at),
        "stuck": by_holder((past.holder(), max(line.at for line in past.lines)) for past in stuck),
    }


def of_reports(read: list[Report], declined: set[Any], on: date, at: datetime) -> dict[str, Any]:
    """Count what a board says of these reports."""
    came = Counter((report.channel, report.nature) for report in read if localdate(report.received_at) == on)
    waiting = [report for report in read if report.status in ("received", "in_review")]
    return {
        "came_in": [CameIn(*which, count) for which, count in sorted(came.items())],
        "declined": sum(report.pk in declined for report in read),
        "reports_waiting": len(waiting),
        "reports_late": sum(report.due_at is not None and report.due_at < at for report in waiting),
    }


def said_by(found: Board) -> dict[str, Any]:
    """Give what a board says, units by their ids."""
    names = ("came_in", "declined", "moves", "present", "answers", "reports_waiting", "reports_late")
    waits = {
        name: [(held.unit.pk, held.count, held.oldest) for held in getattr(found, name)] for name in ("late", "stuck")
    }
    return {name: getattr(found, name) for name in names} | waits


def declined_on(on: date) -> set[Any]:
    return {each.report_id for each in Decision.objects.filter(outcome="declined") if localdate(each.at) == on}


def test_every_number_is_what_plain_python_counts(world: World) -> None:
    happened, faults, often = pasts(), [], Counter[str]()
    regions = [world.qing.root, world.qing.east, world.qing.willow, world.bai.root]
    for on, at in looks(world):
        declined, counted = declined_on(on), counted_on(happened, on, at)
        for key in ASKING:
            user = world.users[key]
            seen, read = list(Case.objects.visible_to(user, at)), list(Report.objects.visible_to(user, at))
            for region in regions:
                there = [happened[case.pk] for case in seen if lies_in(case.path, region)]
                wanted = of_cases(there, counted, on, at)
                wanted |= of_reports([each for each in read if lies_in(each.path, region)], declined, on, at)
                found = said_by(board(region, Day.of(on, at, user.county), user))
                faults += [f"{key} of {region} on {on}: {name}" for name in wanted if found[name] != wanted[name]]
                often.update(name for past in there for name in counted[past.case.pk])
    assert faults == []
    assert {key: often[key] for key in COUNTED if often[key] < OFTEN} == {}


def test_every_list_behind_a_number_shows_the_rows_it_counts(world: World) -> None:
    happened, faults, shown = pasts(), [], 0
    for on, at in looks(world):
        counted = counted_on(happened, on, at)
        for key in ASKING[::2]:
            user, seen = world.users[key], Case.objects.visible_to(world.users[key], at)
            for name in COUNTED:
                page = worklist.page_asked_for({"counted": name, "on": on}, user, at, QueryDict())
                wanted = {case.pk for case in seen if name in counted[case.pk]}
                is_told = {row.pk for row in page.rows} == wanted and page.total == len(wanted)
                faults += [] if is_told else [f"{key} on {on}: {name}"]
                shown += len(wanted)
            faults += _wrong_reports(user, on, at)
    assert faults == [] and shown > 300


def _wrong_reports(user: User, on: date, at: datetime) -> list[str]:
    """Name which of the lists of reports of a day are wrong."""
    read = Report.objects.visible_to(user, at)
    wanted = {
        "received_on": {report.pk for report in read if localdate(report.received_at) == on},
        "declined_on": {report.pk for report in read} & declined_on(on),
    }
    pages = {name: reports.page_asked_for({name: on, "status": "all"}, user, at, QueryDict()) for name in wanted}
    return [f"{user} on {on}: {name}" for name, rows in wanted.items() if {row.pk for row in pages[name].rows} != rows]
