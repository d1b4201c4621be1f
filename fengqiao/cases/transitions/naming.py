"""Who may look at a restricted case is named on it, and unnamed again; the record keeps both."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.models import Case, NamedViewer
from fengqiao.cases.policy import TAKES
from fengqiao.cases.scope import MAY_BE_NAMED
from fengqiao.cases.transitions.taking import Words, taking
from fengqiao.cases.workflow import WITH_A_LEAD
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import Post, Role, User


def unname_viewer(case: Case, person: User, *, reason: str, by: User, at: datetime) -> Case:
    """Take a person's name off a restricted case, so that it no longer exists for them; what they did stays."""
    words = Words(facts={"person": str(person.pk), "name": str(person), "reason": reason})
    with taking("unname_viewer", case, by=by, at=at, words=words) as case:
        named = case.named.filter(user=person)
        if not named.exists():
            raise Refused(_("%(person)s is not named on this case.") % {"person": person})
        rest = case.named.exclude(user=person)
        _refuse_to_strand(case, rest, at)
        _refuse_to_blind(case, person, rest, at)
        named.delete()
    return case


def refuse_who_would_see_nothing(person: User, at: datetime) -> None:
    """Refuse to name someone whose posts read nothing restricted: a leader, a grid worker, an administrator."""
    roles = set(person.posts.held_on(localdate(at)).values_list("role", flat=True))
    if not roles & MAY_BE_NAMED:
        raise Refused(_("%(person)s holds no post that may see a restricted case.") % {"person": person})


def _refuse_to_strand(case: Case, rest: QuerySet[NamedViewer], at: datetime) -> None:
    """Refuse if nobody were left who can name others."""
    if not _posts(case, rest, at).filter(role__in=TAKES["name_viewer"]).exists():
        words = _("Nobody would be left who can name others: first name another clerk, dispatcher or supervisor.")
        raise Refused(words)


def _refuse_to_blind(case: Case, person: User, rest: QuerySet[NamedViewer], at: datetime) -> None:
    """Refuse to leave the unit that has the case without anybody who sees it."""
    if case.status not in WITH_A_LEAD or case.lead_id is None:
        return
    handlers = Post.objects.held_on(localdate(at)).filter(unit=case.lead_id, role=Role.HANDLER)
    if handlers.filter(user=person).exists() and not handlers.filter(user__in=rest.values("user")).exists():
        raise Refused(_("Nobody in the lead unit would see the case: first name a colleague there."))


def _posts(case: Case, rest: QuerySet[NamedViewer], at: datetime) -> QuerySet[Post]:
    """Find the posts held by those who stay named and can sign in, outside the unit complained of."""
    barred = Post.objects.held_on(localdate(at)).filter(unit=case.complained_unit_id).values("user")
    held = Post.objects.held_on(localdate(at)).filter(user__in=rest.values("user"), user__is_active=True)
    return held.exclude(user__in=barred) if case.complained_unit_id else held
