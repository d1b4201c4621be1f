"""A restricted matter: none of its words, its number or its weight shows to whoever has no secret or is not named.

The public addresses are read from the URL table; one that names something in a way this page does not know fails until
it is taught. What a page counts is tried by comparing every page before and after the matter came about; who may open
which page of the desk is tried by `test_scope_matrix.py` and `test_scope_lists.py`.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern
from django.urls.converters import IntConverter, UUIDConverter
from django.utils.timezone import now
from time_machine import TimeMachineFixture

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import dispatching, handling, opening
from fengqiao.cases.vocabulary import Kind, Nature, Outcome
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.people.models import User
from tests import acts
from tests.architecture.test_access import ours_and_theirs
from tests.cast import QingCounty

ASKED = "乌鞘岭"  # what is searched for; pages may say it back
MARK = "银鹭桥"  # stands beside it in every text of the matter, and nowhere else
WORDS = f"{ASKED}{MARK}"
NAMES = {
    "verb": ["dispatch", "open", "join", "name_viewer"], "act": ["close", "agree"],
    "username": ["ma_clerks"], "unit": ["water"],
    "centre": ["centre"], "subject": ["01"], "committee": ["mc"], "register": ["mediators"],
    "region": ["629901101000"], "token": ["none"],
}  # fmt: skip
OF_THE_MATTER = ("case", "report", "thing", "line")
PARTS = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|<time [^>]*>[^<]*</time>|[\w.-]+="[^"]*"'
)
LINK = re.compile(r'href="(/console/[^"#]*)"')


def table() -> list[tuple[str, URLPattern]]:
    """List every address there is."""
    return ours_and_theirs()


def loose(qing: QingCounty, at: datetime) -> Report:
    """An accusation that nobody has opened yet."""
    return acts.receive(qing, text=f"水务局在{WORDS}收费不开票。", nature=Nature.ACCUSATION, at=at).report


def opened(qing: QingCounty, at: datetime) -> Report:
    """The same, opened by a clerk who is named on it."""
    report = loose(qing, at)
    facts = {"title": f"{WORDS}收费", "kind": Kind.LEAD, "nature": Nature.ACCUSATION, "is_restricted": True}
    what = acts.opening(qing, **facts, complained_unit=qing.water)
    triaging.open_case(report, what, by=qing.ma_clerks, at=at)
    report.refresh_from_db()
    return report


def handled(qing: QingCounty, at: datetime) -> Report:
    """The same, carried to its end by those who were named, with words left at every step."""
    report = opened(qing, at)
    case, why = Case.objects.get(reports=report), f"{WORDS}的事"
    for person in (qing.chen_dispatches, qing.zhao_handles_roads):
        opening.name_viewer(case, person, reason=why, by=qing.ma_clerks, at=at)
    dispatching.dispatch(case, to=qing.roads, by=qing.chen_dispatches, at=at)
    handling.accept(case, by=qing.zhao_handles_roads, at=at)
    handling.add_progress(case, note=why, public=why, by=qing.zhao_handles_roads, at=at)
    handling.add_note(case, note=why, by=qing.ma_clerks, at=at)
    handling.conclude(case, outcome=Outcome.ANSWERED, public_reply=why, by=qing.zhao_handles_roads, at=at)
    return report


MATTERS = {"untriaged": loose, "handled": handled}


def come_in(user: User) -> Client:
    user.password = "x"  # none that fits, but one that can be changed: its page opens
    user.save(update_fields=["password"])
    client = Client()
    client.force_login(user, backend="fengqiao.web.shared.backends.Staff")
    return client


def rows_of(report: Report) -> list[Any]:
    """Collect an id of each kind of thing that hangs on the matter: what an address names is tried with these."""
    ids: set[Any] = {report.pk, report.case_id} - {None}
    first = set(ids)
    for _round in range(2):  # the second one finds what hangs on the lines of the log
        for model in apps.get_models():
            found = list(_rows(model, ids))
            ids |= set(found)
            first |= set(found[:1])
    return sorted(first, key=str)


def _rows(model: type[Model], ids: set[Any]) -> Iterator[Any]:
    """Find a model's rows that point at one of these ids."""
    if not model.__module__.startswith("fengqiao."):
        return
    for field in model._meta.fields:
        if field.name in OF_THE_MATTER and field.get_internal_type() in ("ForeignKey", "UUIDField"):
            yield from model._default_manager.filter(**{f"{field.attname}__in": ids}).values_list("pk", flat=True)


def tried(one: URLPattern, report: Report, ids: list[Any]) -> Iterator[dict[str, Any]]:
    """Give the ways in which an address could name the matter; one that is not known is a fault of this page."""
    number = report.case.number if report.case else "20260302-AAAAA"
    known: dict[str, list[Any]] = {"number": [number], "code": [report.code], **NAMES}
    converters = one.pattern.converters
    named = {name for name, converter in converters.items() if isinstance(converter, UUIDConverter)}
    for name in converters.keys() - named:
        assert name in known or isinstance(converters[name], IntConverter), f"teach this page what {name!r} names"
    plain = [(name, known.get(name, [1])) for name in converters.keys() - named]
    for choice in product(*(values for _name, values in plain)):
        values = dict(zip((name for name, _values in plain), choice, strict=True))
        yield from ([values | dict.fromkeys(named, each) for each in ids] if named else [values])


def path_of(address: str, values: dict[str, Any]) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found.group(1)]), address)


def said(answer: Any) -> str:
    """Collect all that an answer says: the page, the file, where it leads."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(body).decode(errors="replace") + str(answer.headers.get("Location", ""))


def queries(one: URLPattern, number: str) -> list[dict[str, str]]:
    """Ask plainly, and for all that a search could be for."""
    if one.pattern.converters:
        return [{}]
    return [{}, {"q": ASKED, "text": f"在{ASKED}"}, {"q": number, "number": number, "log": "looks"}]


@pytest.mark.parametrize("kind", MATTERS)
def test_no_public_page_speaks_of_it_to_whoever_has_no_secret(qing: QingCounty, kind: str) -> None:
    report = MATTERS[kind](qing, now())
    number, ids = report.case.number if report.case else "", rows_of(report)
    cache.clear()
    client = Client()
    for address, one in table():
        for values, query in product(tried(one, report, ids), queries(one, number)):
            text = said(client.get(path_of(address, values), query))
            assert MARK not in text, address
            assert not number or number in query.values() or number in values.values() or number not in text, address


def pages_of(client: Client, *, most: int) -> dict[str, str]:
    """Read every page that can be reached by links, what differs from one reading to the next taken out."""
    found: dict[str, str] = {}
    waiting = ["/console/"]
    while waiting and len(found) < most:
        path = waiting.pop(0)
        if path in found or "logout" in path:
            continue
        answer = client.get(path)
        text = said(answer) if answer.headers.get("Content-Type", "").startswith("text/html") else ""
        found[path] = re.sub(r"\s+", " ", PARTS.sub("", text))
        waiting += [link.replace("&amp;", "&") for link in LINK.findall(text)]
    return found


@pytest.mark.parametrize(
    "who", ["gao_leads", "wu_supervises", "sun_dispatches_west", "liu_handles_water", "zhou_clerks"]
)
def test_no_number_and_no_list_changes_when_it_comes_about(
    qing: QingCounty, who: str, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(now(), tick=False)  # a sheet says at which minute it is printed
    acts.dispatch(qing, acts.open_leak(qing, at=now()), at=now())
    client = come_in(getattr(qing, who))
    pages_of(client, most=40)  # what is new at the first look is not at the second
    before = pages_of(client, most=40)

    handled(qing, now())

    after = pages_of(client, most=40)
    assert len(before) > 5 and before.keys() == after.keys()
    assert [path for path in before if before[path] != after[path]] == []


def test_the_pages_compared_would_tell_if_a_case_were_counted(qing: QingCounty) -> None:
    client = come_in(qing.gao_leads)
    before = pages_of(client, most=40)

    acts.open_leak(qing, at=now())

    after = pages_of(client, most=40)
    assert before["/console/"] != after["/console/"] or before["/console/day/"] != after["/console/day/"]


@pytest.mark.parametrize("who", ["gao_leads", "zhou_clerks", "liu_handles_water", "bai_audits"])
def test_what_is_restricted_and_what_never_was_answer_alike(qing: QingCounty, who: str) -> None:
    report = handled(qing, now())
    assert report.case is not None
    client = come_in(getattr(qing, who))
    ways = ["/console/cases/{}/", "/console/cases/{}/print/", "/console/cases/{}/dispatch/", "/console/cases/?q={}"]
    for way, made in [(way, made) for way in ways for made in (client.get, client.post)]:
        one, other = (made(way.format(number)) for number in (report.case.number, "20260101-ZZZZZ"))
        plain = [PARTS.sub("", said(answer)).replace(report.case.number, "20260101-ZZZZZ") for answer in (one, other)]
        assert one.status_code == other.status_code and plain[0] == plain[1], way


def test_joining_says_the_same_of_both(qing: QingCounty) -> None:
    report, other = handled(qing, now()), acts.receive(qing, at=now()).report
    assert report.case is not None
    client = come_in(qing.zhou_clerks)
    told = []
    for number in (report.case.number, "20260101-ZZZZZ"):
        answer = client.post(f"/console/reports/{other.code}/join/", {"number": number})
        told.append(answer.context["form"].errors.as_text().replace(number, ""))

    assert told[0] == told[1] and "编号" in told[0]
