"""Every list, count, search, board, print, feed, panel and bulk page: exactly what the oracle says, for every role."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.cases.workflow import OPEN
from tests.architecture.oracle import BAI, EAST, PLACES, ROOT, Person, areas_of_board, lies_in, sees, sees_day
from tests.architecture.test_scope_matrix import NOBODYS, OF_MANY
from tests.architecture.walking import Walk, said, shown_on
from tests.architecture.world import ALIKE, COMMON, READERS, Thing

pytestmark = pytest.mark.django_db
# Whoever serves at a reception day calls people by their codes, and knows nothing else of them (ADR 0046).
CODE_ON_THE_LIST = re.compile(r" reads [A-Z]{2}(-[0-9A-Z]+)+ of .* at GET /console/reception/[0-9a-f-]{36}/ ?$")
FEW = ["supervisor@west", "handler of roads", "audit_admin@qing", "system_admin@qing", "astrologer@qing"]


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, walk: Walk) -> Person:
    return walk.world.people[request.param]


def cases(walk: Walk, person: Person, which: Callable[[Thing], bool] = lambda thing: True) -> set[str]:
    """Give the cases that somebody must see, by their names in the world."""
    return {key for key, thing in walk.world.things.items() if thing.shows_case(person) and which(thing)}


def reports(walk: Walk, person: Person, which: Callable[[Thing], bool] = lambda thing: True) -> set[str]:
    """Give the reports that somebody must see; two legs of a matter share one."""
    found = {key for key, thing in walk.world.things.items() if thing.shows_report(person) and which(thing)}
    return found - {"arrived"}


def is_open(thing: Thing) -> bool:
    return thing.case is not None and thing.case.status in OPEN


def test_lists_and_searches_show_exactly_what_one_may_see(walk: Walk, reader: Person) -> None:
    listed = [({"status": "all"}, cases(walk, reader)), ({"q": COMMON}, cases(walk, reader))]
    listed += [({}, cases(walk, reader, is_open)), ({"status": "all", "mine": "watched"}, cases(walk, reader))]
    for query, expected in listed:
        answer = walk.ask(reader, reverse("console:cases"), query, htmx="mine" in query)
        assert shown_on(walk.world, answer) == expected, query
        assert answer.context["page"].total == len(expected)
    told = {thing.report.code: key for key, thing in walk.world.things.items() if key != "arrived"}
    for query in ({"status": "all"}, {"q": COMMON}):
        answer = walk.ask(reader, reverse("console:reports"), query)
        text = said(answer)
        assert {key for code, key in told.items() if code in text} == reports(walk, reader), query
        assert answer.context["page"].total == len(reports(walk, reader))
    assert walk.settled() == []


def test_the_first_page_counts_what_its_lists_show(walk: Walk, reader: Person) -> None:
    answer = walk.ask(reader, reverse("console:home"))
    for group in [*answer.context["groups"], *answer.context["idle"]]:
        listed = walk.ask(reader, group.href).context["page"]
        assert group.count == listed.total and group.count <= len(cases(walk, reader) | reports(walk, reader)), (
            group.key
        )
    assert answer.context["watched_count"] == len(cases(walk, reader))
    assert walk.settled() == []


def test_the_board_counts_what_one_may_see_and_exists_for_ones_own_areas(walk: Walk, reader: Person) -> None:
    own = areas_of_board(reader)
    for key, place in PLACES.items():
        answer = walk.ask(reader, reverse("console:day"), {"region": walk.world.region(place).code})
        if not own:
            assert answer.status_code == 403
        elif not any(lies_in(place, area) for area in own):
            assert answer.status_code == 404, key
        else:
            _must_count(walk, reader, place, answer.context["board"])
    assert walk.settled() == []


def _must_count(walk: Walk, reader: Person, place: tuple[str, ...], board: object) -> None:
    """Compare the board of an area with the oracle, and what stands behind its first number with both."""
    there = cases(walk, reader, lambda thing: lies_in(thing.matter.place, place))
    assert board.moves["opened"] == len(there)  # type: ignore[attr-defined]
    told = reports(walk, reader, lambda thing: lies_in(_told_of(thing), place))
    assert sum(row.count for row in board.came_in) == len(told)  # type: ignore[attr-defined]
    waiting = {"waiting", "waiting_west", "waiting_bai", "told", "told_bai"}
    assert board.reports_waiting == len(told & waiting)  # type: ignore[attr-defined]
    query = {"counted": "opened", "region": walk.world.region(place).code}
    assert shown_on(walk.world, walk.ask(reader, reverse("console:cases"), query)) == there


def _told_of(thing: Thing) -> tuple[str, ...]:
    return thing.matter.place


def test_many_at_once_are_only_those_one_may_see(walk: Walk, reader: Person) -> None:
    of_cases = [thing for thing in walk.world.things.values() if thing.case]
    marks = {"case": [f"{thing.case.number}.1" for thing in of_cases if thing.case]}
    codes = {"report": [thing.report.code for thing in walk.world.things.values()]}
    seen = cases(walk, reader)
    answer = walk.ask(reader, reverse("console:bulk"), marks)
    assert {str(each.thing.number) for each in answer.context["chosen"]} == numbers(walk, seen)
    answer = walk.ask(reader, reverse("console:bulk"), codes)
    assert len(answer.context["chosen"]) == len(reports(walk, reader))
    for name in ("bulk_check", "bulk_confirm"):
        sent = {**marks, "left_case": marks["case"], "verb": "add_note", "note": "已联系"}
        answer = walk.ask(reader, reverse(f"console:{name}"), sent, method="POST")
        assert answer.status_code == 404 if not seen else answer.status_code in (200, 302, 422)
    shown = walk.ask(reader, reverse("console:bulk_run", args=[walk.world.runs[reader.key].pk]))
    assert {row.thing.number for row in shown.context["rows"] if row.thing} == numbers(walk, seen)
    assert walk.settled() == []


def numbers(walk: Walk, keys: set[str]) -> set[str]:
    """Give the numbers of cases."""
    found = (walk.world.things[key].case for key in keys)
    return {case.number for case in found if case is not None}


def test_what_sounds_alike_is_shown_to_whoever_may_open_it(walk: Walk, reader: Person) -> None:
    there = cases(walk, reader, lambda thing: is_open(thing) and lies_in(thing.matter.place, EAST))
    query = {"text": f"{ALIKE}。", "region": walk.world.region(EAST).pk}
    answer = walk.ask(reader, reverse("console:similar"), query, method="POST")
    shown = {one.case.number for one in answer.context["alike"]}
    own_county = reader.key not in ("clerk@bai", "handler of bai_works")
    assert shown <= numbers(walk, there) and len(shown) == (min(4, len(there)) if own_county else 0)
    assert walk.settled() == []


def test_a_calendar_tells_nothing_that_is_out_of_sight(walk: Walk, reader: Person) -> None:
    answer = walk.ask(reader, reverse("feed", args=[walk.world.feeds[reader.key]]))
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    shown = shown_on(walk.world, answer)
    assert shown <= cases(walk, reader, is_open) - {"accused", "sealed"}
    assert ("west" in shown) == (reader.key in ("dispatcher@west", "named dispatcher"))
    assert walk.settled() == []


def test_a_closed_account_has_no_calendar(walk: Walk) -> None:
    assert Client().get(reverse("feed", args=[walk.world.feeds["closed account"]])).status_code == 404


def test_reception_days_and_what_is_booked_exist_for_the_centre(walk: Walk, reader: Person) -> None:
    for key, at in (("qing", ROOT), ("bai", BAI)):
        day = walk.world.days[key]
        for path, method in _of_a_day(walk, key):
            status = walk.ask(reader, path, method=method).status_code
            assert (status == 404) != sees_day(reader, at), (path, status)
        listed = str(day.pk) in said(walk.ask(reader, reverse("console:receptions")))
        assert listed == sees_day(reader, at)
    assert [fault for fault in walk.settled() if not CODE_ON_THE_LIST.search(fault)] == []


def _of_a_day(walk: Walk, key: str) -> Iterator[tuple[str, str]]:
    """Give the addresses of a day, and of what is booked on it."""
    day = walk.world.days[key]
    yield reverse("console:reception", args=[day.pk]), "GET"
    for act in ("call-off", "close", "book"):
        yield reverse("console:change_reception", args=[day.pk, act]), "POST"
    for booking in walk.world.bookings.values() if key == "qing" else ():
        yield reverse("console:talk", args=[day.pk, booking.pk]), "GET"
        yield reverse("console:talk", args=[day.pk, booking.pk]), "POST"


def test_what_one_keeps_for_oneself_exists_for_nobody_else(walk: Walk, reader: Person) -> None:
    other = "dispatcher@east"
    for name, theirs, ours in (
        ("bulk_run", walk.world.runs[other].pk, walk.world.runs[reader.key].pk),
        ("change_filter", walk.world.kept[other].pk, walk.world.kept[reader.key].pk),
    ):
        found = [
            walk.ask(reader, reverse(f"console:{name}", args=[pk]), {"do": "drop"}, method="POST")
            for pk in (theirs, ours)
        ]
        assert [answer.status_code == 404 for answer in found] == [True, False], name
    for name in ("waiting_file", "arriving_file"):
        assert walk.ask(reader, reverse(f"console:{name}", args=[NOBODYS])).status_code == 404
    assert walk.settled() == []


@pytest.mark.parametrize("one", OF_MANY, ids=lambda one: one.name)
def test_no_page_of_the_desk_speaks_of_what_is_out_of_sight(walk: Walk, one: object) -> None:
    """Whatever a page is about: every sign of every matter that its reader may not see is looked for."""
    for key in FEW:
        for query in ({}, {"q": COMMON, "text": ALIKE, "log": "looks"}):
            walk.ask(walk.world.people[key], reverse(f"console:{one.name}"), query)  # type: ignore[attr-defined]
    assert walk.settled() == []


def test_the_readers_see_everything_between_them(walk: Walk) -> None:
    people = [walk.world.people[key] for key in READERS]
    for thing in walk.world.things.values():
        seen = [sees(person, thing.matter) for person in people]
        assert any(seen) and not all(seen), thing.key
