"""The machine's clock: whether the record is ahead of it, and whether it ever went back while people worked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, Window
from django.db.models.functions import Lag
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fengqiao.cases.models import CaseLog
from fengqiao.jobs.doctor.findings import Finding, fault, good, watch

SLACK = timedelta(minutes=5)  # a step takes its time when it is asked for, and may wait for another to end


def clock(at: datetime) -> Iterator[Finding]:
    """Examine whether anything was written later than it is now."""
    ahead = CaseLog.objects.filter(at__gt=at + SLACK).order_by("-at").first()
    if ahead is None:
        yield good(_("Nothing in the record is later than the clock of this machine."))
        return
    words = {"now": f"{localtime(at):%Y-%m-%d %H:%M}", "newest": f"{localtime(ahead.at):%Y-%m-%d %H:%M}"}
    yield fault(
        _("The clock says %(now)s, but the record holds a line of %(newest)s: the clock was or is wrong.") % words,
        _("Set it by a time server. Due times begun while it was wrong are counted from there; see to them by hand."),
    )


def order(at: datetime) -> Iterator[Finding]:
    """Examine whether a line is earlier than the one before it in the same log."""
    before = Window(Lag("at"), partition_by="case", order_by="line")
    lines = CaseLog.objects.annotate(before=before).filter(at__lt=F("before") - SLACK)
    count, first = lines.count(), lines.order_by("at").select_related("case").first()
    if first is None:
        yield good(_("No line of a log is earlier than the one before it."))
        return
    words = {"count": count, "case": first.case.number, "line": first.line}
    yield watch(
        _("%(count)s lines are earlier than the one before: the clock went back. See line %(line)s of %(case)s.")
        % words,
        _("Nothing is lost: the order is that of the lines. Keep the clock by a time server."),
    )
