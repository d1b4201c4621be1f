"""Who keeps the registers of committees and mediators, who reads them, who hears a complaint about a mediator."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import YES, Verdict
from fengqiao.people import policy
from fengqiao.people.models import Role, User

READERS = (Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR, Role.MEDIATOR, Role.LEADER, Role.SYSTEM_ADMIN)
HEARERS = (Role.CLERK, Role.SUPERVISOR)


def may_keep(user: User, at: datetime) -> Verdict:
    """Test if this person keeps the registers: the county's system administrator, who sees no case."""
    return policy.may(user, "units", at)


def may_read(user: User, at: datetime) -> Verdict:
    """Test if this person reads the registers."""
    if _holds(user, READERS, at):
        return YES
    return Verdict(False, _("The registers of mediation are read by those who work with them."))


def may_hear(user: User, at: datetime) -> Verdict:
    """Test if this person enters complaints about mediators and reads them."""
    if _holds(user, HEARERS, at):
        return YES
    return Verdict(False, _("Complaints about mediators are heard by clerks and supervisors."))


def may_find(user: User, at: datetime) -> Verdict:
    """Test if this person says what was found of a complaint."""
    if _holds(user, (Role.SUPERVISOR,), at):
        return YES
    return Verdict(False, _("What was found of a complaint is said by a supervisor."))


def _holds(user: User, roles: tuple[Role, ...], at: datetime) -> bool:
    return user.is_active and user.posts.held_on(localdate(at)).filter(role__in=roles).exists()
