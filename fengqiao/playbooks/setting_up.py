"""Set a county up from a playbook; doing it again adds what is missing and leaves what the county has changed."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.cases import rules as clock_rules
from fengqiao.cases.models import ClockRule
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.people.models import Presence, Unit
from fengqiao.places import calendar, counties
from fengqiao.places.centres import found_centres
from fengqiao.places.loader import load_hours
from fengqiao.places.models import County, Level, Region
from fengqiao.playbooks.categories import load_categories
from fengqiao.playbooks.model import Body, Clocks, Playbook
from fengqiao.playbooks.preparing import founding
from fengqiao.playbooks.rulebook.replies import load_replies
from fengqiao.playbooks.table import PlaybookError


@dataclass(frozen=True, slots=True)
class SetUp:
    """The county that now stands, and how much of it is new."""

    county: County
    centres: int
    units: int
    rules: int
    categories: int
    ladders: int
    committees: int


@transaction.atomic
def set_up(playbook: Playbook) -> SetUp:
    """Set the county up."""
    region = _region(playbook.place.code)
    county = _found(playbook, region)
    load_hours(county.code, playbook.hours)
    calendar.forget()
    units = _add_units(county.code, playbook)
    _add_presence(county.code, playbook)
    load_replies(county.code, playbook.replies)
    founding.add_spot_limits(county.code, playbook.on_the_spot)
    return SetUp(
        county=county,
        centres=found_centres(county.code) + found_centres(playbook.parent_centre.county),
        units=units,
        rules=_add_rules(county.code, playbook.clocks),
        categories=load_categories(county.code),
        ladders=founding.add_ladders(county.code, playbook.ladders),
        committees=founding.found_committees(county.code, region, playbook),
    )


def _region(county: str) -> Region:
    """Find the region that a county, or a prefecture's own level, is."""
    region = Region.objects.filter(county=county, level__in=[Level.COUNTY, Level.PREFECTURE]).order_by("path").first()
    if region is None:
        raise PlaybookError(_("The divisions of %(county)s are not loaded; run load_reference.") % {"county": county})
    return region


def _found(playbook: Playbook, region: Region) -> County:
    """Enter the county; one that stands on another playbook is not turned over."""
    place = playbook.place
    said = {"tag": place.tag, "name": place.name, "region": region, "playbook": playbook.key}
    county, _new = County.objects.get_or_create(code=place.code, defaults=said)
    counties.forget()
    if county.playbook != playbook.key:
        raise PlaybookError(
            _("%(county)s was set up from “%(other)s”; a second playbook is not laid over it.")
            % {"county": county, "other": county.playbook}
        )
    return county


def _add_rules(county: str, clocks: Clocks) -> int:
    """Add the clock rules of this version; a rule once in force is never changed, since clocks name its version."""
    begins = datetime.combine(clocks.valid_from, time(0), SHANGHAI)
    added = 0
    for span in clocks.rules:
        said = {
            "amount": span.amount,
            "unit": span.unit,
            "extendable_by": span.extendable_by,
            "pausable_days": span.pausable_days,
            "valid_from": begins,
        }
        rule, new = ClockRule.objects.get_or_create(
            county=county,
            stage=span.stage,
            urgency=span.urgency,
            version=clocks.version,
            defaults=said,
        )
        added += new
        clock_rules.forget()
        if any(getattr(rule, name) != value for name, value in said.items()):
            which = {"stage": span.stage, "version": clocks.version}
            raise PlaybookError(_("The rule for “%(stage)s” has changed: give it a new version (%(version)s).") % which)
    return added


def _add_units(county: str, playbook: Playbook) -> int:
    """Add the units that are missing: the centres, the departments, and those of townships and villages."""
    region, above = _region(county), _region(playbook.parent_centre.county)
    wanted = [_unit(playbook.parent_centre, above), _unit(playbook.centre, region)]
    wanted += [_unit(body, region) for body in playbook.units]
    wanted += _of_townships(county, playbook) + _of_villages(county, playbook)
    known = set(Unit.objects.filter(county__in={county, above.county}).values_list("county", "code"))
    return len(Unit.objects.bulk_create(unit for unit in wanted if (unit.county, unit.code) not in known))


def _add_presence(county: str, playbook: Playbook) -> None:
    """Let units take part in the work of the county's centre where nothing was ever said about them."""
    units = {unit.code: unit for unit in Unit.objects.filter(county=county)}
    centre = units[playbook.centre.code]
    known = set(Presence.objects.filter(centre=centre).values_list("unit__code", flat=True))
    Presence.objects.bulk_create(
        Presence(county=county, centre=centre, unit=units[each.unit], mode=each.mode, window=each.window)
        for each in playbook.presence
        if each.unit not in known and units[each.unit].valid_to is None
    )


def _unit(body: Body, region: Region) -> Unit:
    return Unit(
        county=body.county,
        code=body.code,
        name=body.name,
        short_name=body.short_name,
        kind=body.kind,
        region=region,
        phone=body.phone,
    )


def _of_townships(county: str, playbook: Playbook) -> list[Unit]:
    """Build each township's office and centre."""
    units = []
    for region in Region.objects.filter(county=county, level=Level.TOWNSHIP, valid_to=None).order_by("sort_key"):
        office, centre = (name.format(place=region.name) for name in (playbook.office_name, playbook.centre_name))
        code, short = region.short_code, region.name
        units += [
            _unit(Body(f"office-{code}", office, short, Unit.Kind.TOWNSHIP, county), region),
            _unit(Body(f"centre-{code}", centre, centre, Unit.Kind.CENTRE, county), region),
        ]
    return units


def _of_villages(county: str, playbook: Playbook) -> list[Unit]:
    """Build the committees that take cases themselves."""
    codes = playbook.committees_of
    found = {region.code: region for region in Region.objects.filter(county=county, code__in=codes)}
    for code in codes:
        if code not in found:
            raise PlaybookError(_("villages.committees_of: there is no village %(code)s.") % {"code": code})
    return [_committee(found[code]) for code in codes]


def _committee(region: Region) -> Unit:
    township = region.parent.name if region.parent else ""
    name = region.name if region.name.startswith(township) else f"{township}{region.name}"
    body = Body(f"committee-{region.short_code}", name, region.place_name, Unit.Kind.COMMITTEE, region.county)
    return _unit(body, region)
