from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from fengqiao.web.resident import limits
from fengqiao.web.resident.limits import Limit
from fengqiao.web.shared import errors
from tests import acts
from tests.cast import QingCounty


@pytest.mark.django_db
def test_a_page_that_is_not_there_shows_a_way_onward(client: Client) -> None:
    page = client.get("/no/such/page/")

    assert page.status_code == 404
    assert 'href="/"' in page.content.decode()


@pytest.mark.django_db
def test_at_the_desk_the_way_onward_leads_back_to_the_desk(client: Client) -> None:
    page = client.get("/console/no/such/page/").content.decode()

    assert 'href="/console/"' in page and 'btn-primary" href="/"' not in page


def test_a_fault_of_ours_is_said_without_the_database(rf: RequestFactory) -> None:
    page = errors.server_error(rf.get("/"))  # no database in this test: a query would fail it

    assert page.status_code == 500
    assert b"<html" in page.content


def test_a_fault_of_ours_is_said_even_without_a_build(rf: RequestFactory, settings: Settings) -> None:
    settings.FRONTEND_DIR = "/nowhere"

    assert errors.server_error(rf.get("/")).status_code == 500


@pytest.mark.django_db
def test_a_form_without_its_token_gives_the_text_back(rf: RequestFactory) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post("/report/", {"text": "水管爆了，家里停水两天。", "secret": "不该出现的密码不该出现"})

    assert page.status_code == 403
    assert "水管爆了，家里停水两天。" in page.content.decode()
    assert "不该出现" not in page.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_gives_no_password_back() -> None:
    client = Client(enforce_csrf_checks=True)
    sent = {"oldpassword": "an old county road", "password1": "a new county road", "password2": "a new county road"}
    page = client.post("/accounts/password/change/", sent | {"note": "something that was written"})

    assert page.status_code == 403
    assert "something that was written" in page.content.decode()
    assert "county road" not in page.content.decode()


@pytest.mark.django_db
def test_who_is_asked_to_wait_finds_the_words_in_the_page_and_the_secret_not(
    qing: QingCounty, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(limits, "SECRETS", Limit("secret", 0, timedelta(minutes=10)))
    code = acts.receive(qing).report.code
    typed = {"secret": "271828", "solved": "no", "words": "水还是没来。"}
    with_words = Client().post(f"/track/{code}/evaluate/", typed)
    alone = Client().post(f"/track/{code}/", {"secret": "271828"})

    assert (with_words.status_code, alone.status_code) == (429, 429)
    for page in (with_words.content.decode(), alone.content.decode()):
        assert "271828" not in page and "密码和验证码不会保留" in page
    assert "水还是没来。" in with_words.content.decode() and "<form" in with_words.content.decode()
    assert f'href="/track/{code}/"' in alone.content.decode() and "都还在" not in alone.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "way"), [("/language/", "/"), ("/console/day/note/", "/console/")])
def test_an_address_that_only_takes_a_form_says_so(qing: QingCounty, address: str, way: str) -> None:
    client = Client()
    client.force_login(qing.ma_clerks, backend="fengqiao.web.shared.backends.Staff")
    page = client.get(address)

    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert (
        page.headers["Content-Type"].startswith("text/html") and f'btn-primary" href="{way}"' in page.content.decode()
    )
    assert client.get(address, headers={"HX-Request": "true"}).content == b""


def test_a_refused_page_says_why(rf: RequestFactory) -> None:
    page = errors.forbidden(_plain(rf), PermissionError("只有审计管理员能看。"))

    assert (page.status_code, "只有审计管理员能看。" in page.content.decode()) == (403, True)
    assert "请联系本县安全管理员" in page.content.decode()  # who gives posts


def test_a_request_that_makes_no_sense_is_answered(rf: RequestFactory) -> None:
    assert errors.bad_request(_plain(rf)).status_code == 400


def _plain(rf: RequestFactory) -> HttpRequest:
    """A request that has passed no middleware."""
    request = rf.get("/")
    request.user = AnonymousUser()
    return request
