"""Which unit a case might go to, and why we say so. A person decides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.people.models import Unit, User


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit, or none, with the reason in words."""

    unit: Unit | None = None
    reason: str = ""

    @property
    def initial(self) -> dict[str, Any]:
        """Fill in the form of dispatch."""
        return {"to": self.unit.pk} if self.unit else {}


def suggest(case: Case, user: User, at: datetime) -> Suggestion:
    """Look to the earlier round of this case, then to the last case of its category that this user can see."""
    return _earlier_round(case, at) or _same_category(case, user, at) or Suggestion()


def _earlier_round(case: Case, at: datetime) -> Suggestion | None:
    if case.round == 1:
        return None
    sent = case.log.filter(verb__in=["dispatch", "designate"], round__lt=case.round).order_by("-line").first()
    unit = _open_unit(sent.facts.get("unit"), at) if sent else None
    return Suggestion(unit, _("It handled the earlier round.")) if unit else None


def _same_category(case: Case, user: User, at: datetime) -> Suggestion | None:
    if case.category_id is None or case.is_restricted:
        return None
    others = Case.objects.visible_to(user, at).filter(category=case.category_id, lead__isnull=False).exclude(pk=case.pk)
    last = others.select_related("lead").order_by("-opened_at").first()
    if last is None or last.lead is None or not last.lead.is_open_on(localdate(at)):
        return None
    words = {"category": str(case.category), "number": last.number}
    return Suggestion(last.lead, _("It had the last case of “%(category)s”: %(number)s.") % words)


def _open_unit(pk: str | None, at: datetime) -> Unit | None:
    return Unit.objects.current(localdate(at)).filter(pk=pk).first() if pk else None
