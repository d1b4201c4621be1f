"""Where somebody is signed in: seen while they work, ended by themselves or by the security administrator."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import SignIn, StaffLog, User
from fengqiao.people.transitions.logging import write


@dataclass(frozen=True, slots=True)
class Browser:
    """What a signed-in browser tells of itself."""

    session: str
    agent: str
    address: str  # its beginning alone


def see(user: User, browser: Browser, *, at: datetime) -> None:
    """Note that somebody is at work in this browser."""
    row = SignIn(
        county=user.county, user=user, session=browser.session, agent=browser.agent[:300], address=browser.address,
        began_at=at, seen_at=at,
    )  # fmt: skip
    once = ["county", "session"]
    SignIn.objects.bulk_create([row], update_conflicts=True, update_fields=["seen_at"], unique_fields=once)


def open_now(user: User, at: datetime) -> QuerySet[SignIn]:
    """Find where this person is signed in: where the session has neither ended nor run out."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    return SignIn.objects.filter(user=user, session__in=alive).order_by("-seen_at", "-id")


@transaction.atomic
def end_one(sign_in: UUID, *, by: User, at: datetime) -> None:
    """End one's own sign-in in one browser."""
    if not _end(by, open_now(by, at).filter(pk=sign_in)):
        raise Refused(_("This sign-in has ended already."))
    write(StaffLog.Act.ENDED_SESSIONS, by=by, at=at, about=by, facts={"count": "1"})


@transaction.atomic
def end_others(session: str, *, by: User, at: datetime) -> int:
    """End one's own sign-ins everywhere but in this browser."""
    count = _end(by, open_now(by, at).exclude(session=session))
    if count:
        write(StaffLog.Act.ENDED_SESSIONS, by=by, at=at, about=by, facts={"count": str(count)})
    return count


@transaction.atomic
def end_all(user: User, *, by: User, at: datetime) -> int:
    """End every sign-in of somebody else, who may sign in again if the account is open."""
    require(policy.may_change(by, user, at))
    count = _end(user, open_now(user, at))
    if not count:
        raise Refused(_("%(name)s is signed in nowhere.") % {"name": user})
    write(StaffLog.Act.ENDED_SESSIONS, by=by, at=at, about=user, facts={"count": str(count)})
    return count


def end_silently(user: User, *, but: str = "") -> None:
    """End sign-ins as a part of another act, which writes its own line."""
    _end(user, SignIn.objects.filter(user=user).exclude(session=but))


def forget_old(user: User, *, at: datetime) -> None:
    """Take away the rows of sign-ins that ran out."""
    SignIn.objects.filter(user=user, seen_at__lt=at - 2 * timedelta(seconds=settings.SESSION_COOKIE_AGE)).delete()


def _end(user: User, which: QuerySet[SignIn]) -> int:
    """Take the sessions away, and the rows about them; say how many there were."""
    keys = list(which.values_list("session", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(user=user, session__in=keys).delete()
    return len(keys)
