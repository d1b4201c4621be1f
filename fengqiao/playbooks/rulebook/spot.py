"""What may be settled on the spot, and what the review asks about: changed limits are a new row from their own day."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused, require
from fengqiao.mediation.models import SpotLimits
from fengqiao.mediation.spotlimits import in_yuan, limits_of, names_of
from fengqiao.people import policy
from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions.alone import one_at_a_time
from fengqiao.people.transitions.logging import write

MOST_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be settled on the spot, how late it is written down, and from what on a record raises a question."""

    most: Decimal | None
    late_days: int
    never: tuple[str, ...]
    in_an_hour: int
    alike: int
    near: int
    days: int


def limits_in(county: str, at: datetime) -> tuple[SpotLimits, list[SpotLimits]]:
    """Give the limits in force, and those that follow on a later day."""
    later = SpotLimits.objects.filter(county=county, valid_from__gt=localdate(at)).order_by("valid_from")
    return limits_of(county, localdate(at)), list(later)


@transaction.atomic
def change_limits(said: Limits, *, on: date, by: User, at: datetime) -> SpotLimits:
    """Let other limits hold from a day on; what was settled before that day is measured by those of its own day."""
    require(policy.may(by, "rules", at))
    one_at_a_time(by.county)
    if on < localdate(at):
        raise Refused(_("A rule changes today at the earliest: nobody is measured by what they could not know."))
    _check(said)
    known = limits_of(by.county, on)
    values = {each.name: getattr(said, each.name) for each in fields(said)} | {"never": list(said.never)}
    if all(getattr(known, name) == value for name, value in values.items()):
        raise Refused(_("Nothing was changed."))
    made, _new = SpotLimits.objects.update_or_create(county=by.county, valid_from=on, defaults=values)
    words = {"rule": _("Settled on the spot"), "from": on.isoformat(), "limits": in_words(made)}
    write(StaffLog.Act.CHANGED_RULE, by=by, at=at, facts=words)
    return made


def in_words(limits: SpotLimits) -> str:
    """Say what may be settled on the spot: the sum, the types that may not, and how late."""
    parts = [_("%(days)d days") % {"days": limits.late_days}]
    parts += [_("%(sum)s yuan") % {"sum": in_yuan(limits.most)}] if limits.most is not None else []
    parts += [_("not: %(types)s") % {"types": names_of(limits)}] if limits.never else []
    return " · ".join(parts)


def _check(said: Limits) -> None:
    """Refuse a review that would look back less far than a record may be written late."""
    if not 0 < said.days <= MOST_DAYS or said.late_days > said.days:
        raise Refused(_("The review looks back at least as many days as a record may be late, and at most 365."))
    if not 0 < said.near <= 100 or said.alike < 2 or said.in_an_hour < 1:
        raise Refused(_("At least two records are alike, by 1 to 100 per cent."))
