"""Every list without words × every reader × every filter × forwards and back: the rows that plain Python picks.

The queries of lists are kept and filled in with what the next reader asks (`kit/keys.py`). So people ask after one
another, and what they get is compared with all that they see, narrowed, sorted and counted here, row by row.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils.timezone import localdate

from fengqiao.cases import queries
from fengqiao.cases.models import Assist, Case
from fengqiao.cases.scope import held_posts
from fengqiao.cases.vocabulary import Kind
from fengqiao.cases.workflow import OPEN
from fengqiao.desk.models import Watch
from fengqiao.intake import queries as intake
from fengqiao.intake.models import Decision, Report
from fengqiao.intake.policy import TAKES
from fengqiao.intake.workflow import Outcome, Status
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.web.console import paging
from fengqiao.web.console.forms.filters import CaseFilter, ReportFilter
from fengqiao.web.console.views import reports, worklist
from tests.architecture.walking import Walk
from tests.architecture.world import READERS, World
from tests.waiting import waiting_on

pytestmark = pytest.mark.django_db
ROWS, MOST = 3, 6
LATER = timedelta(days=40)  # when everything open is overdue
ASKING = [
    *READERS, "clerk@west", "clerk@east", "dispatcher@east", "leader@bai", "supervisor@willow", "handler of roads",
    "handler of bai_works", "named supervisor", "named handler of roads", "named clerk of yesterday", "closed account",
]  # fmt: skip
USUAL: dict[Any, Any] = {worklist: "open", reports: (Status.RECEIVED, Status.IN_REVIEW)}
Meets = Callable[[Any, str, User, datetime], bool]


def _code(township: Region) -> str:
    return township.path.rpartition(".")[2]


def cases_asked(world: World) -> list[str]:
    """List what the work list is asked for."""
    east, west, water, roads = world.qing.east, world.qing.west, world.qing.water, world.qing.roads
    return [
        "", "status=all", "status=dispatched", "status=opened", "status=archived", "overdue=on", "kind=request",
        "kind=lead&status=all", "mine=unit", "mine=me", "mine=watched", "mine=watched&status=all", f"unit={water.pk}",
        f"unit={roads.pk}&status=all", f"township={_code(east)}", f"township={_code(west)}&status=all",
        f"holder={water.pk}", f"holder={world.qing.centre.pk}", f"region={world.qing.root.code}&status=all",
        f"region={east.code}&overdue=on", f"region={world.qing.willow.code}", f"mine=unit&unit={water.pk}&kind=request",
    ]  # fmt: skip


def reports_asked(world: World) -> list[str]:
    """List what the reports' list is asked for."""
    east, yesterday = world.qing.east, localdate(world.at - timedelta(days=1))
    return [
        "", "status=all", "status=received", "status=opened", "status=declined", "overdue=on", "overdue=on&status=all",
        "nature=help&status=all", "nature=accusation", "channel=web&status=all", "channel=window&nature=help",
        f"township={_code(east)}&status=all", f"region={world.qing.root.code}&status=all", f"region={east.code}",
        f"received_on={yesterday}&status=all", f"region={world.qing.willow.code}&overdue=on",
    ]  # fmt: skip


CASE: dict[str, Meets] = {
    "status": lambda case, asked, user, at: asked == "all" or case.status in (OPEN if asked == "open" else {asked}),
    "overdue": lambda case, asked, user, at: case.status in OPEN and case.due_at < at,
    "kind": lambda case, asked, user, at: case.kind == asked,
    "unit": lambda case, asked, user, at: str(case.lead_id) == asked,
    "township": lambda case, asked, user, at: asked in case.path.split(".")[3:4],
    "holder": lambda case, asked, user, at: _held_by(case) == asked,
    "region": lambda case, asked, user, at: _lies_in(case.path, asked),
    "mine": lambda case, asked, user, at: _is_theirs(case, asked, user, at),
}
REPORT: dict[str, Meets] = {
    "status": lambda report, asked, user, at: asked == "all" or report.status in asked,
    "overdue": lambda report, asked, user, at: report.due_at is not None and report.due_at < at,
    "nature": lambda report, asked, user, at: report.nature == asked,
    "channel": lambda report, asked, user, at: report.channel == asked,
    "township": lambda report, asked, user, at: asked in report.path.split(".")[3:4],
    "region": lambda report, asked, user, at: _lies_in(report.path, asked),
    "received_on": lambda report, asked, user, at: localdate(report.received_at) == asked,
}


def _lies_in(path: str, code: str) -> bool:
    return f"{path}.".startswith(f"{Region.objects.get(code=code).path}.")


def _held_by(case: Case) -> Any:
    at_the_centre = case.status in ("opened", "objected")
    return case.centre_id if at_the_centre else case.lead_id if case.status in OPEN else None


def _is_theirs(case: Case, asked: str, user: User, at: datetime) -> bool:
    units = {post.unit_id for post in held_posts(user, at)}
    if asked == "unit":
        waits = case.lead_id is None and case.centre_id in units
        return (
            waits
            or case.lead_id in units
            or Assist.objects.filter(case=case, round=case.round, unit__in=units).exists()
        )
    return case.assigned_to_id == user.pk if asked == "me" else Watch.objects.filter(case=case, user=user).exists()


@pytest.fixture
def world(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The world, with kinds, dates and hands unlike one another, and short pages."""
    monkeypatch.setattr(paging, "ROWS", ROWS)
    for view in (worklist, reports):
        monkeypatch.setattr(view, "MOST", MOST)
    with transaction.atomic():
        for number, case in enumerate(Case.objects.order_by("id")):
            given = {"assigned_to": walk.world.users[READERS[number % 8]], "kind": list(Kind)[number % 4]}
            Case.objects.filter(pk=case.pk).update(opened_at=case.opened_at + timedelta(hours=number // 2), **given)
        for number, report in enumerate(Report.objects.order_by("id")):
            at = report.received_at - timedelta(days=number // 2)
            Report.objects.filter(pk=report.pk).update(received_at=at, channel="window" if number % 3 else "phone")
        yield walk.world
        transaction.set_rollback(True)


def walked(ask: Callable[[QueryDict], paging.Page[Any]], query: str) -> Iterator[paging.Page[Any]]:
    """Follow a list to its end and back again."""
    for way in ("older", "newer"):
        page = ask(QueryDict(query))
        yield page
        while following := getattr(page, way):
            query = following.removeprefix("?")
            page = ask(QueryDict(query))
            yield page


def wrong(ask: Callable[[QueryDict], paging.Page[Any]], query: str, wanted: list[Any]) -> bool:
    """Test if the pages of a list show other rows than these, in another order, or count them otherwise."""
    pages = list(walked(ask, query))
    there = -(-len(wanted) // ROWS) or 1
    forth, back = pages[:there], pages[there:]
    counted = {(page.total, page.more_than) for page in pages if page.newer or page.older}
    return (
        [row.pk for page in forth for row in page.rows] != [row.pk for row in wanted]
        or [row.pk for page in reversed(back) for row in page.rows] != [row.pk for row in wanted]
        or not counted <= {(min(len(wanted), MOST), len(wanted) > MOST)}
    )


def in_order(rows: list[Any], order: paging.Order) -> list[Any]:
    return sorted(rows, key=lambda row: (getattr(row, order.field), row.pk), reverse=order.is_descending)


def met(rows: Any, meets: dict[str, Meets], wanted: dict[str, Any], user: User, at: datetime) -> list[Any]:
    return [row for row in rows if all(meets[name](row, asked, user, at) for name, asked in wanted.items())]


def asked_of(
    view: Any, form: Any, model: Any, meets: dict[str, Meets], world: World, addresses: list[str]
) -> list[str]:
    """Ask for a list as everybody in turn, and name what is wrong with it."""
    faults, shown, usual = [], 0, {"status": USUAL[view]}
    for query in addresses:
        for at in (world.at, world.at + LATER) if "overdue" in query else (world.at,):
            for key in ASKING:
                user = world.users[key]
                asked = form(QueryDict(query), county=user.county, today=localdate(at)).wanted()
                wanted = in_order(
                    met(model.objects.visible_to(user, at), meets, usual | asked, user, at), view.order_of(asked)
                )
                ask = partial(view.page_asked_for, asked, user, at)
                faults += [f"{key} asks {query}"] if wrong(ask, query, wanted) else []
                shown += len(wanted)
    return faults if shown > 500 else ["little was shown"]


def test_the_work_list_shows_what_is_seen_and_asked_for(world: World) -> None:
    assert asked_of(worklist, CaseFilter, Case, CASE, world, cases_asked(world)) == []


def test_the_reports_list_shows_what_is_read_and_asked_for(world: World) -> None:
    assert asked_of(reports, ReportFilter, Report, REPORT, world, reports_asked(world)) == []


def test_what_waits_is_listed_and_its_first_are_counted(world: World) -> None:
    """For each thing that waits: its list, and on the first page its number with the first, ones own before others'."""
    faults, counted = [], 0
    for at in (world.at, world.at + LATER):
        for key in ASKING:
            user = world.users[key]
            for each in queries.waiting_for(user, at, first=ROWS):
                waiting = waiting_on(each.key, user, at)
                asked = {"waiting": each.key}
                wanted = in_order(waiting, worklist.order_of(asked))
                firsts = sorted(in_order(waiting, worklist.BY_DUE), key=partial(_turn, user=user))[:ROWS]
                is_listed = not wrong(partial(worklist.page_asked_for, asked, user, at), f"waiting={each.key}", wanted)
                is_counted = (each.count, list(each.rows)) == (len(waiting), firsts)
                faults += [] if is_listed and is_counted else [f"{key} at {at}: {each.key}"]
                counted += bool(waiting)
    assert faults == [] and counted > 25


def test_the_reports_that_wait_for_a_decision_are_counted(world: World) -> None:
    """For each of the two decisions: what lies in the areas of the posts that decide, and no review of ones own no."""
    faults, counted = [], 0
    for key in ASKING:
        user = world.users[key]
        seen = Report.objects.visible_to(user, world.at)
        to_triage = [each for each in seen.filter(status=Status.RECEIVED) if _decides("triage", each, user, world.at)]
        declined = Decision.objects.filter(by=user, outcome=Outcome.DECLINED).values_list("report", flat=True)
        to_review = [
            each
            for each in seen.filter(status=Status.IN_REVIEW)
            if _decides("review", each, user, world.at) and each.pk not in set(declined)
        ]
        wanted = [(len(all_of), in_order(all_of, reports.BY_DUE)[: intake.FIRST]) for all_of in (to_triage, to_review)]
        found = intake.waiting(intake.to_triage(user, world.at), intake.to_review(user, world.at))
        faults += [] if [(each.count, list(each.rows)) for each in found] == wanted else [key]
        counted += bool(to_triage)
    assert faults == [] and counted > 5


def _decides(verb: str, report: Report, user: User, at: datetime) -> bool:
    areas = [post.region.path for post in held_posts(user, at) if post.role in TAKES[verb]]
    return any(f"{report.read_path}.".startswith(f"{area}.") for area in areas)


def _turn(case: Case, user: User) -> int:
    return 1 if case.assigned_to_id is None else 0 if case.assigned_to_id == user.pk else 2
