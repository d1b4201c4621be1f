"""When the database goes in mid-request, what was typed is kept and can be sent again."""

import errno
import html
import re
import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory

from fengqiao.intake.models import Report
from fengqiao.web.shared import hindered
from fengqiao.web.shared.hindered import Hindrance
from tests import cast
from tests.cast import QingCounty

FIELD = re.compile(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', re.DOTALL)
TOLD = "水管爆了，<b>家里</b>停水两天。\n\n请来看看 & 修好。"


@pytest.fixture
def visitor() -> Client:
    """A browser that is asked for its token, before a server that answers instead of raising."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def no_database(transactional_db: None) -> Iterator[None]:
    """The server's address leads nowhere, as while PostgreSQL is being started again."""
    connection.close()
    port = connection.settings_dict["PORT"]
    connection.settings_dict["PORT"] = 1
    yield
    connection.settings_dict["PORT"] = port
    connection.close()


def other() -> "psycopg.Connection[tuple[object, ...]]":
    """Another connection to the same database, outside of Django."""
    known = connection.get_connection_params()
    return psycopg.connect(**{name: known[name] for name in ("dbname", "user", "password", "host", "port")})


def fields_of(page: HttpResponseBase) -> dict[str, str]:
    """Read the form that the page would send again, as a browser does."""
    assert isinstance(page, HttpResponse)
    text = page.content.decode()
    found = {name: html.unescape(value) for name, value in FIELD.findall(text)}
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    return found | ({"csrfmiddlewaretoken": token[1]} if token else {})


def report_form(visitor: Client, qing: QingCounty) -> dict[str, str]:
    visitor.get("/report/")
    return {
        "text": TOLD, "nature": "help", "region": qing.willow.code, "county": qing.county.code, "screen": "check",
        "to": "send", "submission": str(uuid4()), "csrfmiddlewaretoken": visitor.cookies["csrftoken"].value,
    }  # fmt: skip


@pytest.fixture
def county(transactional_db: None) -> QingCounty:
    return cast.build()


def test_a_page_without_its_database_says_what_to_do(no_database: None, visitor: Client) -> None:
    page = visitor.get("/track/QX-1234/?from=qr")

    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "15", "no-store")
    text = page.content.decode()
    assert "系统暂时无法应答" in text and 'href="/track/QX-1234/?from=qr"' in text and "再试一次" in text


def test_it_speaks_english_where_the_browser_was_told_so(no_database: None, visitor: Client) -> None:
    visitor.cookies["language"] = "en"
    assert "We cannot answer at this moment" in visitor.get("/places/").content.decode()


def test_it_does_where_nobody_has_chosen_the_language_yet(rf: RequestFactory) -> None:
    """What fails before or after a page is made, as keeping the session, fails outside of the language's middleware."""
    request = rf.get("/places/", HTTP_COOKIE="language=en")
    page = hindered.answer(request, Hindrance.AWAY).content.decode()

    assert "We cannot answer at this moment" in page
    assert "再试一次" not in page and "Try again" in page


def test_a_report_sent_while_the_database_is_gone_can_be_sent_again_from_the_page(
    county: QingCounty, visitor: Client
) -> None:
    form = report_form(visitor, county)
    connection.close()
    port, connection.settings_dict["PORT"] = connection.settings_dict["PORT"], 1
    try:
        page = visitor.post("/report/", form)
    finally:
        connection.settings_dict["PORT"] = port
    again = fields_of(page)

    assert page.status_code == 503
    assert {name: again[name] for name in form if name != "csrfmiddlewaretoken"} == {
        name: value for name, value in form.items() if name != "csrfmiddlewaretoken"
    }
    assert visitor.post("/report/", again).status_code == 302
    assert visitor.post("/report/", again).status_code == 302
    assert Report.objects.get().text == TOLD


def test_a_backend_that_is_ended_in_mid_request_leaves_nothing_half_done(county: QingCounty, visitor: Client) -> None:
    """The request waits for a lock inside its transaction; there its backend is ended, as by a restart."""
    form = report_form(visitor, county)
    with other() as holding:
        holding.execute("LOCK TABLE intake_reportclock IN EXCLUSIVE MODE")
        ending = threading.Thread(target=end_whoever_waits)
        ending.start()
        page = visitor.post("/report/", form)
        ending.join()
    connection.close()

    assert page.status_code == 503 and "系统暂时无法应答" in page.content.decode()
    assert Report.objects.count() == 0
    assert visitor.post("/report/", fields_of(page)).status_code == 302
    assert Report.objects.count() == 1


def end_whoever_waits() -> None:
    """End the first backend that waits for a lock."""
    with other() as third:
        third.autocommit = True
        waiting = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        until = time.monotonic() + 60
        while time.monotonic() < until and not third.execute(waiting).fetchone():
            time.sleep(0.02)


def test_a_lock_that_is_waited_for_too_long_has_its_own_sentence(county: QingCounty, visitor: Client) -> None:
    form = report_form(visitor, county)
    with other() as holding:
        holding.execute("LOCK TABLE intake_reportclock IN EXCLUSIVE MODE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        page = visitor.post("/report/", form)
    connection.close()

    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "有人正在办理同一件事" in page.content.decode()
    assert visitor.post("/report/", fields_of(page)).status_code == 302


def test_a_statement_that_takes_too_long_has_it_too(transactional_db: None) -> None:
    with connection.cursor() as cursor, pytest.raises(OperationalError) as raised:
        cursor.execute("SET statement_timeout = '20ms'")
        cursor.execute("SELECT pg_sleep(5)")
    connection.close()
    assert hindered.hindrance(raised.value) is Hindrance.BUSY


def test_passwords_and_codes_of_a_second_step_do_not_come_back(no_database: None, visitor: Client) -> None:
    """Pages of sign-in draw their token without the database."""
    token = "a" * 32
    visitor.cookies["csrftoken"] = token
    sent = {"csrfmiddlewaretoken": token, "login": "chen", "password": "a quiet county road"}
    page = visitor.post("/accounts/login/", sent).content.decode()
    assert "chen" in page and "quiet" not in page and "密码和验证码不会保留" in page

    page = visitor.post("/accounts/factor/code/", {"csrfmiddlewaretoken": token, "code": "718281"}).content.decode()
    assert "718281" not in page


def test_a_part_of_a_page_is_told_the_sentence_and_keeps_its_form(no_database: None, visitor: Client) -> None:
    visitor.cookies["csrftoken"] = "a" * 32
    visitor.cookies["sessionid"] = "b" * 32
    headers = {"HX-Request": "true", "X-CSRFToken": "a" * 32}
    page = visitor.post("/console/cases/20260302-ABCDE/accept/", {"seen": "1"}, headers=headers)

    assert (page.status_code, page["HX-Retarget"], page["HX-Reswap"]) == (503, "#request-failed span", "innerHTML")
    assert page.content.decode().strip().startswith("数据库正在重新启动")


def test_files_chosen_on_the_page_are_said_to_be_gone(rf: RequestFactory) -> None:
    request = rf.post("/report/", {"text": "x", "files": SimpleUploadedFile("a.pdf", b"%PDF-")})
    page = hindered.answer(request, Hindrance.AWAY).content.decode()
    assert "刚才选择的文件无法保留" in page


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_no_fault_of_the_program(rf: RequestFactory, number: int) -> None:
    what = hindered.hindrance(OSError(number, "full"))
    assert what is Hindrance.FULL
    assert "系统磁盘已满" in hindered.answer(rf.get("/"), what).content.decode()


def test_faults_of_the_program_stay_faults() -> None:
    assert [hindered.hindrance(error) for error in (None, ValueError(), OSError(errno.EACCES, ""))] == [None] * 3
