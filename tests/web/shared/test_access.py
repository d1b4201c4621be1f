import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from fengqiao.people.models import User
from fengqiao.web.shared import swapping
from fengqiao.web.shared.access import public_view, staff_view
from tests.cast import QingCounty


def page(request: HttpRequest) -> HttpResponse:
    """A page with nothing on it."""
    return HttpResponse("open")


def ask(rf: RequestFactory, who: User | AnonymousUser, **headers: str) -> HttpResponse:
    """Open the page as someone."""
    request = rf.get("/console/cases/?late=1", headers=headers)
    request.user = who
    return swapping.note(staff_view(page))(request)  # type: ignore[arg-type]


def test_views_say_who_they_are_for() -> None:
    assert staff_view(page).access == "staff"  # type: ignore[attr-defined]
    assert public_view(page).access == "public"  # type: ignore[attr-defined]


def test_a_signed_in_colleague_gets_the_page_and_nobody_keeps_a_copy(rf: RequestFactory, qing: QingCounty) -> None:
    answer = ask(rf, qing.ma_clerks)

    assert answer.content == b"open"
    assert "no-store" in answer["Cache-Control"]


def test_a_stranger_is_sent_to_sign_in_and_back(rf: RequestFactory) -> None:
    answer = ask(rf, AnonymousUser())

    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/console/cases/%3Flate%3D1")


def test_a_swapped_part_sends_the_whole_page_to_sign_in(rf: RequestFactory) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/console/cases/7/"}
    answer = ask(rf, AnonymousUser(), **headers)

    assert answer["HX-Redirect"].endswith("?next=/console/cases/7/")


@pytest.mark.parametrize("address", ["http://elsewhere.example/x", ""])
def test_a_foreign_address_is_not_gone_back_to(rf: RequestFactory, address: str) -> None:
    answer = ask(rf, AnonymousUser(), **{"HX-Request": "true", "HX-Current-URL": address})

    assert "elsewhere" not in answer["HX-Redirect"]
