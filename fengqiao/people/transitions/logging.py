"""The one writer of the staff log."""

from collections.abc import Mapping
from datetime import datetime

from fengqiao.people.models import StaffLog, Unit, User


def write(
    act: StaffLog.Act,
    *,
    by: User | None,
    at: datetime,
    about: User | None = None,
    unit: Unit | None = None,
    facts: Mapping[str, str] | None = None,
) -> StaffLog:
    """Add a line: who did what, when, about whom; facts are kept in the words of that day."""
    whose = by or about  # a sign-in under a name that nobody has belongs to no county
    county = whose.county if whose else ""
    return StaffLog.objects.create(
        county=county, at=at, act=act, by=by, about=about, unit=unit, facts=dict(facts or {})
    )
