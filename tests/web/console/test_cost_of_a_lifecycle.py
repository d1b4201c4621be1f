"""What a matter asks of the database from the telephone to its end (docs/performance.md, "Lifecycles")."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fengqiao.cases.models import Case
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn
from tests.web.console.test_intake import typed
from tests.written_anew import written_anew

pytestmark = pytest.mark.django_db
ASKED = {"register": 8, "slip": 2, "dispatch": 13, "conclude": 12, "look up": 5}  # with what begins and ends a step
OPENED = {"open": "1", "case-title": "路灯不亮", "case-kind": "request", "case-urgency": "ordinary"}
HTMX = {"HX-Request": "true", "HX-Target": "case"}


def asked_by(send: Callable[[], Any]) -> tuple[Any, int]:
    with CaptureQueriesContext(connection) as said:
        answer = send()
    assert answer.status_code in (200, 302)
    return answer, len(said)


def lifecycle(qing: QingCounty, sign_in: SignIn) -> dict[str, int]:
    """Play one matter, and count what each of its requests asks."""
    clerk, dispatcher, handler = map(sign_in, (qing.ma_clerks, qing.chen_dispatches, qing.liu_handles_water))
    for desk in (clerk, dispatcher, handler):
        desk.get("/console/help/")  # the first page of a session notes in which browser it is
    asked = {}
    taken_in, asked["register"] = asked_by(lambda: clerk.post("/console/intake/", typed(qing) | OPENED))
    _slip, asked["slip"] = asked_by(lambda: clerk.get(taken_in.headers["Location"]))
    number = Case.objects.latest("opened_at").number
    dispatch, conclude = (reverse("console:step", args=[number, verb]) for verb in ("dispatch", "conclude"))
    given = {"seen": "1", "to": str(qing.water.pk)}
    _page, asked["dispatch"] = asked_by(lambda: dispatcher.post(dispatch, given, headers=HTMX))
    done = {"seen": "2", "outcome": "solved", "public_reply": "已经修好，灯都亮了。"}
    _page, asked["conclude"] = asked_by(lambda: handler.post(conclude, done, headers=HTMX))
    _page, asked["look up"] = asked_by(lambda: clerk.get(reverse("console:case", args=[number])))
    assert Case.objects.get(number=number).status == "concluded"
    return asked


def test_a_lifecycle_asks_this_much(qing: QingCounty, sign_in: SignIn) -> None:
    lifecycle(qing, sign_in)  # rules, counties and working days are in memory from here on

    assert lifecycle(qing, sign_in) == ASKED


def test_no_statement_is_written_anew(qing: QingCounty, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    lifecycle(qing, sign_in)
    written: list[str] = []

    def watched(send: Callable[[], Any]) -> tuple[Any, int]:
        with written_anew() as anew:
            answer = asked(send)
        written.extend(anew)
        return answer

    asked = asked_by
    monkeypatch.setitem(globals(), "asked_by", watched)
    lifecycle(qing, sign_in)

    assert written == []
