"""A case goes along when its place or a unit that has it is no more. By rule, never by hand; no clock is touched."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fengqiao.cases.models import Case
from fengqiao.cases.transitions.taking import Words, taking
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Actor
from fengqiao.people.models import Unit
from fengqiao.places.models import Region

# The rules by which it happens, in the words the log line carries.
PLACE_FOLLOWS = gettext_noop("the place was closed, merged or moved")
UNIT_FOLLOWS = gettext_noop("the unit was closed or merged")


class AlreadyThere(Refused):
    """The case has gone along before; another worker, or a step, was quicker."""


def to_place(case: Case, to: Region, *, by: Actor, at: datetime) -> Case:
    """Let a case lie in the place that took over from its own, or at the new path of its own."""
    words = Words(facts={"place_was": case.region.name, "place": to.name})
    with taking("repoint", case, by=by, at=at, words=words) as case:
        if (case.region_id, case.path) == (to.pk, to.path):
            raise AlreadyThere(_("It lies there already."))
        _county, case.township, case.village, case.grid = to.ancestor_codes()
        case.region, case.path = to, to.path
    return case


def to_unit(case: Case, *, was: Unit, to: Unit, by: Actor, at: datetime) -> Case:
    """Put one unit in the place of another: as lead, as centre, and among those that assist in this round."""
    words = Words(facts={"unit_was": was.name, "unit_now": to.name})
    with taking("repoint", case, by=by, at=at, words=words) as case:
        _must_be_in_its_hands(case, was)
        if case.lead_id == was.pk:
            _must_not_be_complained_of(case, to)
            case.lead = to
        if case.centre_id == was.pk:
            case.centre = to
        _pass_on_assistance(case, was, to)
    return case


def _must_be_in_its_hands(case: Case, unit: Unit) -> None:
    """Refuse where a unit neither leads nor assists nor is the centre: there is nothing to take over."""
    asked = case.assists.filter(unit=unit, round=case.round)
    if unit.pk not in (case.lead_id, case.centre_id) and not asked.exists():
        raise AlreadyThere(_("%(unit)s has nothing to do with it any more.") % {"unit": unit})


def _must_not_be_complained_of(case: Case, to: Unit) -> None:
    """Refuse to hand a complaint to the unit complained of; nothing about the case is told."""
    if case.complained_unit_id == to.pk:
        raise Refused(_("%(unit)s cannot take over one of the cases; choose another successor.") % {"unit": to})


def _pass_on_assistance(case: Case, was: Unit, to: Unit) -> None:
    """Let the new unit assist where the old one did, unless it assists already; if it leads, neither assists."""
    asked = case.assists.filter(round=case.round)
    if case.lead_id == to.pk:
        asked.filter(unit__in=[was, to]).delete()
    elif asked.filter(unit=to).exists():
        asked.filter(unit=was).delete()
    else:
        asked.filter(unit=was).update(unit=to)
