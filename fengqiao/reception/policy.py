"""Who announces and keeps reception days, and who books."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.scope import held_posts
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Status
from fengqiao.kit.verdict import YES, Verdict
from fengqiao.people.actors import Resident
from fengqiao.people.models import Role, Unit, User
from fengqiao.reception.models import ReceptionDay

KEEPS = frozenset({Role.CLERK, Role.DISPATCHER})


def centres_of(user: User, at: datetime) -> list[Unit]:
    """List the centres at which this user's posts let them announce a day."""
    posts = [post for post in held_posts(user, at) if post.role in KEEPS and post.unit.kind == Unit.Kind.CENTRE]
    return sorted({post.unit for post in posts}, key=lambda unit: unit.code)


def may_keep(user: User, centre: Unit, at: datetime) -> Verdict:
    """Say whether this user may announce, list, note and close the reception days of this centre."""
    if centre.pk in {each.pk for each in centres_of(user, at)}:
        return YES
    return Verdict(False, _("Reception days are kept by the clerks and dispatchers of the centre itself."))


def may_book(report: Report, day: ReceptionDay, by: Resident | User, at: datetime) -> Verdict:
    """Say whether a time on this day may be had for this report, and if not, why."""
    if isinstance(by, Resident) and by.report != report.pk:
        return Verdict(False, _("This report is not yours."))
    if isinstance(by, User) and not (verdict := _at_the_window(by, report, day, at)):
        return verdict
    if report.county != day.county:
        return Verdict(False, _("This day is held in another county."))
    if report.status == Status.WITHDRAWN:
        return Verdict(False, _("This report was withdrawn; please tell us the matter anew."))
    return _is_open(day, by, at)


def may_change(day: ReceptionDay, report: Report, by: Resident | User, at: datetime) -> Verdict:
    """Say whether a booking on this day may still be moved or cancelled: by its holder until the day opens."""
    if isinstance(by, User):
        return may_keep(by, day.centre, at)
    if by.report != report.pk:
        return Verdict(False, _("This report is not yours."))
    late = Verdict(False, _("The reception has begun; please speak to the desk at the centre."))
    return YES if at < day.begins_at else late


def _at_the_window(user: User, report: Report, day: ReceptionDay, at: datetime) -> Verdict:
    """Judge a clerk: of that centre, and for a report they can see."""
    if not Report.objects.visible_to(user, at).filter(pk=report.pk).exists():
        return Verdict(False, _("You cannot see this report."))
    return may_keep(user, day.centre, at)


def _is_open(day: ReceptionDay, by: Resident | User, at: datetime) -> Verdict:
    """Judge the day itself: residents book until it opens, the window until it closes."""
    if day.is_over:
        return Verdict(False, _("This reception day is no longer open."))
    until = day.ends_at if isinstance(by, User) else day.begins_at
    return YES if at < until else Verdict(False, _("It is too late to book for this day; please choose another one."))
