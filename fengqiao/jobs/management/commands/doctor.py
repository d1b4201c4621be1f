"""Examine the machine, the worker and the record; say what is wrong and what to do about it."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from fengqiao.jobs.doctor import (
    attachments,
    backups,
    chains,
    clocks,
    identities,
    machine,
    moments,
    outward,
    targets,
    worker,
)
from fengqiao.jobs.doctor.findings import Finding, Mark, fault

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Examination = Callable[[datetime], Iterator[Finding]]
Chapter: TypeAlias = "tuple[StrPromise | str, tuple[Examination, ...]]"

GROUND: tuple[Chapter, ...] = (
    (
        pgettext_lazy("doctor", "Machine"),
        (
            machine.database,
            machine.disk,
            machine.secrets,
            identities.keys,
            moments.clock,
            machine.calendar,
            backups.newest,
        ),
    ),
    (pgettext_lazy("doctor", "Worker"), (worker.pulse, worker.jobs, worker.faults, outward.reachable)),
)
PROMISES = (clocks.provisional, clocks.without_clock, targets.cases, targets.reports)
QUICK = (*GROUND, (pgettext_lazy("doctor", "Record"), (clocks.running_derivations, *PROMISES)))
RECORD: tuple[Chapter, ...] = (
    (
        pgettext_lazy("doctor", "Record"),
        (chains.chains, moments.order, clocks.all_derivations, attachments.files, *PROMISES),
    ),
)
FULL = (*GROUND, *RECORD)
COLOURS = {Mark.GOOD: "SUCCESS", Mark.WATCH: "WARNING", Mark.FAULT: "ERROR"}


class Command(BaseCommand):
    """Print what was examined, one line each; exit with 1 if anything is wrong."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to leave the long examinations out, or to make no others."""
        parser.add_argument(
            "--quick", action="store_true", help="leave out the logs' chains, the files and the stopped clocks"
        )
        parser.add_argument("--record", action="store_true", help="only the record, as after a restore")

    def handle(self, *args: Any, quick: bool, record: bool, **options: Any) -> None:
        """Go through all examinations; without a database only that and the disk."""
        if not machine.is_reachable():
            self._show(fault(_("The database does not answer."), _("Start ./run up, or see to its server.")))
            self._show_all(machine.disk(now()))  # a disk without room is the likeliest reason
            sys.exit(1)
        faults = self._examine(QUICK if quick else RECORD if record else FULL, now())
        self.stdout.write("")
        if faults:
            self.stdout.write(self.style.ERROR(_("%(count)s faults were found.") % {"count": faults}))
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS(_("No fault was found.")))

    def _examine(self, chapters: Iterable[Chapter], at: datetime) -> int:
        faults = 0
        for title, examinations in chapters:
            self.stdout.write(f"\n{title}")
            for examination in examinations:
                faults += self._show_all(examination(at))
        return faults

    def _show_all(self, findings: Iterator[Finding]) -> int:
        faults = 0
        for finding in _unless_broken(findings):
            self._show(finding)
            faults += finding.mark is Mark.FAULT
        return faults

    def _show(self, finding: Finding) -> None:
        colour = getattr(self.style, COLOURS[finding.mark])
        self.stdout.write(f"  {colour(finding.mark.value)} {finding.text}")
        if finding.remedy:
            self.stdout.write(f"      → {finding.remedy}")


def _unless_broken(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Make a fault of an examination that the database refuses, such as one of a table that is not there yet."""
    try:
        yield from findings
    except DatabaseError as error:
        yield fault(
            _("This could not be examined: %(error)s") % {"error": str(error).strip().splitlines()[0]},
            _("See to the faults above first, then run the doctor again."),
        )
