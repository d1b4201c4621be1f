"""Writing down each look at something sensitive."""

from datetime import datetime
from uuid import UUID

from fengqiao.people.models import User
from fengqiao.rights.models import AccessLog


def record_look(
    look: AccessLog.Look, *, county: str, kind: str, thing: UUID, user: User, at: datetime, reason: str = ""
) -> AccessLog:
    """Add a line to the access log."""
    return AccessLog.objects.create(county=county, look=look, kind=kind, thing=thing, user=user, at=at, reason=reason)
