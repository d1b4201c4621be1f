"""What one resident's photo may become for the others of the same matter: a copy with faces and numbers covered."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases import policy
from fengqiao.cases.models import Case
from fengqiao.files.models import Attachment, CoveredCopy
from fengqiao.files.pictures import Box
from fengqiao.files.transitions import covering
from fengqiao.files.vocabulary import Parent
from fengqiao.intake.models import Report
from fengqiao.kit.verdict import Refused, Verdict, require
from fengqiao.people.models import User


def may_cover(user: User, file: Attachment, at: datetime) -> Verdict:
    """Say whether this user may cover a photo for others: whoever may write a note on its open case."""
    case = _case_of(file)
    if case is None or not file.is_picture:
        return Verdict(False, _("Only a photo of a report that is in a case can be shown to others."))
    if case.is_restricted:
        return Verdict(False, _("Nothing of a restricted case is shown to others."))
    return policy.may(user, "add_note", case, at)


def cover(file: Attachment, boxes: Sequence[Box], *, by: User, at: datetime) -> CoveredCopy:
    """Make a covered copy of a photo; nobody outside sees it yet."""
    require(may_cover(by, file, at))
    return covering.cover(file, boxes, by=by, at=at)


def show(file: Attachment, *, by: User, at: datetime) -> CoveredCopy:
    """Approve the covered copy: from now on the other residents of the matter see it."""
    require(may_cover(by, file, at))
    return covering.show(file, by=by, at=at)


def hide(file: Attachment, *, by: User, at: datetime) -> None:
    """Show the covered copy no more."""
    verdict = may_cover(by, file, at)
    if not verdict:
        raise Refused(verdict.reason)
    covering.hide(file, by=by, at=at)


def _case_of(file: Attachment) -> Case | None:
    """Find the case of the report a file came with."""
    things = [file.thing] if file.kind == Parent.REPORT and file.thing else []
    report = Report.objects.filter(pk__in=things).select_related("case").first()
    return report.case if report else None
