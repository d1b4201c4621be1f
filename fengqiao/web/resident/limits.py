"""How often one address may knock. Whole villages share an address, so the limits are wide; no puzzle is ever asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Limit:
    """So many knocks at one door within a span."""

    door: str
    most: int
    span: timedelta


REPORTS = Limit("report", 30, timedelta(hours=1))
LOOKS = Limit("look", 120, timedelta(minutes=10))
SECRETS = Limit("secret", 40, timedelta(minutes=10))


def knock(request: HttpRequest, limit: Limit, at: datetime) -> bool:
    """Count one knock from the request's address; say whether it is within the limit."""
    seconds = int(limit.span.total_seconds())
    key = f"knock:{limit.door}:{request.META.get('REMOTE_ADDR', '')}:{int(at.timestamp()) // seconds}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= limit.most
    except ValueError:  # dropped in between: the first knock of a new count
        return True
