"""A file is looked through first, and applied as a whole or not at all."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused, require
from fengqiao.people import policy
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.logging import write
from fengqiao.places.transitions import Day
from fengqiao.playbooks.models import PlaceFile
from fengqiao.playbooks.redrawing import acts, boundary_sheet, grid_sheet
from fengqiao.playbooks.redrawing.acts import Change
from fengqiao.playbooks.redrawing.boundary_plan import BoundaryPlan, draw_boundaries, plan_boundaries
from fengqiao.playbooks.redrawing.grid_plan import Plan, carry_out, plan


class Sent(NamedTuple):
    """A file as somebody sends it in."""

    kind: PlaceFile.Kind
    name: str
    raw: bytes
    on: date
    is_whole: bool = False
    system: str = ""
    source: str = ""


def keep(sent: Sent, *, by: User, at: datetime) -> PlaceFile:
    """Keep a file to be looked through; nothing changes yet."""
    require(policy.may(by, "places", at))
    if sent.on > localdate(at):
        raise Refused(_("A change is entered on its day or afterwards, not ahead of it."))
    text = grid_sheet.decode(sent.raw)
    if text is None:
        raise Refused(_("This is neither UTF-8 nor GBK; save the file as CSV or GeoJSON again."))
    said = sent._asdict() | {"content": text}
    del said["raw"]
    return PlaceFile.objects.create(county=by.county, by=by, at=at, **said)


def look_through(file: PlaceFile) -> Plan | BoundaryPlan:
    """Compare a file with the places as they are now."""
    return plan_of(file) if file.kind == PlaceFile.Kind.GRIDS else boundaries_of(file)


def apply(file: PlaceFile, *, by: User, at: datetime) -> Plan | BoundaryPlan:
    """Take a file over, all of it or nothing."""
    take = apply_grids if file.kind == PlaceFile.Kind.GRIDS else apply_boundaries
    return take(file, by=by, at=at)


def plan_of(file: PlaceFile) -> Plan:
    """Compare a list of grids with the places as they are now."""
    sheet = grid_sheet.read(file.content)
    return plan(file.county, sheet, on=file.on, is_whole=file.is_whole)


def boundaries_of(file: PlaceFile) -> BoundaryPlan:
    """Compare a file of boundaries with the places as they are now."""
    collection = boundary_sheet.read(file.content, file.system)
    return plan_boundaries(file.county, collection, on=file.on)


@transaction.atomic
def apply_boundaries(file: PlaceFile, *, by: User, at: datetime) -> BoundaryPlan:
    """Take over a file of boundaries, all of it or nothing; a second time it changes nothing."""
    require(policy.may(by, "places", at))
    file = PlaceFile.objects.select_for_update().get(pk=file.pk)
    made = boundaries_of(file)
    if made.faults:
        raise Refused(_("The file has errors; nothing was taken over."))
    draw_boundaries(made, file.source, Day(file.on, at))
    counts = {"new": len(made.new), "replaced": len(made.replaced), "unchanged": made.unchanged}
    words = _("%(new)d new, %(replaced)d drawn anew, %(unchanged)d unchanged.") % counts
    _finish(file, StaffLog.Act.DREW_BOUNDARIES, words, by=by, at=at)
    return made


@transaction.atomic
def apply_grids(file: PlaceFile, *, by: User, at: datetime) -> Plan:
    """Take over a list of grids, all of it or nothing; a second time it changes nothing."""
    require(policy.may(by, "places", at))
    file = PlaceFile.objects.select_for_update().get(pk=file.pk)
    made = plan_of(file)
    if made.faults:
        raise Refused(_("The file has errors; nothing was taken over."))
    carry_out(made, file.county, Day(file.on, at))
    for region in made.closed:
        assert region.parent is not None  # a group or a grid hangs on something
        acts.close([region], region.parent, Change(file.on, by, at))
    _finish(file, StaffLog.Act.DREW_GRIDS, counted(made), by=by, at=at)
    return made


def counted(made: Plan) -> str:
    """Say in a line what a list changes."""
    counts = {"new": len(made.new), "renamed": len(made.renamed), "closed": len(made.closed)}
    words = _("%(new)d new, %(renamed)d renamed, %(closed)d closed, %(unchanged)d unchanged.")
    return words % (counts | {"unchanged": made.unchanged})


def _finish(file: PlaceFile, act: StaffLog.Act, counts: str, *, by: User, at: datetime) -> None:
    """Mark a file as taken over, and write down who did it."""
    file.applied_at = file.applied_at or at
    file.save(update_fields=["applied_at"])
    write(act, by=by, at=at, facts={"file": file.name, "on": file.on.isoformat(), "counts": counts})
