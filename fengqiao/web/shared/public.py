"""Where the pages of this installation are reached from outside."""

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest, path: str) -> str:
    """Give a page's whole address, to be printed or drawn: in service the public one, else that of the request."""
    return (settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}") + path
