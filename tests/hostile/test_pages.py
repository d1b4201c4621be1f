"""Every page and every address, asked in ways no browser of ours asks: parameters, headers, cookies, tokens."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from fengqiao.jobs.launch.where import CHECKOUT
from fengqiao.web.shared.errors import server_error
from tests.architecture.test_access import ours_and_theirs
from tests.hostile.attack import browser, is_page, undone, wrong_with
from tests.hostile.payloads import IS_LONG, X
from tests.hostile.reading import read, runs
from tests.hostile.test_forms import methods
from tests.hostile.world import World

pytestmark = pytest.mark.django_db
ASKED = re.compile(r"(?:GET|GET\.copy\(\)|asked|query|given)(?:\.get|\.getlist)?[\(\[]\"(\w+)\"")
REFLECTED = [f'"><script>e()</script>{X}', "\x00", "9" * 40, "9999-12-31"]
ELSEWHERE = (
    "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example",
    "https:elsewhere.example", "javascript:e()", "/\t/elsewhere.example", "http://testserver@elsewhere.example/",
    "///elsewhere.example", "\r\nSet-Cookie: evil=1", "http://[", "http://elsewhere℀example/",
)  # fmt: skip
ONWARD = ("next", "back", "redirect", "url", "return", "to")
RUBBISH = {
    "Host": "elsewhere.example", "X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "gopher",
    "X-Forwarded-For": "'\"><x-evil>, \x1b[2J", "Referer": "javascript:e()//<x-evil>", "User-Agent": X * 200,
    "Accept-Language": "zh-" + "x" * 5000, "Accept": "<x-evil>",
    "Cookie": "sessionid=../../etc; language=\"<x-evil>; opened=x:y:z",
    "HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/<x-evil>", "X-Original-URL": "/console/",
    "Range": "bytes=9-1",
    "If-Modified-Since": "never", "X-HTTP-Method-Override": "DELETE", "Upload-Offset": "-1",
}  # fmt: skip


def parameters() -> list[str]:
    """Read from the code by which names pages are asked."""
    found = {name for file in (CHECKOUT / "fengqiao/web").rglob("*.py") for name in ASKED.findall(file.read_text())}
    filters = re.findall(r"^    (\w+) = forms\.\w+", "\n".join(_filter_forms()), re.M)
    return sorted({*found, *filters, *ONWARD, "page", "after", "before"})


def _filter_forms() -> Iterator[str]:
    """Give the source of the forms by which lists are narrowed: what is asked of them stands in the address."""
    for file in (CHECKOUT / "fengqiao/web").rglob("forms/*.py"):
        text = Path(file).read_text()
        yield from re.findall(r"class \w*(?:Filter|Find|Search)\(.*?(?=\nclass |\Z)", text, re.S)


def test_no_page_says_a_parameter_back_so_that_it_runs(world: World) -> None:
    names, faults = parameters(), []
    assert {"q", "code", "step", "status", "region", "log"} <= set(names)
    for number, (who, address) in enumerate(world.pages):
        for said in REFLECTED if IS_LONG else {REFLECTED[0], REFLECTED[number % len(REFLECTED)]}:
            with undone():
                answer = browser(world, who).get(address.split("?")[0], dict.fromkeys(names, said))
            faults += [f"{address} {said!r:.20}: {fault}" for fault in wrong_with(answer)]
            faults += [address] * runs(answer.headers.get("Location", ""))
    assert faults == []


def test_rubbish_in_every_header_is_answered(world: World) -> None:
    faults = []
    for number, (who, address) in enumerate(world.pages):
        name, value = list(RUBBISH.items())[number % len(RUBBISH)]
        client = browser(world, who)
        with undone():
            answer = client.get(address, headers={name: value}) if name != "Cookie" else _with(client, value, address)
        faults += [f"{address} {name}: {fault}" for fault in wrong_with(answer)]
        faults += [f"{address} {name} is said back"] * ("elsewhere.example" in _whole(answer))
    assert faults == []


def _with(client: Client, cookies: str, address: str) -> Any:
    """Ask with cookies that no answer of ours set."""
    return Client(raise_request_exception=False).get(address, HTTP_COOKIE=cookies)


def _whole(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(answer.headers) + bytes(body).decode(errors="replace")


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_no_way_onward_leads_out_of_the_house(world: World, onward: str) -> None:
    doors = [("anybody", reverse("account_login")), ("ma_clerks", reverse("account_logout"))]
    doors += [("anybody", "/language/"), ("anybody", "/large-type/"), ("ma_clerks", reverse("account_reauthenticate"))]
    doors += [("ma_clerks", reverse("console:look", args=[world.things["name_viewer"]]))]
    typed = {"login": "ma_clerks", "password": "a quiet county road", "reason": "duty", "words": "核对"}
    for who, door in doors:
        for address in (door, f"{door}?next={onward}"):
            with undone():
                answer = browser(world, who).post(address, typed | dict.fromkeys(ONWARD, onward))
            assert answer.status_code < 500, (address, answer.status_code)
            assert is_ours(answer.headers.get("Location", "/")), (address, answer.headers["Location"])
            assert "evil" not in answer.cookies


def is_ours(location: str) -> bool:
    """Test if a browser stays in the house: an address that begins with one slash, and no second one that counts."""
    seen = re.sub(r"[\t\r\n]", "", location).replace("\\", "/")
    return seen.startswith("/") and not seen.startswith("//")


def a_path(address: str, world: World) -> str:
    """Name something in an address; whether there is such a thing does not matter here."""
    known = {"code": world.things["waiting"], "number": world.things["accept"], "verb": "accept"}
    none = {"uuid": "01970000-0000-7000-8000-000000000000", "int": "1"}
    filled = re.sub(r"<(\w+):(\w+)>", lambda part: known.get(part[2]) or none.get(part[1], "x"), address)
    return "/" + filled


EVERY = [(address, one) for address, one in ours_and_theirs() if "POST" in methods(one.callback)]
EVERY += [(address, one) for address, one in ours_and_theirs() if one.name in ("waiting_file", "arriving_file")]


@pytest.mark.parametrize("who", ["anybody", "ma_clerks", "bearer of waiting"])
def test_no_address_takes_a_form_without_its_token(world: World, who: str) -> None:
    """Signed in, signed out, or with a secret given: what another site sends is refused unread."""
    open_to_all = []
    for address, _one in EVERY:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies.load({name: each.value for name, each in world.clients[who].cookies.items()})
        for method in sorted({"POST", "PUT", "PATCH", "DELETE"}):
            with undone():
                status = client.generic(method, a_path(address, world)).status_code
            open_to_all += [f"{method} {address} {status}"] * (status not in (403, 405))
    assert open_to_all == []


def test_every_page_says_what_a_browser_may_do_with_it(world: World) -> None:
    faults = []
    for who, address in world.pages:
        with undone():
            answer = browser(world, who).get(address)
        faults += [f"{address}: {fault}" for fault in loose(answer)]
    anybody = Client(raise_request_exception=False)
    for odd in (
        "/no/such/page/",
        "/track/QX22222222A/",
        "/setup/x/",
        "/feeds/x.ics",
        "/%00",
        "/console/cases/%0d%0aX/",
    ):
        faults += [f"{odd}: {fault}" for fault in loose(anybody.get(odd))]
    assert faults == []


def loose(answer: Any) -> Iterator[str]:
    """Say what an answer leaves open."""
    told, policy = answer.headers, answer.headers.get("Content-Security-Policy", "")
    wanted = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
    wanted |= {"Cross-Origin-Opener-Policy": "same-origin"}
    yield from (f"{name}: {told.get(name)}" for name, value in wanted.items() if told.get(name) != value)
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    if any(loose in policy for loose in ("unsafe", "*", "http:", "nonce-")) or parts.get("default-src") not in (
        "'self'", "'none'",
    ):  # fmt: skip
        yield f"policy {policy!r}"
    closed = {"base-uri": "'none'", "object-src": "'none'", "frame-ancestors": "'none'", "form-action": "'self'"}
    if "sandbox" not in parts and parts.items() & closed.items() != closed.items():
        yield f"policy leaves open: {closed.keys() - parts.keys()}"
    if is_page(answer):
        yield from read(answer.content.decode()).faults


def test_the_page_for_a_fault_of_ours_runs_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A forced fault on a true page: said in a sentence, with the same policy, without a word of what broke."""

    def broken(request: HttpRequest, **named: object) -> None:
        raise RuntimeError(f"broke with {request.POST.get('password')} in hand <x-evil>")

    about = next(one for _address, one in ours_and_theirs() if one.name == "about")
    monkeypatch.setattr(about, "callback", broken)
    answer = Client(raise_request_exception=False).get("/about/")

    assert answer.status_code == 500
    assert list(loose(answer)) == []
    assert not {"RuntimeError", "Traceback", "x-evil"} & set(re.findall(r"[\w-]+", answer.content.decode()))
    assert server_error(RequestFactory().get("/")).status_code == 500
