"""What anybody types is shown as they typed it, and never runs: hostile words in every field, every page read back."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.people.models import User
from tests.cast import QingCounty
from tests.hostile.reading import read, runs
from tests.web.console.test_intake import typed
from tests.web.resident import pages

HOSTILE = {
    "out of an attribute": '"><x-evil onload=e()><script>e()',
    "out of a text area": "'><svg/onload=e()></textarea><x-evil>",
    "an address that runs": "javascript:e()//<x-evil>",
    "in wide signs": "＜script＞e()＜/script＞＜x-evil＞",
    "a template": "{{request}}{% now 'Y' %}&lt;x-evil&gt;",
    "out of a script": "</script><x-evil><!--",
    "out of a style": "</style></title><x-evil onclick=e()>",
}  # fmt: skip
LINK = re.compile(r'href="(/[^"#]*)"')
NEVER = ("/accounts/", "/static/", "/large-type/", "/language/", "/leave/")


def look(client: Client, address: str) -> tuple[str, list[str]]:
    """Open a page; give its text and what is wrong with it."""
    answer = client.get(address)
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return "", []
    policy = answer.headers.get("Content-Security-Policy", "")
    is_strict = "default-src 'self'" in policy and "unsafe" not in policy and "object-src 'none'" in policy
    faults = read(answer.content.decode()).faults + ([] if is_strict else [f"policy {policy!r}"])
    return answer.content.decode(), [f"{address}: {fault}" for fault in faults]


def walk(client: Client, *starts: str, most: int) -> Iterator[str]:
    """Follow links from page to page; give every fault."""
    waiting, seen = list(starts), set[str]()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen or any(part in address for part in NEVER):
            continue
        seen.add(address)
        text, faults = look(client, address)
        yield from faults
        waiting += [link.replace("&amp;", "&") for link in LINK.findall(text)]


def come_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="fengqiao.web.shared.backends.Staff")
    return client


def press(client: Client, address: str, **typed: Any) -> None:
    """Send a form that must be taken."""
    answer = client.post(address, typed)
    assert answer.status_code in (200, 302), (address, answer.context["form"].errors)


def step(client: Client, case: Case, verb: str, **typed: Any) -> None:
    case.refresh_from_db()
    press(client, reverse("console:step", args=[case.number, verb]), seen=case.line_count, **typed)


def tell(qing: QingCounty, evil: str) -> Client:
    """A resident reports by the public pages; give their browser."""
    resident = Client()
    said = pages.answers(qing) | {"text": f"{evil} 水管爆了 {evil}", "place": evil, "reporter": evil}
    answer = pages.press(resident, pages.walk_to_check(resident, said), to="send")
    assert answer.status_code == 302
    return resident


def carry(qing: QingCounty, evil: str) -> None:
    """Take the report through the desk, hostile words in every field of every step."""
    clerk, dispatcher, handler = (
        come_in(who) for who in (qing.ma_clerks, qing.chen_dispatches, qing.liu_handles_water)
    )
    press(clerk, reverse("console:receive"), **typed(qing, text=f"{evil} 停水", place=evil, reporter=evil, proxy=evil))
    report = Report.objects.earliest("received_at")
    opened = {"title": evil, "nature": "help", "kind": "request", "urgency": "ordinary", "region": qing.willow.pk}
    press(clerk, reverse("console:decide", args=[report.code, "open"]), **opened)
    case = Case.objects.get()
    step(dispatcher, case, "dispatch", to=qing.water.pk, note=evil)
    step(handler, case, "accept")
    step(handler, case, "add_progress", note=evil, public=evil)
    step(clerk, case, "add_note", note=evil)
    step(come_in(qing.wu_supervises), case, "supervise", note=evil, text=evil, words=evil)
    press(clerk, reverse("console:add_note"), words=evil)
    step(handler, case, "conclude", outcome="solved", public_reply=evil, note=evil)


def staff(qing: QingCounty, evil: str) -> None:
    """An account with such a name, and somebody who knocks under it."""
    press(come_in(qing.feng_secures), reverse("console:new_person"), name=evil[:40], username="evil")
    Client().post(reverse("account_login"), {"login": evil, "password": "wrong"})


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_said_back_and_never_run(qing: QingCounty, evil: str) -> None:
    cache.clear()
    resident = tell(qing, evil)
    carry(qing, evil)
    staff(qing, evil)
    case, report = Case.objects.get(), Report.objects.earliest("received_at")
    resident.post(f"/track/{report.code}/evaluate/", {"solved": "no", "words": evil, "contacted": "yes"})

    desk = f"/console/cases/{case.number}/"
    faults = [*walk(resident, f"/track/{report.code}/", f"/track/{report.code}/data/", "/", most=15)]
    for who in (qing.ma_clerks, qing.chen_dispatches, qing.liu_handles_water, qing.gao_leads):
        asked = f"/console/cases/?q={evil}"
        faults += walk(come_in(who), desk, f"{desk}print/", "/console/", "/console/day/", asked, most=20)
    for who in (qing.bai_audits, qing.feng_secures):
        audit = "/console/audit/?log=failed"
        faults += walk(
            come_in(who), audit, "/console/setup/people/evil/", "/console/setup/people/", "/console/", most=15
        )
    assert faults == []

    said = read(come_in(qing.ma_clerks).get(desk).content.decode()).words
    assert sum(evil in words for words in said) >= 5


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE)
def test_what_is_refused_is_said_back_just_as_harmlessly(qing: QingCounty, evil: str) -> None:
    cache.clear()
    clerk, anybody = come_in(qing.ma_clerks), Client()
    answers = [
        anybody.get("/track/", {"code": evil}),
        anybody.post("/track/", {"code": evil}),
        anybody.post("/report/", {"text": evil, "nature": evil}),
        anybody.get("/report/", {"place": evil}),
        anybody.post(reverse("account_login"), {"login": evil, "password": "x", "next": evil}),
        anybody.get(reverse("account_login"), {"next": evil}),
        anybody.get(f"/{evil}/".replace("?", "")),
        clerk.get("/console/cases/", {"q": evil, "township": evil, "status": evil, "unit": evil, "after": evil}),
        clerk.get("/console/reports/", {"q": evil, "status": evil}),
        clerk.post("/console/intake/similar/", {"text": evil, "region": evil}),
        clerk.post("/console/intake/", {"text": "", "place": evil, "reporter": evil * 9, "phone": evil}),
        clerk.get("/console/day/", {"day": evil, "region": evil}),
    ]
    for answer in answers:
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert read(answer.content.decode()).faults == [], answer.request["PATH_INFO"]
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert not runs(answer.headers.get("Location", ""))


def test_the_reader_finds_what_runs() -> None:
    """A test that cannot fail is none."""
    for page in (
        "<script>e()</script>", "<img src=x onerror=e()>", "<a href=' java\tscript:e()'>x</a>", "<x-evil>", "<iframe>",
        "<a href='data:text/html,x'>x</a>", "<p style='x'>", "<meta http-equiv=refresh content='0;url=/'>",
        "<script src='//elsewhere.example/x.js'></script>",
    ):  # fmt: skip
        assert read(page).faults, page
