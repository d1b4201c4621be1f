"""From the answers of the triage form to what a case is opened with, and at which centre."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Nature, Urgency
from fengqiao.intake.queries import centre_for
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Unit, User


def opening_from(answers: dict[str, Any], centre: Unit) -> Opening:
    """Read the codes of the form's choices."""
    return Opening(
        title=answers["title"],
        kind=Kind(answers["kind"]),
        nature=Nature(answers["nature"]),
        region=answers["region"],
        centre=centre,
        category=answers["category"],
        urgency=Urgency(answers["urgency"]),
        is_restricted=answers["is_restricted"],
        complained_unit=answers["complained_unit"],
    )


def centre_of(user: User, county: str, at: datetime) -> Unit:
    """Give the centre at which this user opens a county's cases; a county without one is refused."""
    centre = centre_for(user, county, at)
    if centre is None:
        raise Refused(_("The county has no centre yet; an administrator must set one up."))
    return centre
