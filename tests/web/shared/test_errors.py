import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from fengqiao.web.shared import errors


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


def test_a_refused_page_says_why(rf: RequestFactory) -> None:
    page = errors.forbidden(_plain(rf), PermissionError("只有审计管理员能看。"))

    assert (page.status_code, "只有审计管理员能看。" in page.content.decode()) == (403, True)


def test_a_request_that_makes_no_sense_is_answered(rf: RequestFactory) -> None:
    assert errors.bad_request(_plain(rf)).status_code == 400


def _plain(rf: RequestFactory) -> HttpRequest:
    """A request that has passed no middleware."""
    request = rf.get("/")
    request.user = AnonymousUser()
    return request
