"""The scripted clerks of a replay: they hold real posts, take real steps, and cannot sign in."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from fengqiao.intake.importing.files import FileRefused
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import County

SINCE = date(2017, 1, 1)  # the calendar begins here


@dataclass(frozen=True, slots=True)
class Crew:
    """Who takes the steps, and the units that handle, each with its handler."""

    centre: Unit
    clerk: User
    dispatcher: User
    units: tuple[Unit, ...]
    handlers: tuple[User, ...]


def muster(county: County) -> Crew:
    """Find the scripted clerks of a county, or make them."""
    here = Unit.objects.filter(county=county.code, region=county.region, valid_to=None).order_by("code")
    centre = here.filter(kind=Unit.Kind.CENTRE).first()
    units = tuple(here.filter(kind=Unit.Kind.DEPARTMENT))
    if centre is None or not units:
        raise FileRefused(_("%(county)s has no centre or no departments; set it up first.") % {"county": county})
    return Crew(
        centre=centre,
        clerk=_enlist(county, "clerk", _("Import: intake"), Role.CLERK, centre),
        dispatcher=_enlist(county, "dispatcher", _("Import: dispatch"), Role.DISPATCHER, centre),
        units=units,
        handlers=tuple(_enlist(county, unit.code, _("Import: handling"), Role.HANDLER, unit) for unit in units),
    )


def _enlist(county: County, name: str, label: str, role: Role, unit: Unit) -> User:
    """Find one of them by name, or make them with their post."""
    said = {"name": label, "county": county.code, "password": make_password(None)}
    user, _new = User.objects.get_or_create(username=f"import.{name}.{county.code}", defaults=said)
    Post.objects.get_or_create(
        county=county.code, user=user, role=role, region=county.region, unit=unit, starts_on=SINCE
    )
    return user
