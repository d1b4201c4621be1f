"""Writing down each look at something sensitive, and each change residents make to what is held about them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from fengqiao.people.models import User
from fengqiao.rights.models import AccessLog, DataChange


def record_look(
    look: AccessLog.Look, *, county: str, kind: str, thing: UUID, user: User, at: datetime, reason: str = ""
) -> AccessLog:
    """Add a line to the access log."""
    return AccessLog.objects.create(county=county, look=look, kind=kind, thing=thing, user=user, at=at, reason=reason)


def record_change(
    what: DataChange.What, *, county: str, report: UUID, at: datetime, parts: Iterable[str] = ()
) -> DataChange:
    """Add a line about a resident's own change; what stood there before is not written down."""
    return DataChange.objects.create(county=county, what=what, report=report, parts=",".join(parts), at=at)
