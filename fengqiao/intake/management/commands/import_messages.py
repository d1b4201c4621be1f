from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from fengqiao.cases.models import ClockRule, Stage
from fengqiao.intake.importing import rows, totals
from fengqiao.intake.importing.files import FileRefused
from fengqiao.intake.importing.progress import Progress
from fengqiao.intake.importing.replaying import replay
from fengqiao.intake.importing.rows import Checked
from fengqiao.intake.importing.storing import SOURCE, Stored, store
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.places.models import County


class Command(BaseCommand):
    """Take a file of mailbox messages in through the usual door; a second run adds nothing."""

    help = "Import messages (message_id, received_at, title, text) from a CSV file in UTF-8."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether clerks of the script carry the messages on."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replay", action="store_true", help="carry each through the steps by scripted clerks")
        parser.add_argument("--county", default="", help="six digits; not needed where there is one county")

    def handle(self, *, file: Path, county: str, **options: Any) -> None:
        """Check, take in, carry on if asked, and add up."""
        here = _county(county)
        try:
            checked = rows.check(file, since=_rules_begin(here), until=now())
            self._list_faults(checked)
            stored = self._store(here, checked)
            if options["replay"]:
                self._replay(here, checked)
        except FileRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._add_up(here, checked, stored)

    def _list_faults(self, checked: Checked) -> None:
        for fault in checked.faults:
            self.stdout.write(_("Row %(number)d: %(reason)s") % {"number": fault.number, "reason": fault.reason})

    def _store(self, county: County, checked: Checked) -> Stored:
        progress = Progress(_("Taken in"), len(checked.rows), self._out())
        return store(county, checked.rows, progress)

    def _replay(self, county: County, checked: Checked) -> None:
        progress = Progress(_("Carried on"), len(checked.rows), self._out())
        steps = replay(county, checked.rows, now(), progress)
        self.stdout.write(_("%(steps)d steps in %(seconds).0f s") % {"steps": steps, "seconds": progress.seconds})

    def _out(self) -> Any:
        return self.stdout

    def _add_up(self, county: County, checked: Checked, stored: Stored) -> None:
        """Say what became of every row, and what the database counts."""
        counts = {
            "rows": len(checked.rows) + len(checked.faults),
            "added": stored.added,
            "known": stored.known,
            "wrong": len(checked.faults),
        }
        self.stdout.write(
            _("In the file %(rows)d rows: %(added)d added, %(known)d here already, %(wrong)d wrong.") % counts
        )
        found = totals.count(county, SOURCE)
        facts = {"reports": found.reports, "twice": found.twice, "cases": found.in_cases, "waiting": found.waiting}
        self.stdout.write(
            _("By SQL: %(reports)d messages, %(twice)d of them twice; %(cases)d in cases, %(waiting)d waiting.") % facts
        )
        if found.handled:
            share = {"late": found.late, "handled": found.handled, "percent": found.late_percent}
            self.stdout.write(_("Handled late: %(late)d of %(handled)d (%(percent).1f %%).") % share)


def _county(code: str) -> County:
    """Find the county, the only one where none is named."""
    counties = County.objects.select_related("region").filter(**({"code": code} if code else {}))
    if len(counties) != 1:
        raise CommandError(
            _("Name the county with --county; set up: %(codes)s.")
            % {"codes": ", ".join(County.objects.values_list("code", flat=True)) or "–"}
        )
    return counties[0]


def _rules_begin(county: County) -> datetime:
    """Find since when a message has a triage clock."""
    rule = ClockRule.objects.filter(county=county.code, stage=Stage.TRIAGE).order_by("valid_from").first()
    if rule is None:
        raise CommandError(_("%(county)s has no clock rules; load its playbook first.") % {"county": county})
    return rule.valid_from.astimezone(SHANGHAI)
