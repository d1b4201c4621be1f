"""What is written down while the program runs: one line stays one line, and no secret stands in any of them."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from config.logs import Line
from fengqiao.desk.transitions import feeds
from fengqiao.jobs.faults import Careful
from fengqiao.jobs.launch import supervise
from fengqiao.jobs.outward import posting
from fengqiao.oversight import channels
from fengqiao.oversight.models import Fault
from fengqiao.people.models import StaffLog
from tests import acts
from tests.architecture.test_access import ours_and_theirs
from tests.cast import PASSWORD, QingCounty
from tests.web.resident import pages

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
TOKEN = "very-secret-token-of-a-robot"
FORGED = "x\r\n2026-01-01 00:00:00,000 INFO axes: chen signed in\x1b[2J\x0b\u2028\u202egnp"
# What stands beside: moments, ids, minutes gone by, numbers of cases and counties; six digits are among them by chance.
OF_ITSELF = re.compile(r"datetime\([^)]*\)|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+ 分钟|20\d{6}-\w{5}|\b629901\b")
BEGINNING = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w.]+: |^    \| ")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that any part of the program writes into its log, down to the finest, as our log writes it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Line(fmt=LINE["format"], style=LINE["style"]))
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    before = [(one, one.level) for one in loggers if not one.name.startswith(QUIET)]
    logging.getLogger().addHandler(handler)
    for one, _level in before:
        one.setLevel(logging.DEBUG)
    yield out
    logging.getLogger().removeHandler(handler)
    for one, level in before:
        one.setLevel(level)


LOGGING: dict[str, Any] = settings.LOGGING
LINE: dict[str, Any] = LOGGING["formatters"]["line"]
# These five are told by the settings, and where notices are sent, to keep their finest lines to themselves.
QUIET = ("django.db", "django.template", "apprise", "urllib3", "requests")


def lines(written: io.StringIO) -> list[str]:
    """Read what was written, line by line as a program or a terminal parts them."""
    return written.getvalue().splitlines()


def test_what_is_typed_begins_no_line_of_the_log(qing: QingCounty, written: io.StringIO) -> None:
    cache.clear()
    client = Client(raise_request_exception=False)
    client.post(reverse("account_login"), {"login": FORGED, "password": "x"}, headers={"User-Agent": FORGED[:1]})
    client.get("/track/%0d%0a2026-01-01 00:00:00,000 INFO x: y%1b[2J/")
    client.get("/no/%E2%80%A8such/%0a2026-01-01", {"q": FORGED})
    for logger, message in (("django.request", FORGED), ("fengqiao.jobs", "told: %s")):
        logging.getLogger(logger).error(message, *([FORGED] if "%s" in message else []))
    try:
        raise ValueError(FORGED)
    except ValueError:
        logging.getLogger("fengqiao.jobs").exception("broke")

    assert len(lines(written)) > 5
    assert [line for line in lines(written) if not BEGINNING.match(line)] == []
    assert [line for line in lines(written) if line.startswith("2026-01-01")] == []
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]", written.getvalue())


def secrets_in_use(qing: QingCounty, written: io.StringIO) -> set[str]:
    """Go through what people do all day, and through faults of ours in the middle of it; give every secret used."""
    cache.clear()
    used = {settings.SECRET_KEY, str(settings.DATABASES["default"]["PASSWORD"]), TOKEN, PASSWORD, "a wrong password"}
    qing.bai_audits.set_password(PASSWORD)
    qing.bai_audits.save()
    phone = generate_totp_secret()
    Authenticator.objects.filter(user=qing.bai_audits).delete()
    TOTP.activate(qing.bai_audits, phone)
    used |= {phone, qing.bai_audits.password}
    for part in (_sign_in, _report, _channel, _feed):
        used |= part(qing)
    return {secret for secret in used if secret}


def _sign_in(qing: QingCounty) -> set[str]:
    """A wrong password, a right one, a wrong code."""
    client = Client(enforce_csrf_checks=False, raise_request_exception=False)
    for password in ("a wrong password", PASSWORD):
        client.post(reverse("account_login"), {"login": "bai_audits", "password": password})
    client.post(reverse("mfa_authenticate"), {"code": "314159"})
    client.get(reverse("account_login"))
    return {client.cookies[name].value for name in ("sessionid", "csrftoken")} | {"314159"}


def _report(qing: QingCounty) -> set[str]:
    """A resident reports, and gives a wrong and the right secret."""
    resident = Client(raise_request_exception=False)
    sent = pages.press(resident, pages.walk_to_check(resident, pages.answers(qing)), to="send")
    shown = resident.get(sent.headers["Location"]).context["secret"]
    code = sent.headers["Location"].rstrip("/").rpartition("/")[2]
    for secret in ("271828", shown):
        resident.post(f"/track/{code}/", {"secret": secret})
    return {
        shown.replace(" ", ""),
        shown,
        "271828",
        *(one.value for one in resident.cookies.values() if len(one.value) > 9),
    }


def _channel(qing: QingCounty) -> set[str]:
    """A channel whose address is a secret, and which does not answer."""
    address = f"json://127.0.0.1:9/hook/{TOKEN}"
    channel = channels.add("群", address, unit=qing.water, by=qing.shi_runs_the_system, at=now())
    assert not posting.post(channel, "试")
    return {address, channel.locked}


def _feed(qing: QingCounty) -> set[str]:
    token = feeds.make(by=qing.chen_dispatches, at=now())
    Client(raise_request_exception=False).get(reverse("feed", args=[token]))
    Client(raise_request_exception=False).get(reverse("feed", args=[token + "x"]))
    return {token}


def broken(request: HttpRequest, **named: object) -> None:
    """A view that breaks, with everything in its hands."""
    kept = (request.POST.dict(), dict(request.session), dict(request.COOKIES), named)
    raise RuntimeError(f"broke with {len(kept)} things in hand")


def test_no_secret_is_written_anywhere(qing: QingCounty, written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    used = secrets_in_use(qing, written)
    token = feeds.make(by=qing.liu_handles_water, at=now())
    said = [_when_it_breaks(name, monkeypatch, path, typed) for name, path, typed in (
        ("account_login", reverse("account_login"), {"login": "ma_clerks", "password": PASSWORD}),
        ("feed", reverse("feed", args=[token]), {}),
        ("first_setup", "/setup/a-key-of-the-first-start/", {"system_admin-password": PASSWORD}),
        ("find", "/track/", {"secret": "271828"}),
    )]  # fmt: skip
    Careful("follow", now()).attempt(acts.open_leak(qing), _breaks, put_aside=lambda: None)
    found = io.StringIO()
    with suppress(SystemExit):
        call_command("doctor", stdout=found, stderr=found)
    said += [written.getvalue(), found.getvalue(), *map(str, Fault.objects.values_list())]
    said += map(str, StaffLog.objects.values_list())

    assert written.getvalue().count("Internal Server Error") == 4 and "RuntimeError" in written.getvalue()
    used |= {token, "a-key-of-the-first-start"}
    said = [OF_ITSELF.sub("", text) for text in said]
    found_in = [text[max(0, text.find(one) - 60) : text.find(one)] for one in used for text in said if one in text]
    assert found_in == []


def _breaks() -> bool:
    raise LookupError("nothing there")


def _when_it_breaks(name: str, patch: pytest.MonkeyPatch, path: str, typed: dict[str, str]) -> str:
    """Let a view break, and give the page that its visitor then sees."""
    one = next(one for _address, one in ours_and_theirs() if one.name == name)
    patch.setattr(one, "callback", broken)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "s" * 32
    answer = client.post(path, typed) if typed else client.get(path)
    assert answer.status_code == 500
    return str(answer.content.decode())


def test_no_secret_stands_in_the_list_of_processes(tmp_path: Path) -> None:
    """What a program was started with is read by everybody on the machine; what it finds around it is not."""
    around = {"FENGQIAO_DATABASE_URL": "postgresql://f:hidden-one@db/f", "FENGQIAO_SECRET_KEY": "hidden-two" * 9}
    for program in (supervise.web("127.0.0.1", 8000, around, tmp_path), supervise.worker(around, tmp_path)):
        assert not any("hidden" in word or "FENGQIAO" in word for word in program.command)
