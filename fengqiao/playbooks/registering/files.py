"""A register sent in as a table: looked through first, then taken over as a whole or not at all."""

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused, require
from fengqiao.mediation.keeping import may_keep
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.alone import one_at_a_time
from fengqiao.people.transitions.logging import write
from fengqiao.playbooks.redrawing.grid_sheet import decode
from fengqiao.playbooks.registering import committees, mediators

Register = Literal["committees", "mediators"]
NAMES: tuple[Register, ...] = ("committees", "mediators")
ACTS = {"committees": StaffLog.Act.CHANGED_COMMITTEE, "mediators": StaffLog.Act.CHANGED_MEDIATOR}
Plan = committees.Plan | mediators.Plan


def text_of(raw: bytes) -> str:
    """Read the bytes as UTF-8, with or without a mark, or as the GBK that spreadsheets write."""
    text = decode(raw)
    if text is None:
        raise Refused(_("This is neither UTF-8 nor GBK; save the file as CSV again."))
    return text


def look_through(register: Register, text: str, *, by: User, at: datetime) -> Plan:
    """Compare a table with the register as it is now; nothing changes."""
    require(may_keep(by, at))
    return _plan(register, text, by.county, at)


@transaction.atomic
def apply(register: Register, text: str, *, by: User, at: datetime) -> Plan:
    """Take a table over, all of it or nothing; a second time it changes nothing."""
    require(may_keep(by, at))
    one_at_a_time(by.county)
    made = _plan(register, text, by.county, at)
    if made.faults:
        raise Refused(_("The file has errors; nothing was taken over."))
    if isinstance(made, committees.Plan):
        committees.carry_out(made, at)
    else:
        mediators.carry_out(made, at)
    write(ACTS[register], by=by, at=at, facts={"did": _("Took over a table"), "counts": counted(made)})
    return made


def counted(made: Plan) -> str:
    """Say in a line what a table changes."""
    counts = {"new": len(made.new), "changed": len(made.changed), "unchanged": made.unchanged}
    return _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged.") % counts


def _plan(register: Register, text: str, county: str, at: datetime) -> Plan:
    return (committees.plan if register == "committees" else mediators.plan)(county, text, at)
