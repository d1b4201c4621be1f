"""The backups: whether there is one in the data folder, and how old the newest is."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from fengqiao.jobs.doctor.findings import Finding, good, watch

NAME = re.compile(r"fengqiao(?:-[A-Z]+)*-(\d{8}T\d{6})Z\.tar")
OLD_AFTER = timedelta(days=2)


def newest(at: datetime) -> Iterator[Finding]:
    """Examine when the newest backup was made, by its name; those kept elsewhere are not seen from here."""
    folder = settings.DATA_DIR / "backups"
    moments = [_moment(found[1]) for path in folder.glob("*.tar") if (found := NAME.fullmatch(path.name))]
    if not moments:
        yield watch(
            _("There is no backup in %(folder)s.") % {"folder": folder},
            _("Run ./run backup every night, and keep a copy and the secret key on other machines."),
        )
        return
    said = _("The newest backup is %(hours)s hours old.") % {"hours": int((at - max(moments)) / timedelta(hours=1))}
    if at - max(moments) > OLD_AFTER:
        yield watch(said, _("Run ./run backup now, and see why the nightly one did not run."))
    else:
        yield good(said)


def _moment(digits: str) -> datetime:
    return datetime.strptime(digits, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
