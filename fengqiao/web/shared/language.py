"""In which language a page is shown: Chinese, unless this browser was told otherwise on the page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

LANGUAGE = "language"
ENGLISH = "en"


def speak(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Show pages in the language that was chosen; what a browser asks for by itself does not count.

    Phones sold with an English browser are read by people who do not read English.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        with translation.override(chosen(request)):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        patch_vary_headers(response, ("Cookie",))
        return response

    return middleware


def chosen(request: HttpRequest) -> str:
    """Give the language this browser was told to show."""
    return ENGLISH if request.COOKIES.get(LANGUAGE) == ENGLISH else settings.LANGUAGE_CODE


def other(request: HttpRequest) -> str:
    """Give the language one can switch to."""
    return settings.LANGUAGE_CODE if chosen(request) == ENGLISH else ENGLISH
