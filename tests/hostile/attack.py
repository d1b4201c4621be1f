"""Finds every form by reading pages, fills it in, sends it as its reader would, and takes every trace back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils.timezone import localdate

from tests.cast import PASSWORD
from tests.hostile.payloads import SENSIBLE
from tests.hostile.reading import Field, Form, read
from tests.hostile.world import World

TYPED = {"text", "textarea", "search", "tel", "url", "email"}
CARRIED = {"hidden", "submit", "button", "image", "file"}
TOKEN = "csrfmiddlewaretoken"
Sent = dict[str, list[str]]


@dataclass(frozen=True)
class Found:
    """A form: who is offered it, on which page, where it goes."""

    who: str
    page: str
    action: str
    form: Form

    @property
    def typed(self) -> list[str]:
        """Name the fields into which words are typed."""
        return [each.name for each in self.form.fields if each.kind in TYPED]

    @property
    def names(self) -> list[str]:
        """Name every field."""
        return sorted({each.name for each in self.form.fields} - {TOKEN})

    def __str__(self) -> str:
        where = resolve(self.action.split("?")[0])
        return f"{where.view_name} {where.kwargs.get('verb') or where.kwargs.get('act') or ''} {self.names}"


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is done inside."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def browser(world: World, who: str) -> Client:
    """Give a copy of somebody's browser that answers for a fault of ours instead of raising it."""
    copy = Client(raise_request_exception=False)
    copy.cookies.load({name: one.value for name, one in world.clients[who].cookies.items()})
    return copy


def forms(world: World, method: str = "post") -> list[Found]:
    """Read every page and collect each form once."""
    found: dict[tuple[object, ...], Found] = {}
    for who, address, page in shown(world):
        for form in read(page).forms:
            one = Found(who, address, form.action or address, form)
            if form.method == method:
                found.setdefault((str(one), form.shape), one)
    return list(found.values())


def shown(world: World) -> Iterator[tuple[str, str, str]]:
    """Open every page that somebody can open."""
    for who, address in world.pages:
        with undone():
            answer = browser(world, who).get(address)
        if is_page(answer):
            yield who, address, answer.content.decode()
    yield from world.shown


def is_page(answer: Any) -> bool:
    """Test if a browser would show an answer as a page."""
    return str(answer.headers.get("Content-Type", "")).startswith("text/html")


def filled(form: Form, hostile: dict[str, str]) -> Sent:
    """Fill a form in as somebody would who means it, but for what is hostile."""
    return {each.name: [hostile[each.name]] if each.name in hostile else sensible(each) for each in form.fields}


def sensible(one: Field) -> list[str]:
    """Give what somebody would answer who means it."""
    if one.kind in CARRIED:
        return [one.value]
    if one.kind in ("select", "radio"):
        return [one.value if one.kind == "select" and one.value else next((c for c in one.choices if c), "")]
    if one.kind == "checkbox":
        return one.choices[:1] if one.is_on or one.is_asked or len(one.choices) > 1 else []
    return [_typed(one)]


def _typed(one: Field) -> str:
    by_kind = {"date": (localdate() + timedelta(days=3)).isoformat(), "time": "09:00", "number": "3"}
    if one.kind == "password":
        return PASSWORD if one.name == "oldpassword" else "seven tall poplars"
    if one.kind in by_kind:
        return one.value or by_kind[one.kind]
    known = SENSIBLE.get(one.name)
    return one.value or (known if known is not None else "水管漏水已三天")


def press(client: Client, found: Found, sent: Sent) -> Any:
    """Send a form."""
    return client.post(found.action, {name: values for name, values in sent.items() if name != TOKEN})


def was_taken(answer: Any) -> bool:
    """Test if a form was accepted."""
    return answer.status_code in (204, 302, 303) or "HX-Redirect" in answer.headers


def wrong_with(answer: Any) -> list[str]:
    """Say what is wrong with an answer: a fault of ours, a page that would run, a policy that would let it, silence."""
    if answer.status_code >= 500:
        return [f"{answer.status_code}: {answer.exc_info[1]!r}" if getattr(answer, "exc_info", None) else "500"]
    if any("evil" in name.lower() for name in (*answer.headers, *answer.cookies)):
        return ["a header that we did not write"]
    if not is_page(answer):
        return []
    reader = read(answer.content.decode())
    is_asked_wrongly = answer.status_code == 405  # which no link and no form of ours does
    silent = answer.status_code >= 400 and not is_asked_wrongly and not "".join(reader.words).strip()
    policy = answer.headers.get("Content-Security-Policy", "")
    loose = [] if "default-src 'self'" in policy and "unsafe" not in policy else [f"policy {policy!r}"]
    return reader.faults + loose + (["refused without a word"] if silent else [])
