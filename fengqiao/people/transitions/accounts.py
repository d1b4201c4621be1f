"""Accounts: made, given a one-time password, closed, opened again. Each act leaves a line."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.alone import one_at_a_time
from fengqiao.people.transitions.logging import write
from fengqiao.people.transitions.sessions import end_silently

# Read out over a telephone: no letter or digit that is taken for another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
Act = StaffLog.Act


@dataclass(frozen=True, slots=True)
class Made:
    """A new account, and the password that is told once."""

    user: User
    password: str


@transaction.atomic
def make_account(*, name: str, username: str, by: User, at: datetime) -> Made:
    """Make an account in the county of whoever makes it; it can do nothing until it holds a post."""
    require(policy.may(by, "people", at))
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(_("This name is taken."))
    password = draw_password()
    user = User.objects.create(
        county=by.county, name=name, username=username, password=make_password(password), must_change_password=True
    )
    write(Act.MADE_ACCOUNT, by=by, at=at, about=user, facts={"username": username, "name": name})
    return Made(user, password)


@transaction.atomic
def reset_password(user: User, *, by: User, at: datetime) -> str:
    """Set a one-time password and give it; whoever was signed in with the old one is signed out."""
    user = _taken(user, by, at)
    password = draw_password()
    user.password, user.must_change_password = make_password(password), True
    user.save(update_fields=["password", "must_change_password"])
    end_silently(user)
    write(Act.RESET_PASSWORD, by=by, at=at, about=user)
    return password


@transaction.atomic
def choose_password(user: User, password: str, *, session: str = "", at: datetime) -> None:
    """Set the password that a person chose for themselves; only the session they chose it in goes on."""
    user.password, user.must_change_password = make_password(password), False
    user.save(update_fields=["password", "must_change_password"])
    end_silently(user, but=session)
    write(Act.CHOSE_PASSWORD, by=user, at=at, about=user)


@transaction.atomic
def deactivate(user: User, *, by: User, at: datetime) -> User:
    """Close an account at once: nobody signs in with it, and whoever is in is out. Its posts and its past stay."""
    user = _taken(user, by, at)
    if not user.is_active:
        raise Refused(_("This account is closed already."))
    today = localdate(at)
    require(policy.can_be_spared(user, user.posts.held_on(today).values_list("role", flat=True), today))
    end_silently(user)
    return _switch(user, Act.DEACTIVATED, is_active=False, by=by, at=at)


@transaction.atomic
def reactivate(user: User, *, by: User, at: datetime) -> User:
    """Open a closed account again; the posts that have not ended count again."""
    user = _taken(user, by, at)
    if user.is_active:
        raise Refused(_("This account is open already."))
    return _switch(user, Act.REACTIVATED, is_active=True, by=by, at=at)


@transaction.atomic
def forget_factor(user: User, *, by: User, at: datetime) -> None:
    """Judge and write down that a lost phone is forgotten; its keeper forgets it in the same stroke."""
    write(Act.FORGOT_FACTOR, by=by, at=at, about=_taken(user, by, at))


def draw_password() -> str:
    """Draw a one-time password of four groups of four: 79 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _sign in range(4)) for _group in range(4))


def _taken(user: User, by: User, at: datetime) -> User:
    """Lock the account and judge, in this order, so that two acts on one person follow each other."""
    one_at_a_time(by.county)
    locked = hold(User, user.pk)
    require(policy.may_change(by, locked, at))
    return locked


def _switch(user: User, act: StaffLog.Act, *, is_active: bool, by: User, at: datetime) -> User:
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    write(act, by=by, at=at, about=user)
    return user
