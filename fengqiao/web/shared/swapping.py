"""Which requests only swap a part of a page: told by one header, without a list of all of them being made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails


class Swap(HtmxDetails):
    """What htmx says of a request; most of all whether it asks."""

    def __bool__(self) -> bool:
        """Test if htmx asks; the header says `true` and nothing else."""
        return bool(self.request.META.get("HTTP_HX_REQUEST") == "true")

    @property
    def current_url_abs_path(self) -> str | None:
        """Say on which page of ours somebody is; nothing where the header says what is no address at all."""
        try:
            return super().current_url_abs_path
        except ValueError:
            return None


def note(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let views ask a request for `htmx`, as the middleware of django-htmx does."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.htmx = Swap(request)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
