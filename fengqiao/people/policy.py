"""Who administers what, and what keeps the three administrators apart."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import YES, Verdict
from fengqiao.people.models import ADMINISTRATORS, Post, Role, User
from fengqiao.people.scope import PostQuerySet

Duty = Literal["people", "units", "places", "rules", "logs"]
TAKES: dict[Duty, Role] = {
    "people": Role.SECURITY_ADMIN,
    "units": Role.SYSTEM_ADMIN,
    "places": Role.SYSTEM_ADMIN,
    "rules": Role.SYSTEM_ADMIN,
    "logs": Role.AUDIT_ADMIN,
}
NEVER_WITHOUT = (Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN)  # the third is whoever acts, who cannot act on themselves


def duties_of(roles: Iterable[str]) -> set[Duty]:
    """Collect what someone with these roles administers."""
    held = set(roles)
    return {duty for duty, role in TAKES.items() if role in held}


def may(user: User, duty: Duty, at: datetime) -> Verdict:
    """Test if this person administers this today."""
    if user.is_active and user.posts.held_on(localdate(at)).filter(role=TAKES[duty]).exists():
        return YES
    return Verdict(False, _("This is for the %(role)s.") % {"role": TAKES[duty].label})


def may_change(by: User, about: User, at: datetime) -> Verdict:
    """Test if this person may change that account or its posts: never their own, never another county's."""
    if not (verdict := may(by, "people", at)):
        return verdict
    if by.pk == about.pk:
        return Verdict(False, _("Nobody changes their own account or posts; another security administrator does."))
    if by.county != about.county:
        return Verdict(False, _("This account belongs to another county."))
    return YES


def may_hold(user: User, role: str, starts_on: date, ends_on: date | None) -> Verdict:
    """Test if a role goes with what this person holds in that time: an administrator holds nothing else."""
    others = _lasting(user, starts_on, ends_on).exclude(role=role)
    clashing = others if role in ADMINISTRATORS else others.filter(role__in=ADMINISTRATORS)
    if (first := clashing.first()) is None:
        return YES
    words = _("%(name)s is %(held)s in that time. An administrator holds no other role, so that none acts unseen.")
    return Verdict(False, words % {"name": user, "held": first.get_role_display()})


def can_be_spared(user: User, roles: Iterable[str], on: date) -> Verdict:
    """Test if these roles are left to somebody once this person no longer has them."""
    for role in set(roles) & set(NEVER_WITHOUT):
        others = Post.objects.held_on(on).filter(county=user.county, role=role, user__is_active=True)
        if not others.exclude(user=user).exists():
            words = _("%(name)s is the only %(role)s. Give the post to somebody else first.")
            return Verdict(False, words % {"name": user, "role": Role(role).label})
    return YES


def _lasting(user: User, starts_on: date, ends_on: date | None) -> PostQuerySet[Post]:
    """Find the posts of a person that share a day with a span."""
    rows = user.posts.lasting_beyond(starts_on)
    return rows if ends_on is None else rows.filter(starts_on__lt=ends_on)
