"""Who may take in, triage and review reports."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.scope import held_posts
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Outcome
from fengqiao.kit.verdict import YES, Verdict
from fengqiao.people.models import Role, User
from fengqiao.places.models import Region

TAKES: dict[str, frozenset[Role]] = {
    "receive": frozenset({Role.CLERK, Role.GRID_WORKER}),
    "triage": frozenset({Role.CLERK, Role.DISPATCHER}),
    "review": frozenset({Role.CLERK, Role.DISPATCHER}),
    "reissue_secret": frozenset({Role.CLERK}),
}


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


def _judge(user: User, verb: str, path: str, at: datetime) -> Verdict:
    """Judge by role and area."""
    posts = [post for post in held_posts(user, at) if post.role in TAKES[verb]]
    if not posts:
        return Verdict(False, _("Your post does not take this step."))
    if not any(f"{path}.".startswith(f"{post.region.path}.") for post in posts):
        return Verdict(False, _("This report is outside the area you answer for."))
    return YES


def _declined_it(user: User, report: Report) -> bool:
    """Test if this user was one of those who declined the report."""
    return report.decisions.filter(outcome=Outcome.DECLINED, by=user).exists()
