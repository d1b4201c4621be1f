"""Failed sign-ins: counted by the hour, so that a flood of them fills neither the disk nor the log."""

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from fengqiao.people.models import FailedSignIn, User

MOST_NAMES = 20  # of nobody's accounts, from one address within an hour; what goes beyond shares one row
MOST_ROWS = 1000  # within an hour in all; what goes beyond is counted without its address


def record_failure(name: str, proof: FailedSignIn.Proof, *, address: str, at: datetime) -> FailedSignIn:
    """Count a failed sign-in under a name as it was typed; an account's name is never lost in a crowd of others."""
    name, address = name.replace("\x00", "")[:150], address[:45]
    about = User.objects.filter(username=name).first()
    hour = at.replace(minute=0, second=0, microsecond=0)
    name, address = _within_bounds(name, address, hour, is_known=about is not None)
    row, _is_new = FailedSignIn.objects.get_or_create(
        county=about.county if about else "",
        hour=hour,
        address=address,
        name=name,
        proof=proof,
        defaults={"about": about, "at": at},
    )
    FailedSignIn.objects.filter(pk=row.pk).update(count=F("count") + 1, at=Greatest("at", at))
    return row


def _within_bounds(name: str, address: str, hour: datetime, *, is_known: bool) -> tuple[str, str]:
    """Drop what would make one row too many: first the names of nobody, then the address."""
    rows = FailedSignIn.objects.filter(hour=hour)
    if rows.filter(address=address, name=name).exists():
        return name, address
    if rows.count() >= MOST_ROWS:
        return (name if is_known else ""), ""
    if not is_known and rows.filter(address=address, about=None).count() >= MOST_NAMES:
        return "", address
    return name, address
