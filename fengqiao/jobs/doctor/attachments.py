"""The files: each row's file is there and holds what the row says."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from django.utils.translation import gettext as _

from fengqiao.files import keeping
from fengqiao.files.models import Attachment, CoveredCopy
from fengqiao.jobs.doctor.findings import Finding, fault, good


def files(at: datetime) -> Iterator[Finding]:
    """Examine every attachment: read its file and compute its digest again."""
    count = wrong = 0
    kept = Attachment.objects.filter(basket__isnull=True).order_by("pk").iterator()
    for row in chain[Attachment | CoveredCopy](kept, CoveredCopy.objects.order_by("pk").iterator()):
        count += 1
        if finding := _examined(row):
            wrong += 1
            yield finding
    if not wrong:
        yield good(_("All %(count)s files are there and whole.") % {"count": count})


def _examined(row: Attachment | CoveredCopy) -> Finding | None:
    which = {"file": keeping.path_of(row.pk)}
    try:
        found = keeping.digest_of(keeping.path_of(row.pk))
    except OSError:
        return fault(_("The file %(file)s is missing.") % which, _("Put it back from a backup; its row is kept."))
    if found != row.digest:
        return fault(_("The file %(file)s is not the one that was sent.") % which, _("Put it back from a backup."))
    return None
