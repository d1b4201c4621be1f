"""Inside the lead unit: the case is given to one of its people. Every other handler of the unit can still act."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.cases.policy import may_look
from fengqiao.cases.transitions.taking import Fact, Words, taking
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Post, Role, User


def assign(case: Case, *, to: User | None, by: User, at: datetime, note: str = "") -> Case:
    """Give a case to one person of the lead unit, or back to the unit as a whole."""
    facts: dict[str, Fact] = {"person": str(to.pk) if to else "", "given_to": str(to or case.lead or "")}
    with taking("assign", case, by=by, at=at, words=Words(note=note, facts=facts)) as case:
        if to == case.assigned_to:
            raise Refused(_("%(person)s has it already.") % {"person": to or case.lead})
        if to is not None and to not in may_be_given(case, at):
            raise Refused(_no_taker(case) % {"person": to, "unit": case.lead})
        case.assigned_to = to
    return case


def may_be_given(case: Case, at: datetime) -> list[User]:
    """List whom the lead unit can give the case to: who handles for it, and sees the case if it is restricted."""
    posts = Post.objects.held_on(localdate(at)).filter(unit=case.lead_id, role=Role.HANDLER, user__is_active=True)
    people = {post.user_id: post.user for post in posts.select_related("user").order_by("user__name")}
    return [person for person in people.values() if may_look(person, case, at)]


def _no_taker(case: Case) -> str:
    """Say why a person cannot have a case."""
    if case.is_restricted:
        return _("%(person)s is not named on this restricted case, or does not handle for %(unit)s.")
    return _("%(person)s does not handle for %(unit)s.")
