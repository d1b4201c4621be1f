"""Making and revoking the address of one's dates, and opening it to whoever holds it."""

import secrets
from datetime import datetime

from django.conf import settings

from fengqiao.desk.models import CalendarFeed
from fengqiao.kit.sealing import keyed_digest
from fengqiao.people.models import StaffLog, User

Act = StaffLog.Act
ENDED_BY = (Act.DEACTIVATED, Act.RESET_PASSWORD)  # the account was closed, or may have been in other hands


def make(*, by: User, at: datetime) -> str:
    """Draw one's address, which is told once; an earlier one stops working."""
    token = secrets.token_urlsafe(32)
    fresh = {"county": by.county, "token_digest": _digest(token), "made_at": at, "fetched_at": None}
    CalendarFeed.objects.update_or_create(user=by, defaults=fresh)
    return token


def revoke(*, by: User) -> bool:
    """Take one's address back; say whether there was one."""
    return CalendarFeed.objects.filter(user=by).delete()[0] > 0


def fetch(token: str, *, at: datetime) -> User | None:
    """Find whose dates an address shows, and write down that it was fetched; one that has ended is taken away."""
    feed = CalendarFeed.objects.select_related("user").filter(token_digest=_digest(token)).first()
    if feed is None:
        return None
    if _has_ended(feed):
        feed.delete()
        return None
    CalendarFeed.objects.filter(pk=feed.pk).update(fetched_at=at)
    return feed.user


def _has_ended(feed: CalendarFeed) -> bool:
    """Test if the account is closed, or was closed or set anew since the address was made."""
    lines = StaffLog.objects.filter(county=feed.county, at__gte=feed.made_at, about=feed.user, act__in=ENDED_BY)
    return not feed.user.is_active or lines.exists()


def _digest(token: str) -> str:
    return keyed_digest(settings.SECRET_KEY, f"calendar feed {token}")
