"""What is read of htmx's one header is what django-htmx reads."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from fengqiao.web.shared import swapping


def seen(rf: RequestFactory, headers: dict[str, str]) -> HttpRequest:
    """Let a request come to a page."""
    found: list[HttpRequest] = []

    def page(request: HttpRequest) -> HttpResponse:
        found.append(request)
        return HttpResponse()

    swapping.note(page)(rf.get("/", headers=headers))
    return found[0]


@pytest.mark.parametrize("said", ["true", "false", "True", "1", "", None])
def test_it_asks_or_it_does_not(rf: RequestFactory, said: str | None) -> None:
    request = seen(rf, {} if said is None else {"HX-Request": said})

    assert bool(request.htmx) is bool(HtmxDetails(request)) is (said == "true")  # type: ignore[attr-defined]


def test_the_rest_is_as_ever(rf: RequestFactory) -> None:
    request = seen(rf, {"HX-Request": "true", "HX-Current-URL": "http://testserver/console/?a=1", "HX-Target": "case"})

    assert request.htmx.current_url_abs_path == "/console/?a=1"  # type: ignore[attr-defined]
    assert request.htmx.target == "case"  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", ["http://[", "http://[::1", "//[", "https://elsewhere.example/", "x", None])
def test_an_address_that_is_none_of_ours_leads_nowhere(client: Client, rf: RequestFactory, said: str | None) -> None:
    headers = {"HX-Request": "true"} | ({} if said is None else {"HX-Current-URL": said})

    assert seen(rf, headers).htmx.current_url_abs_path is None  # type: ignore[attr-defined]
    assert client.get("/console/", headers=headers).headers["HX-Redirect"].endswith("?next=/")
