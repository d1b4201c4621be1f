"""Asking the pages as somebody, and judging every answer: nothing on it may be of a matter that is out of sight."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern
from django.utils.http import urlencode

from fengqiao.cases.workflow import STEPS
from tests.architecture.oracle import Person
from tests.architecture.world import Thing, World

DECISIONS = ("open", "join", "decline", "uphold", "overturn")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
HTMX = {"HX-Request": "true"}
TURNS = re.compile(r'csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|nonce="[^"]*"')


@dataclass
class Walk:
    """The world, a browser for each of its people, and a tally of what was asked."""

    world: World
    clients: dict[str, Client] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def sign_in(self) -> "Walk":
        """Sign everybody in, and let them open a first page: what it leaves in the session is not written again."""
        for person in self.world.people.values():
            self.clients[person.key] = client = Client()
            client.force_login(self.world.users[person.key], backend="fengqiao.web.shared.backends.Staff")
            client.get("/console/day/note/")
        return self

    def ask(self, person: Person, path: str, data: Any = None, *, method: str = "GET", htmx: bool = False) -> Any:
        """Ask for a page and take back whatever asking did; what it says is judged before it is given."""
        client = self.clients[person.key]
        self.asked[method + (" partial" if htmx else "")] += 1
        with transaction.atomic():
            answer = client.generic(method, path, **_body(method, data), headers=HTMX if htmx else None)
            transaction.set_rollback(True)
        self.judge(person, f"{method} {path} {data or ''}", answer)
        return answer

    def judge(self, person: Person, where: str, answer: Any) -> None:
        """Note every sign of a matter that this person may not see; what they typed themselves is no sign."""
        text = said(answer)
        for thing in self.world.things.values():
            for sign in hidden_signs(thing, person):
                if sign in text and sign not in where:
                    self.faults.append(f"{person.key} reads {sign} of {thing.key} at {where}")

    def settled(self) -> list[str]:
        """Give the faults found since the last time."""
        found, self.faults = self.faults, []
        return found


def _body(method: str, data: Any) -> dict[str, Any]:
    """Write what is asked into the address or the body."""
    if method in ("GET", "HEAD"):
        return {"QUERY_STRING": urlencode(data or {}, doseq=True)}
    return {"data": encode_multipart(BOUNDARY, data or {}), "content_type": MULTIPART_CONTENT}


def said(answer: Any) -> str:
    """Collect all that an answer says: the page, the file, where it leads."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(body).decode(errors="replace") + str(answer.headers.get("Location", ""))


def hidden_signs(thing: Thing, person: Person) -> Iterator[str]:
    """Give the signs by which a person would know of a thing that does not exist for them.

    The auditor reads numbers and codes, and nothing else (ADR 0024); each leg of a matter names the other (ADR 0036).
    """
    is_auditor = any(post.role == "audit_admin" for post in person.held)
    knows = thing.shows_report(person)  # one leg of a matter tells of the other
    if thing.case is not None and not (thing.shows_case(person) or (thing.also and knows)):
        yield thing.mark
        yield from () if is_auditor else (thing.case.number,)
    if not knows:
        yield thing.said
        yield from () if is_auditor else (thing.report.code, thing.report.spoken_code)


def shown_on(world: World, answer: Any) -> set[str]:
    """Read which things a page lists: cases by their number, reports by their code."""
    text = said(answer)
    return {
        key for key, thing in world.things.items() if (thing.case.number if thing.case else thing.report.code) in text
    }


def values_of(one: URLPattern, thing: Thing) -> Iterator[dict[str, Any]]:
    """Give every way in which an address can name a thing, with every word it may carry; none if it cannot."""
    wanted = sorted(one.pattern.converters)
    known: dict[str, Iterable[Any]] = {
        "number": [thing.case.number] if thing.case else [],
        "code": [thing.report.code],
        "file": [file.pk for file in thing.files],
        "verb": STEPS if "number" in wanted else DECISIONS,
    }
    for values in product(*(list(known[name]) for name in wanted)):
        yield dict(zip(wanted, values, strict=True))
