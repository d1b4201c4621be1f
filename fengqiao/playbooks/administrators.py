"""The first three accounts: whoever opens the printed link makes them, once, while there are none."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.sealing import digest
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import ADMINISTRATORS, Post, Role, Unit, User
from fengqiao.places.models import County
from fengqiao.playbooks import reading, setting_up
from fengqiao.playbooks.models import SetupToken


@dataclass(frozen=True, slots=True)
class Account:
    """What one administrator chose to sign in with."""

    username: str
    password: str


def are_missing(at: datetime) -> bool:
    """Test if nobody can administer this installation."""
    held = Post.objects.held_on(localdate(at)).filter(role__in=ADMINISTRATORS, user__is_active=True)
    return not held.exists()


@transaction.atomic
def make_token(at: datetime) -> str:
    """Draw a new token; a link printed earlier and not used is void."""
    token = secrets.token_urlsafe(24)
    SetupToken.objects.filter(used_at=None).delete()
    SetupToken.objects.create(digest=digest(token), made_at=at)
    return token


def is_good(token: str, at: datetime) -> bool:
    """Test if a link can still be used."""
    return SetupToken.objects.filter(digest=digest(token), used_at=None).exists() and are_missing(at)


def places() -> dict[str, str]:
    """Name what the administrators can belong to: the counties here, else the playbooks a county can be set up from."""
    counties = {county.code: county.name for county in County.objects.order_by("code")}
    return counties or {key: reading.read(key).name for key in reading.available()}


def make(token: str, place: str, accounts: Mapping[Role, Account], at: datetime) -> list[User]:
    """Make the three accounts with their posts and use the link up; sets the county up where there is none yet."""
    with transaction.atomic():
        waiting = SetupToken.objects.select_for_update().filter(digest=digest(token), used_at=None).first()
        if waiting is None or not are_missing(at):
            raise Refused(_("This link has been used. Ask an administrator for an account."))
        county = County.objects.filter(code=place).first() or setting_up.set_up(reading.read(place)).county
        made = [_make_one(county, role, accounts[role], at) for role in ADMINISTRATORS]
        waiting.used_at = at
        waiting.save(update_fields=["used_at"])
    return made


def _make_one(county: County, role: Role, account: Account, at: datetime) -> User:
    centre = Unit.objects.get(county=county.code, code="centre")
    user = User.objects.create(
        username=account.username, name=str(role.label), county=county.code, password=make_password(account.password)
    )
    Post.objects.create(
        county=county.code, user=user, role=role, region=county.region, unit=centre, starts_on=localdate(at)
    )
    return user
