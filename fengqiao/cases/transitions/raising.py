"""Up to the tier above: what is ours but beyond our power goes to the centre above, and no time starts anew."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, RaiseUp, Stage
from fengqiao.cases.tiers import centre_above
from fengqiao.cases.transitions.taking import Words, taking
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Role, Unit, User


def raise_up(case: Case, *, reason: str, by: User, at: datetime) -> Case:
    """Send a case to the dispatcher of the centre above, with the reason; its clocks run on."""
    if not reason.strip():
        raise Refused(_("Give the reason."))
    words = Words(public=reason)
    with taking("raise_up", case, by=by, at=at, words=words) as case:
        unit = case.lead or case.centre
        above = _above(unit, at)
        _must_be_free_to_rise(case, unit, at)
        _must_be_readable(case, above, at)
        RaiseUp.objects.create(
            county=case.county, case=case, round=case.round, unit=unit, centre=above, reason=reason, by=by, at=at
        )
        words.facts = {"raised_from": unit.name, "raised_to": above.name}
        case.centre, case.lead, case.was_designated = above, None, False
        if deadlines.running(case, Stage.DISPATCH) is None:
            deadlines.start(case, Stage.DISPATCH, at)
    return case


def _above(unit: Unit, at: datetime) -> Unit:
    """Find the centre above, or refuse with what to do instead."""
    above = centre_above(unit, at)
    if above is None:
        said = _(
            "No centre above %(unit)s takes cases on this platform. "
            "Ask for more time, or conclude as “not ours” and tell the resident the road."
        )
        raise Refused(said % {"unit": unit})
    return above


def _must_be_free_to_rise(case: Case, unit: Unit, at: datetime) -> None:
    """Refuse a second time by the same unit, and a case whose time is just being decided on or stands still."""
    if case.raises.filter(round=case.round, unit=unit).exists():
        raise Refused(_("%(unit)s raised it in this round already; what was decided above binds.") % {"unit": unit})
    if case.delays.filter(round=case.round, decided_at__isnull=True).exists():
        raise Refused(_("More time has been asked for; wait for that decision first."))
    clock = deadlines.running(case, Stage.HANDLE)
    if clock is not None and clock.is_paused(at):
        raise Refused(_("The handling time is paused: end the pause first."))


def _must_be_readable(case: Case, above: Unit, at: datetime) -> None:
    """Refuse to raise a restricted case to where nobody who dispatches may read it."""
    dispatchers = above.posts.held_on(localdate(at)).filter(role=Role.DISPATCHER)
    if case.is_restricted and not case.named.filter(user__in=dispatchers.values("user")).exists():
        said = _("This case is restricted: first name the dispatcher at %(centre)s who may see it.")
        raise Refused(said % {"centre": above})
