"""Making notices and marking them seen. Making one twice makes it once: the database keeps it."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case, CaseClock, CaseLog, Stage
from fengqiao.cases.scope import held_posts
from fengqiao.cases.vocabulary import Urgency
from fengqiao.intake.models import ReportClock
from fengqiao.kit.verdict import Refused
from fengqiao.kit.writing import insert
from fengqiao.oversight import owing
from fengqiao.oversight.models import DayNote, Notice
from fengqiao.oversight.owing import Duty
from fengqiao.oversight.scope import addressed_to
from fengqiao.people.models import Role, Unit, User
from fengqiao.places import calendar as calendars

MOVABLE = (Stage.HANDLE, Stage.MEDIATE)  # more time can be given for these
AT_ONCE = timedelta(0)
WORK_IN_SHIFTS = {Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR}


def alert(clock: CaseClock | ReportClock, level: int, *, at: datetime) -> None:
    """Tell whoever owes the act that this share of its time has passed."""
    if isinstance(clock, CaseClock):
        case = clock.case
        duty = owing.of_case(case, clock.stage, at)
        notice = _to(duty, clock.county, is_urgent=_is_urgent(case), at=at)
        notice.case, notice.case_clock = case, clock
    else:
        notice = _to(owing.of_report(clock.report, at), clock.county, is_urgent=False, at=at)
        notice.report, notice.report_clock = clock.report, clock
    notice.kind, notice.level = Notice.Kind.DEADLINE, level
    _keep_once(notice)


def tell(line: CaseLog, kind: Notice.Kind, duty: Duty, *, at: datetime) -> None:
    """Tell a unit of a step that asks for one of its own."""
    notice = _to(duty, line.county, is_urgent=_is_urgent(line.case), at=at)
    notice.case, notice.line, notice.kind = line.case, line, kind
    _keep_once(notice)


def forget_alerts(line: CaseLog) -> None:
    """Take back the alerts of a clock whose due time has moved since, so that the new ones are given in their turn."""
    moved = line.case.clocks.filter(stage__in=MOVABLE).values("pk")
    alerts = Notice.objects.filter(case=line.case_id, case_clock__in=moved, made_at__lte=line.at)
    held = alerts.select_for_update().order_by("pk").values_list("pk", flat=True)
    Notice.objects.filter(pk__in=list(held)).delete()


def see(notice: Notice, *, by: User, at: datetime) -> Notice:
    """Mark a notice as seen by one of those it was for; the first to look is kept."""
    if not Notice.objects.visible_to(by, at).filter(pk=notice.pk).exists():
        raise Refused(_("This notice is for someone else."))
    Notice.objects.filter(pk=notice.pk, seen_at__isnull=True).update(seen_at=at, seen_by=by)
    notice.refresh_from_db()
    return notice


def see_case(case: Case, *, by: User, at: datetime) -> int:
    """Mark everything this user was told about a case they see as seen, because they opened it; say how many."""
    mine = Notice.objects.filter(addressed_to(held_posts(by, at)), case=case, visible_from__lte=at)
    return mine.unseen().update(seen_at=at, seen_by=by)


def leave_note(centre: Unit, on: date, words: str, *, by: User, at: datetime, stays_open: bool = False) -> DayNote:
    """Leave a word about a day for the next shift; what stays open is shown every day until it is settled."""
    if not may_leave_note(centre, by, at):
        raise Refused(_("Only whoever works in the shifts of this centre leaves a note."))
    if not words.strip():
        raise Refused(_("Write what the next shift must know."))
    note = DayNote(county=centre.county, centre=centre, on=on, words=words.strip(), by=by, at=at)
    note.stays_open = stays_open
    note.save(force_insert=True)
    return note


def take_over(centre: Unit, *, by: User, at: datetime) -> int:
    """Say that one has read what the others of this centre left and takes it over; give how many notes that were."""
    if not may_leave_note(centre, by, at):
        raise Refused(_("Only whoever works in the shifts of this centre takes over."))
    left = DayNote.objects.filter(centre=centre, taken_at__isnull=True).exclude(by=by)
    return left.update(taken_by=by, taken_at=at)


def settle(note: DayNote, *, by: User, at: datetime) -> None:
    """Say that what stayed open is settled; it is no longer shown on the days that follow."""
    if not may_leave_note(note.centre, by, at):
        raise Refused(_("Only whoever works in the shifts of this centre settles it."))
    still = DayNote.objects.filter(pk=note.pk, stays_open=True, settled_at__isnull=True)
    if not still.update(settled_by=by, settled_at=at):
        raise Refused(_("This is settled already."))


def may_leave_note(centre: Unit, user: User, at: datetime) -> bool:
    """Test if this user works in the shifts of this centre."""
    return any(post.unit_id == centre.pk and post.role in WORK_IN_SHIFTS for post in held_posts(user, at))


def _to(duty: Duty, county: str, *, is_urgent: bool, at: datetime) -> Notice:
    """Begin a notice: out of office hours it waits for the next open moment, unless it is urgent."""
    shown = at if is_urgent else calendars.of(county).after(at, AT_ONCE)
    return Notice(county=county, unit=duty.unit, role=duty.role, is_urgent=is_urgent, made_at=at, visible_from=shown)


def _is_urgent(case: Case) -> bool:
    return case.urgency == Urgency.URGENT


def _keep_once(notice: Notice) -> None:
    """Write the notice unless it has been made before; either way the transaction goes on."""
    insert(notice, once=True)
