"""From which network address a request comes."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Find who knocks; behind our own proxy, the address that it added last, never what the visitor claims."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def neighbourhood(address: str) -> str:
    """Give the beginning of an address: enough to tell the office from a stranger, not to find a person."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if known.version == 4:
        return ".".join(address.split(".")[:2]) + ".*.*"
    return ":".join(known.exploded.split(":")[:3]) + ":*"
