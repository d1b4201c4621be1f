"""Who may take in, triage and review reports."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fengqiao.cases.models import Assist
from fengqiao.cases.scope import held_posts
from fengqiao.cases.withdrawals import still_wanted
from fengqiao.cases.workflow import ENDED, OPEN
from fengqiao.cases.workflow import Status as CaseStatus
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Outcome, Status
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.verdict import YES, Verdict
from fengqiao.people.actors import Resident
from fengqiao.people.models import Post, Role, User
from fengqiao.places.models import Region

TAKES: dict[str, frozenset[Role]] = {
    "receive": frozenset({Role.CLERK, Role.GRID_WORKER, Role.MEDIATOR}),
    "triage": frozenset({Role.CLERK, Role.DISPATCHER}),
    "review": frozenset({Role.CLERK, Role.DISPATCHER}),
    "reissue_secret": frozenset({Role.CLERK}),
}
AT_THE_COUNTER = TAKES["receive"] - {Role.MEDIATOR}  # a mediator takes in disputes for the own committee alone
REVEAL = frozenset({Role.CLERK, Role.DISPATCHER, Role.SUPERVISOR, Role.HANDLER})  # who calls residents

FILED = frozenset({CaseStatus.ARCHIVED, CaseStatus.REVISITED})


def may_receive(user: User, region: Region, at: datetime) -> Verdict:
    """Say whether this user may take in a report about this region."""
    return _judge(user, "receive", region.path, at)


def may(user: User, verb: str, report: Report, at: datetime) -> Verdict:
    """Say whether this user may take this step on this report, and if not, why."""
    verdict = _judge(user, verb, report.path, at)
    if verdict and not Report.objects.filter(pk=report.pk).visible_to(user, at).exists():
        return Verdict(False, _("Accusations are read by the county centre only."))
    if verdict and verb == "review" and _declined_it(user, report):
        return Verdict(False, _("You declined this report; another clerk must review it."))
    return verdict


def may_return_papers(user: User, report: Report, at: datetime) -> Verdict:
    """Say whether this user may note that an errand's papers went back: who took it, or whoever runs it."""
    if not Report.objects.filter(pk=report.pk).visible_to(user, at).exists():
        return Verdict(False, _("You cannot see this report."))
    lead = report.case.lead_id if report.case else None
    if lead and lead in {post.unit_id for post in held_posts(user, at) if post.role == Role.HANDLER}:
        return YES
    return _judge(user, "receive", report.path, at)


def may_reveal(user: User, report: Report, at: datetime) -> Verdict:
    """Say whether this user may see whom to call about a report, and if not, why."""
    return reveals(held_posts(user, at), [report])[report.pk]


def reveals(posts: list[Post], reports: Iterable[Report]) -> dict[UUID, Verdict]:
    """Judge the contacts of several reports at once; a unit no longer sees them once it has concluded."""
    reports = list(reports)
    # Most cases have no helpers, and a report that was fetched for a case page knows that.
    cases = {report.case_id for report in reports if report.case_id and getattr(report, "has_helpers", True)}
    helping = {(case, assist.unit_id) for case in cases for assist in _HELPING(case)}
    return {report.pk: _reveals(posts, report, helping) for report in reports}


def may_correct(report: Report, by: Resident) -> Verdict:
    """Say whether this resident may change how they are reached; only whoever brought the report."""
    return YES if by.report == report.pk else Verdict(False, _("This report is not yours."))


def may_erase(report: Report, by: Resident) -> Verdict:
    """Say whether this resident may have their contact deleted: once nobody has to call them about the matter."""
    done = report.case.status in FILED if report.case else report.status in (Status.DECLINED, Status.WITHDRAWN)
    if done:
        return may_correct(report, by)
    said = _(
        "The matter is still open and someone may have to call you. Once it is archived the contact can be deleted."
    )
    return Verdict(False, said)


def may_withdraw(report: Report, by: Resident) -> Verdict:
    """Say whether this resident may take the report back: as long as no clerk has decided on it."""
    if report.status == Status.RECEIVED:
        return may_correct(report, by)
    return Verdict(False, _("A clerk has decided on it already, so it cannot simply be taken back."))


def may_give_up(report: Report, by: Resident) -> Verdict:
    """Say whether this resident may ask that their matter be ended: once, while somebody works on it."""
    case = report.case
    if case is None or case.status not in OPEN:
        return Verdict(False, _("Nobody works on it now."))
    if report.code not in still_wanted(case):
        return Verdict(False, _("You have asked to withdraw it; the unit that has the matter answers you here."))
    return may_correct(report, by)


def _reveals(posts: list[Post], report: Report, helping: set[tuple[UUID, UUID]]) -> Verdict:
    """Judge one report's contact by the posts held."""
    case = report.case
    calling = [post for post in posts if post.role in REVEAL]
    hands = [post for post in calling if case and (case.lead_id == post.unit_id or (case.pk, post.unit_id) in helping)]
    if case and hands and case.status in ENDED:
        return Verdict(False, _("The unit has concluded: its contact with the resident now goes through the centre."))
    area = [post for post in calling if post.role != Role.HANDLER and _answers_for(post, report)]
    return YES if hands or area else Verdict(False, _("Your post does not call residents about this."))


def _answers_for(post: Post, report: Report) -> bool:
    """Test if a report was told about the area of the post, or its matter was found to lie there."""
    return _covers(post, report.path) or (report.case is not None and _covers(post, report.case.path))


def _covers(post: Post, path: str) -> bool:
    """Test if a path lies in the area of a post."""
    return f"{path}.".startswith(f"{post.region.path}.")


def _judge(user: User, verb: str, path: str, at: datetime) -> Verdict:
    """Judge by role and area."""
    posts = [post for post in held_posts(user, at) if post.role in TAKES[verb]]
    if not posts:
        return Verdict(False, _("Your post does not take this step."))
    if not any(_covers(post, path) for post in posts):
        return Verdict(False, _("This report is outside the area you answer for."))
    return YES


def _declined_it(user: User, report: Report) -> bool:
    """Test if this user was one of those who declined the report."""
    return report.decisions.filter(outcome=Outcome.DECLINED, by=user).exists()


def _helping(_shape: object, case: UUID) -> QuerySet[Assist]:
    return Assist.objects.filter(case=case)


_HELPING: Prepared[Assist] = Prepared(_helping)
