"""Whether the identity numbers kept for papers can be opened, and by us alone."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from fengqiao.jobs.doctor.findings import Finding, fault, good
from fengqiao.mediation.identity import BadKeys, Ring, read_ring
from fengqiao.mediation.models import Identity

OTHERS = 0o077


def keys(at: datetime) -> Iterator[Finding]:
    """Examine whether each number has its key, and who can read the file of keys."""
    path = settings.IDENTITY_KEY_FILE
    lost = Identity.objects.exclude(key_id__in=list(_ring())).count()
    if lost:
        yield fault(
            _("No key opens %(count)d identity numbers.") % {"count": lost},
            _("Put %(path)s back from the safe.") % {"path": path},
        )
    if path.is_file() and path.stat().st_mode & OTHERS:
        yield fault(
            _("Others on this machine can read the keys of identity numbers."),
            _("Run: chmod 600 %(path)s") % {"path": path},
        )
    elif not lost:
        yield good(_("Identity numbers open, and nobody else can read their keys."))


def _ring() -> Ring:
    try:
        return read_ring(settings.IDENTITY_KEY_FILE)
    except BadKeys:
        return {}
