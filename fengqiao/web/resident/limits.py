"""How often one address may knock. Whole villages share an address, so the limits are wide; no puzzle is ever asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest

from fengqiao.web.shared.addresses import address_of


@dataclass(frozen=True, slots=True)
class Limit:
    """So many knocks at one door within a span."""

    door: str
    most: int
    span: timedelta


REPORTS = Limit("report", 30, timedelta(hours=1))
MISSES = Limit("miss", 60, timedelta(minutes=10))  # codes that nobody was given
SECRETS = Limit("secret", 40, timedelta(minutes=10))
HINTS = Limit("hint", 60, timedelta(minutes=10))
FILES = Limit("file", 60, timedelta(hours=1))


def is_over(request: HttpRequest, limit: Limit, at: datetime) -> bool:
    """Test if the request's address has knocked too often already; this look is not counted."""
    return int(cache.get(_key(request, limit, at), 0)) >= limit.most


def knock(request: HttpRequest, limit: Limit, at: datetime) -> bool:
    """Count one knock from the request's address; say whether it is within the limit."""
    key = _key(request, limit, at)
    cache.add(key, 0, timeout=int(limit.span.total_seconds()))
    try:
        return cache.incr(key) <= limit.most
    except ValueError:  # dropped in between: the first knock of a new count
        return True


def _key(request: HttpRequest, limit: Limit, at: datetime) -> str:
    window = int(at.timestamp()) // int(limit.span.total_seconds())
    return f"knock:{limit.door}:{address_of(request)}:{window}"
