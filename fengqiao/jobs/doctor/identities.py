"""Whether the identity numbers kept for papers can be opened, and by us alone."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from fengqiao.jobs.doctor.findings import Finding, fault, good
from fengqiao.mediation.identity import BadKeys, CannotOpen, Ring, read_ring, unseal
from fengqiao.mediation.models import Identity

OTHERS = 0o077


def keys(at: datetime) -> Iterator[Finding]:
    """Examine whether each number has its key, whether that key opens it, and who can read the file of keys."""
    path: Path = settings.IDENTITY_KEY_FILE
    try:
        faults = list(_closed(read_ring(path), path))
    except (BadKeys, UnicodeDecodeError):
        faults = [
            fault(
                _("The file of the keys of identity numbers holds a line that is no key."),
                _("Put %(path)s back from the safe.") % {"path": path},
            )
        ]
    yield from faults
    if path.is_file() and path.stat().st_mode & OTHERS:
        yield fault(
            _("Others on this machine can read the keys of identity numbers."),
            _("Run: chmod 600 %(path)s") % {"path": path},
        )
    elif not faults:
        yield good(_("Identity numbers open, and nobody else can read their keys."))


def _closed(ring: Ring, path: Path) -> Iterator[Finding]:
    """Say which numbers have no key: the file is missing, or is another one; and which key is not what it says."""
    lost = Identity.objects.exclude(key_id__in=list(ring)).count()
    if lost and not path.exists():
        yield fault(
            _("The file of the keys of identity numbers is missing; %(count)d numbers do not open.") % {"count": lost},
            _("Put %(path)s back from the safe.") % {"path": path},
        )
    elif lost:
        yield fault(
            _("No key opens %(count)d identity numbers.") % {"count": lost},
            _("Add the lines of the identity.key in the safe to %(path)s, below those that are there.")
            % {"path": path},
        )
    for key_id in ring:
        if not _opens(key_id, ring):
            yield fault(
                _("The key %(key)s of identity numbers is not the one they were sealed with.") % {"key": key_id},
                _("Put the line of this key in %(path)s right from the safe.") % {"path": path},
            )


def _opens(key_id: str, ring: Ring) -> bool:
    """Try a key on the newest number sealed with it; nothing of the number is kept."""
    one = Identity.objects.filter(key_id=key_id).order_by("-at").first()
    if one is None:
        return True
    try:
        unseal(bytes(one.sealed), key_id=key_id, ring=ring, county=one.county, party=one.party_id)
    except CannotOpen:
        return False
    return True
