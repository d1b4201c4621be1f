"""One thing that cannot be done is put aside and reported; the rest goes on."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db.models import F

from fengqiao.oversight.models import Fault

PAUSE = timedelta(hours=1)
logger = logging.getLogger(__name__)


class Subject(Protocol):
    """A row that something is to be done about."""

    pk: UUID
    county: str


class Careful:
    """Does one thing after another and keeps count; what fails is put aside for an hour."""

    def __init__(self, kind: str, at: datetime) -> None:
        self.kind, self.at = kind, at
        self.done = self.failed = 0
        known = Fault.objects.filter(kind=kind).values_list("subject", "retry_at")
        self._known = dict(known)

    def waits(self, subject: UUID) -> bool:
        """Test if this subject failed within the hour; a longer wait comes from a clock that was set back."""
        return subject in self._known and self.at < self._known[subject] <= self.at + PAUSE

    def attempt(self, subject: Subject, act: Callable[[], bool], *, put_aside: Callable[[], object]) -> None:
        """Do one thing, which says whether there was anything to do; if it fails, put it aside and report it."""
        try:
            self.done += act()
        except Exception as error:
            logger.exception("%s: %s could not be done and is put aside for an hour", self.kind, subject.pk)
            self.failed += 1
            put_aside()
            self._report(subject, error)
        else:
            self._forget(subject)

    def _report(self, subject: Subject, error: Exception) -> None:
        what = {"error": type(error).__name__, "last_at": self.at, "retry_at": self.at + PAUSE}
        Fault.objects.update_or_create(
            county=subject.county,
            kind=self.kind,
            subject=subject.pk,
            defaults={**what, "failures": F("failures") + 1},
            create_defaults=what,
        )

    def _forget(self, subject: Subject) -> None:
        if subject.pk in self._known:
            Fault.objects.filter(kind=self.kind, subject=subject.pk).delete()
