"""Every door × every role × where a matter lies × restricted or not × named or not: out of sight is 404.

Who must see what is told by `oracle.py`, the doors are read from the URL table: a new address is walked through from
its first day, and one that names its thing in a way this page does not know fails until it is taught.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from fengqiao.cases.models import Case
from fengqiao.desk.watched import news, watched
from fengqiao.files.models import CoveredCopy
from fengqiao.intake.models import Report
from fengqiao.intake.scope import files_visible_to
from fengqiao.oversight import queries
from fengqiao.oversight.models import Notice
from fengqiao.reception.models import ReceptionDay
from fengqiao.web.console import setup_urls, urls
from fengqiao.web.console.steps import ACTS
from fengqiao.web.console.views.home import _watched
from tests.acts import HOUR
from tests.architecture.crowd import ROLES
from tests.architecture.oracle import BAI, ROOT, Person, sees, sees_day
from tests.architecture.walking import HTMX, METHODS, TURNS, Walk, said, values_of
from tests.architecture.world import Thing

pytestmark = pytest.mark.django_db
NAMED_BY = {"number", "code", "file"}
WAYS = (NAMED_BY | {"verb"}, {"run", "saved", "waiting", "record"}, {"day", "booking", "act"})
OF_STAFF = {
    "username", "post", "act", "unit", "centre", "channel", "region", "sheet", "rule", "subject", "template",
    "committee", "mediator", "seat", "register", "studio", "expert",
}  # fmt: skip  # name no matter: test_administrators.py
OWN_OR_DAY = {"run", "saved", "waiting", "record", "day"}  # a record on the spot: tests/mediation/test_spot.py
OF_REGISTERS = {"committee", "mediator", "complaint"}  # which name no matter: tests/web/console/test_registers.py
NOBODYS = "01970000-0000-7000-8000-000000000000"
KINDS = [*ROLES, "", ""]  # of readers; the empty ones: whoever is barred otherwise than by role and area
FOR_EACH = 3  # readers who may not see it, for each thing at each door
SEEN_EACH = 9  # at every ninth cell one who may see it asks, too


def arguments(one: URLPattern) -> set[str]:
    """Read by what an address names its thing."""
    return set(one.pattern.converters)


OF_ONE_THING = [one for one in urls.urlpatterns if arguments(one) & NAMED_BY]
OF_MANY = [one for one in urls.urlpatterns if not arguments(one)]


def test_every_address_names_its_thing_in_a_known_way() -> None:
    assert all(any(arguments(one) <= names for names in (*WAYS, OF_STAFF, OF_REGISTERS)) for one in urls.urlpatterns)
    of_own = [one for one in urls.urlpatterns if arguments(one) & OWN_OR_DAY]
    of_registers = [one for one in urls.urlpatterns if arguments(one) & OF_REGISTERS]
    covered = {one.name for one in [*OF_ONE_THING, *OF_MANY, *of_own, *of_registers, *setup_urls.patterns]}
    assert covered == {one.name for one in urls.urlpatterns}


def test_the_predicate_says_what_the_rules_say(walk: Walk) -> None:
    """Everybody × every case, report, file and reception day."""
    things, wrong = walk.world.things.values(), []
    for person in walk.world.people.values():
        expected = {(thing.key, "case") for thing in things if thing.shows_case(person)}
        expected |= {(thing.key, "report") for thing in things if thing.shows_report(person)}
        expected |= {(thing.key, "file") for thing in things if thing.files and thing.shows_report(person)}
        expected |= {(key, "day") for key, at in (("qing", ROOT), ("bai", BAI)) if sees_day(person, at)}
        found = told(walk, person)
        wrong += [f"{person.key}: {each}" for each in expected ^ found]
    cells = len(walk.world.people) * (3 * len(things) + 2)
    print(f"\nscope matrix: {len(walk.world.people)} people, {len(things)} matters, {cells} cells of the predicate")
    assert wrong == []


def told(walk: Walk, person: Person) -> set[tuple[str, str]]:
    """Collect what the program shows to somebody."""
    user, at, things = walk.world.users[person.key], walk.world.at, walk.world.things.values()
    cases = set(Case.objects.visible_to(user, at).values_list("pk", flat=True))
    reports = set(Report.objects.visible_to(user, at).values_list("pk", flat=True))
    files = set(files_visible_to(user, at).values_list("pk", flat=True))
    days = set(ReceptionDay.objects.visible_to(user, at).values_list("pk", flat=True))
    found = {(thing.key, "case") for thing in things if thing.case and thing.case.pk in cases}
    found |= {(thing.key, "report") for thing in things if thing.report.pk in reports}
    found |= {(thing.key, "file") for thing in things if {file.pk for file in thing.files} & files}
    return found | {(key, "day") for key, day in walk.world.days.items() if day.pk in days}


def test_a_notice_is_about_what_its_reader_may_see(walk: Walk) -> None:
    assert Notice.objects.count() > 5
    for person in walk.world.people.values():
        cases = {thing.case.pk for thing in walk.world.things.values() if thing.case and thing.shows_case(person)}
        reports = {thing.report.pk for thing in walk.world.things.values() if thing.shows_report(person)}
        seen = Notice.objects.visible_to(walk.world.users[person.key], walk.world.at)
        assert not seen.exclude(case__in=cases).exclude(report__in=reports).exists(), person.key


def test_the_first_notices_are_asked_by_a_query_kept_for_everybody(walk: Walk) -> None:
    told = 0
    for user in [*walk.world.users.values(), walk.world.qing.chen_dispatches, walk.world.qing.zhao_handles_roads]:
        waiting = set(Notice.objects.visible_to(user, walk.world.at + HOUR).unseen().standing())
        first = queries.first_waiting_for(user, walk.world.at + HOUR)
        assert set(first) <= waiting and len(first) == min(len(waiting), queries.SHOWN), user
        told += len(first)
    assert told > 10


def test_what_is_new_where_one_watches_is_asked_by_a_query_kept_for_everybody(walk: Walk) -> None:
    new = 0
    for user in walk.world.users.values():
        seen = set(watched(user, walk.world.at))
        assert {each.case for each in news(user, walk.world.at + HOUR)} <= seen, user
        shown = _watched(user, walk.world.at)
        assert shown["watched_count"] == len(seen) and set(shown["watched"]) <= seen, user  # type: ignore[call-overload]
        new += len(news(user, walk.world.at + HOUR))
    assert new > 10


def knows_of(one: URLPattern, thing: Thing) -> Callable[[Person], bool]:
    """Say what decides at this door: the case, or the report that may have gone on to another one."""
    return thing.shows_case if "number" in arguments(one) else thing.shows_report


def barred(walk: Walk, exists: Callable[[Person], bool], turn: int) -> Person:
    """Pick somebody for whom the thing does not exist: a role in turn, and for each role an area in turn."""
    people = [person for person in walk.world.people.values() if person.is_active and not exists(person)]
    kind, turn = KINDS[turn % len(KINDS)], turn // len(KINDS)
    of_kind = [person for person in people if person.key.startswith(f"{kind}@") or not kind and "@" not in person.key]
    return (of_kind or people)[turn % len(of_kind or people)]


def seeing(walk: Walk, exists: Callable[[Person], bool], turn: int) -> Person:
    """Pick for one door somebody for whom the thing exists, in turn."""
    people = [person for person in walk.world.people.values() if person.is_active and exists(person)]
    return people[turn % len(people)]


def cells(walk: Walk, one: URLPattern) -> Iterator[tuple[str, dict[str, Any], Thing]]:
    """Give the cells of one address: every thing several times, or every word it may carry for every kind of reader."""
    things = [thing for thing in walk.world.things.values() if any(values_of(one, thing))]
    words = [values.get("verb") for values in values_of(one, things[0])] if "verb" in arguments(one) else [None]
    for place, (word, turn) in enumerate(product(words, range(len(KINDS) if words[0] else FOR_EACH * len(things)))):
        thing = things[(place + turn) % len(things)]
        named = [values for values in values_of(one, thing) if values.get("verb") == word]
        values = named[turn % len(named)]
        yield reverse(f"console:{one.name}", kwargs=values), values, thing


def accepted(walk: Walk, one: URLPattern) -> list[str]:
    """Find the methods that an address takes."""
    path, _values, thing = next(cells(walk, one))
    person = seeing(walk, knows_of(one, thing), 0)
    return [method for method in METHODS if walk.ask(person, path, method=method).status_code != 405]


def is_there(one: URLPattern, values: dict[str, Any], thing: Thing) -> bool:
    """Tell the doors at which even those who see it find nothing: steps not taken on a page, photos not covered."""
    if one.name == "covered_file":
        return CoveredCopy.objects.filter(of=values["file"]).exists()
    return "number" not in values or "verb" not in values or values["verb"] in ACTS


@pytest.mark.parametrize("one", OF_ONE_THING, ids=lambda one: one.name)
def test_one_thing_exists_exactly_for_those_who_may_see_it(walk: Walk, one: URLPattern) -> None:
    wrong, methods = [], accepted(walk, one)
    assert methods
    for turn, (path, values, thing) in enumerate(cells(walk, one)):
        ways: dict[str, Any] = {"method": methods[turn % len(methods)], "htmx": turn // len(methods) % 2 == 1}
        person = barred(walk, knows_of(one, thing), turn)
        status = walk.ask(person, path, **ways).status_code
        wrong += [] if status == 404 else [f"{person.key} is told {status} at {ways} {path} of {thing.key}"]
        if turn % SEEN_EACH == 0 and is_there(one, values, thing):
            person = seeing(walk, knows_of(one, thing), turn)
            status = walk.ask(person, path, **ways).status_code
            wrong += [] if status != 404 else [f"{person.key} is told {status} at {ways} {path} of {thing.key}"]
    assert [*wrong, *walk.settled()] == []


@pytest.mark.parametrize("one", OF_ONE_THING, ids=lambda one: one.name)
def test_what_is_out_of_sight_and_what_never_was_answer_alike(walk: Walk, one: URLPattern) -> None:
    """Not a word, not a header, not a sign more: nothing hints that there is something."""
    thing = walk.world.things["accused"]
    values = next(values_of(one, thing))
    path = reverse(f"console:{one.name}", kwargs=values)
    person, method = barred(walk, knows_of(one, thing), len(str(one.name))), accepted(walk, one)[-1]
    never = path
    for name in ("number", "code", "file"):
        never = never.replace(
            str(values.get(name, "-")), {"number": "20260101-ZZZZZ", "code": "QX22222222A"}.get(name, NOBODYS)
        )
    answers = [walk.ask(person, each, method=method) for each in (path, never)]
    texts = [TURNS.sub("", said(answer)).replace(each, "") for answer, each in zip(answers, (path, never), strict=True)]
    assert [answer.status_code for answer in answers] == [404, 404] and texts[0] == texts[1]
    assert answers[0].headers.keys() == answers[1].headers.keys()


def test_the_walk_meets_everything(walk: Walk) -> None:
    """The oracle itself is no constant: everything is seen by some and not by others."""
    for thing in walk.world.things.values():
        seen = {person.key for person in walk.world.people.values() if sees(person, thing.matter)}
        assert seen and len(seen) < len(walk.world.people) / 2, thing.key


@pytest.mark.parametrize("one", urls.urlpatterns, ids=lambda one: one.name)
def test_nothing_of_the_desk_answers_without_a_sign_in(walk: Walk, client: Client, one: URLPattern) -> None:
    thing = walk.world.things["led"]
    assert thing.case is not None
    known = {"number": thing.case.number, "code": thing.report.code, "verb": "open", "file": thing.files[0].pk}
    named = {name: known.get(name, NOBODYS) for name in arguments(one)}
    address = reverse(f"console:{one.name}", kwargs=named)

    for response in (client.get(address), client.post(address), client.get(address, headers=HTMX)):
        assert response.status_code in (200, 302, 403, 405)
        assert thing.mark not in said(response) and thing.case.number not in response.content.decode()
        if response.status_code == 200:
            assert response.headers["HX-Redirect"].startswith(reverse("account_login")) and not response.content
        if response.status_code == 302:
            assert response.headers["Location"].startswith(reverse("account_login"))
