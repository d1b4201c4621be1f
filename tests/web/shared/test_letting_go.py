"""What the web server leaves of an answer, and what of one that is still being sent."""

import gc
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.web.shared.letting_go import Handler, Request
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn, sign_in  # noqa: F401  a fixture
from tests.web.console.test_intake import typed

TOKEN = "t" * 32
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "case"}


class Door:
    """The web server, as somebody signed in comes to it."""

    def __init__(self, session: str) -> None:
        self.cookies = f"sessionid={session}; csrftoken={TOKEN}"
        self.handler: Any = Handler()

    def ask(self, path: str, said: dict[str, Any] | None = None, **more: str) -> Iterable[bytes]:
        """Send a request, and take the answer as a web server does."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **said}).encode() if said else b""
        kind = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))} if said else {}
        asked = {"REQUEST_METHOD": "POST" if said else "GET", "HTTP_COOKIE": self.cookies, **kind, **more}
        environ = RequestFactory().get(path).environ | asked | {"wsgi.input": BytesIO(body)}
        answer: Iterable[bytes] = self.handler(environ, self._begin)
        return answer

    def sent(self, path: str, said: dict[str, Any] | None = None, **more: str) -> bytes:
        """Send a request and take all that comes, to its end."""
        answer: Any = self.ask(path, said, **more)
        whole = b"".join(answer)
        answer.close()
        assert self.status in ("200 OK", "302 Found")
        return whole

    def _begin(self, status: str, headers: object, fault: object = None) -> None:
        self.status = status


def left_by(door: Door, path: str, said: dict[str, Any] | None = None, **more: str) -> list[type]:
    """Tell what only a look for garbage finds once an answer is sent."""
    door.sent(reverse("console:help"))  # the first page of a session notes in which browser it is
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        door.sent(path, said, **more)
        gc.collect()
        return [type(each) for each in gc.garbage]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


@pytest.fixture
def at_the_desk(qing: QingCounty, sign_in: SignIn) -> Iterator[Any]:  # noqa: F811
    """Let the connection with the test's county live on from request to request."""

    def come(who: str) -> Door:
        return Door(sign_in(getattr(qing, who)).cookies["sessionid"].value)

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield come
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_a_report_that_opens_its_case_leaves_nothing(qing: QingCounty, at_the_desk: Any) -> None:
    opened = {"open": "1", "case-title": "路灯不亮", "case-kind": "request", "case-urgency": "ordinary"}
    clerk = at_the_desk("ma_clerks")
    clerk.sent(reverse("console:receive"), typed(qing) | opened)  # what is read once for all is read

    assert left_by(clerk, reverse("console:receive"), typed(qing) | opened) == []


def test_a_step_leaves_nothing(qing: QingCounty, leak: Case, at_the_desk: Any) -> None:
    first, second = (reverse("console:step", args=[case.number, "dispatch"]) for case in (leak, acts.open_leak(qing)))
    said = {"to": str(qing.water.pk), "note": "", "seen": str(leak.line_count)}
    dispatcher = at_the_desk("chen_dispatches")
    dispatcher.sent(first, said, **HTMX)

    assert left_by(dispatcher, second, said, **HTMX) == []


@pytest.mark.parametrize("who", ["ma_clerks", "chen_dispatches"])
def test_a_page_with_a_form_leaves_nothing(leak: Case, at_the_desk: Any, who: str) -> None:
    page = reverse("console:case", args=[leak.number])
    at_the_desk(who).sent(page)

    assert left_by(at_the_desk(who), page) == []


def test_what_is_still_being_sent_has_its_request(
    qing: QingCounty, monkeypatch: pytest.MonkeyPatch, at_the_desk: Any
) -> None:
    made: list[Any] = []

    def make(environ: dict[str, Any]) -> Request:
        made.append(Request(environ))
        return made[0]  # type: ignore[no-any-return]

    door = at_the_desk("bai_audits")
    monkeypatch.setattr(door.handler, "request_class", make)

    answer = door.ask(reverse("console:take_log"), {"log": "staff"})
    next(iter(answer))
    assert made[0].user == qing.bai_audits

    answer.close()
    assert vars(made[0]) == {}
