"""What residents change about themselves: how they are reached, whether it is kept, whether the report stands.

The text is never touched. Each change leaves a line that says which parts, and not what stood there before.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.cases.models import RUNNING
from fengqiao.intake.models import Report
from fengqiao.intake.policy import may_correct, may_erase, may_withdraw
from fengqiao.intake.workflow import Status
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, Verdict, require
from fengqiao.people.actors import Resident
from fengqiao.rights.models import DataChange
from fengqiao.rights.transitions import record_change

CONTACT = ("reporter", "phone", "proxy", "proxy_relation")


def correct(report: Report, *, reporter: str, phone: str, by: Resident, at: datetime) -> Report:
    """Set right how the resident is called and reached."""
    with _held(report, may_correct, by) as report:
        wanted = {"reporter": reporter, "phone": phone}
        _write(report, wanted, DataChange.What.CORRECTED, at)
    return report


def erase_contact(report: Report, *, by: Resident, at: datetime) -> Report:
    """Delete name, phone and whoever told it for them; the report itself stays, as the law asks."""
    with _held(report, may_erase, by) as report:
        _write(report, dict.fromkeys(CONTACT, ""), DataChange.What.ERASED, at)
    return report


def withdraw(report: Report, *, by: Resident, at: datetime) -> Report:
    """Take back a report on which nobody has decided; nobody waits for triage any more."""
    with _held(report, may_withdraw, by) as report:
        report.clocks.filter(RUNNING).update(stopped_at=at, alert_at=None, alert_level=0)
        report.status, report.due_at = Status.WITHDRAWN, None
        report.save(update_fields=["status", "due_at"])
        record_change(DataChange.What.WITHDRAWN, county=report.county, report=report.pk, at=at)
    return report


@contextmanager
def _held(report: Report, judge: Callable[[Report, Resident], Verdict], by: Resident) -> Iterator[Report]:
    """Hold the report locked, read again, while its bearer changes it."""
    with transaction.atomic():
        report = hold(Report, report.pk)
        require(judge(report, by))
        yield report


def _write(report: Report, wanted: dict[str, str], what: DataChange.What, at: datetime) -> None:
    parts = [name for name, value in wanted.items() if getattr(report, name) != value]
    if not parts:
        raise Refused(_("There is nothing to change."))
    for name in parts:
        setattr(report, name, wanted[name])
    report.save(update_fields=parts)
    record_change(what, county=report.county, report=report.pk, parts=parts, at=at)
