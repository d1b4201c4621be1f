"""Set what was acknowledged against what the database and the disk hold."""

import time
from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from bench.faults.journal import Act, Journal
from fengqiao.cases.models import CaseClock, CaseLog, Unfollowed
from fengqiao.cases.workflow import WITH_A_LEAD
from fengqiao.files import keeping
from fengqiao.files.models import Arrival, Attachment, CoveredCopy
from fengqiao.files.transitions import sweeping
from fengqiao.intake.models import Decision, Report, ReportClock
from fengqiao.jobs.doctor import attachments, chains, clocks
from fengqiao.jobs.doctor.findings import Mark
from fengqiao.oversight.models import Notice

SETTLES_WITHIN = 90.0  # seconds: a job that a killed worker held is taken up again after half a minute
TWO_DAYS = timedelta(days=2)


def settled() -> dict[str, Any]:
    """Wait until the worker has caught up; say what is left over."""
    until = time.monotonic() + SETTLES_WITHIN
    while time.monotonic() < until and (left := _left_over())["unfollowed"] + left["abandoned_jobs"]:
        time.sleep(0.5)
    return _left_over()


def _left_over() -> dict[str, int]:
    """Count the lines that nobody followed, and the jobs held by nobody who lives."""
    silent = now() - timedelta(seconds=30)
    doing = ProcrastinateJob.objects.filter(status="doing")
    held = doing.filter(worker__last_heartbeat__gte=silent).count()
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    owed = Unfollowed.objects.filter(retry_at__lte=now()).count()
    return {"unfollowed": owed, "abandoned_jobs": doing.count() - held, "failed_jobs": failed}


def compared(journal: Journal) -> dict[str, Any]:
    """Count what was acknowledged and is not there, and what is there twice."""
    lost, doubled = [], []
    for act in journal.acts:
        times = _times(act)
        lost += [f"{act.kind} {act.mark}"] if act.is_acknowledged and times == 0 else []
        doubled += [f"{act.kind} {act.mark}"] if times > 1 else []
    lost += _files_lost(journal)
    doubled += _doubled()
    return {"lost": len(lost), "doubled": len(doubled), "which": [*lost, *doubled][:10]}


def _times(act: Act) -> int:
    """Count how often an act stands in the database."""
    if act.kind == "report":
        return Report.objects.filter(submission=str(act.submission), text__contains=act.mark).count()
    if act.kind == "open":
        return Decision.objects.filter(report__code=act.code, case__title=act.mark).count()
    lines = CaseLog.objects.filter(case__number=act.case, verb=act.kind)
    if act.kind in ("dispatch", "add_progress"):
        return lines.filter(note__contains=act.mark).count()
    return lines.filter(public__contains=act.mark).count() if act.kind == "conclude" else lines.count()


def _files_lost(journal: Journal) -> list[str]:
    kept = set(Attachment.objects.filter(basket=None).values_list("digest", flat=True))
    return [f"file of {act.kind} {act.mark}" for act in journal.acknowledged if not kept.issuperset(act.files)]


def _doubled() -> list[str]:
    """Find what may stand only once: words told, clocks started, files attached."""
    told = Notice.objects.filter(line__isnull=False).values("line", "unit", "kind")
    alerts = Notice.objects.filter(case_clock__isnull=False).values("case_clock", "level")
    clocked = CaseClock.objects.values("case", "round", "stage")
    awaited = ReportClock.objects.values("report", "stage")
    files = Attachment.objects.filter(basket=None).values("thing", "digest")
    found = []
    for name, rows in [("notice", told), ("alert", alerts), ("clock", clocked), ("clock", awaited), ("file", files)]:
        found += [f"{name} {row}" for row in rows.annotate(times=Count("pk")).filter(times__gt=1).order_by()]
    return found


def untold() -> int:
    """Count the dispatches of which the unit was told twice, or not at all although it still has the case."""
    lines = CaseLog.objects.filter(verb="dispatch").values_list("pk", "case__status")
    told = Counter(Notice.objects.filter(kind=Notice.Kind.DISPATCHED).values_list("line", flat=True))
    return sum(told[line] > 1 or (told[line] == 0 and status in WITH_A_LEAD) for line, status in lines)


def examined() -> list[str]:
    """Let the doctor go over the record: chains, clocks, files."""
    looks = (chains.chains, clocks.all_derivations, clocks.without_clock, attachments.files)
    return [found.text for look in looks for found in look(now()) if found.mark is Mark.FAULT]


def orphans() -> int:
    """Sweep as if two days had passed, then count what lies on the disk and is named by no row."""
    sweeping.sweep(now() + TWO_DAYS)
    named = {
        *Attachment.objects.values_list("pk", flat=True),
        *CoveredCopy.objects.values_list("pk", flat=True),
        *Arrival.objects.values_list("pk", flat=True),
    }
    return sum(id not in named for _path, id in keeping.lying(now() + TWO_DAYS))
