"""What the log of a case says of the acts of its mediation: their names, and the facts a reader wants to see."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengqiao.mediation.models import Agent, Referral
from fengqiao.mediation.vocabulary import ChosenBy, Form, Ground, MeetingKind, ReferralKind, Way
from fengqiao.mediation.workflow import ACTS


def _of(choices: type[TextChoices]) -> Callable[[Any], str]:
    """Name a code by its label; what is no code is shown as it stands."""
    labels = dict(choices.choices)
    return lambda code: str(labels.get(code, code))


def _listed(said: Any) -> str:
    return _(", ").join(map(str, said)) if isinstance(said, (list, tuple)) else str(said)


SIDES = [(1, gettext_lazy("Who asks")), (2, gettext_lazy("Who answers")), (3, gettext_lazy("A third side"))]


def _side(number: Any) -> str:
    return str(dict(SIDES).get(int(number), number))


SHOWN: dict[str, tuple[Any, Callable[[Any], object]]] = {
    "party": (gettext_lazy("Party"), str),
    "name": (gettext_lazy("Person"), str),
    "side": (gettext_lazy("Side"), _side),
    "way": (pgettext_lazy("party", "How"), _of(Way)),
    "mediator": (gettext_lazy("Mediator"), str),
    "chosen_by": (gettext_lazy("Chosen by"), _of(ChosenBy)),
    "instead": (gettext_lazy("Mediates instead"), str),
    "agreed_by": (gettext_lazy("Agreed by"), _listed),
    "until": (pgettext_lazy("mediation", "Until"), str),
    "ground": (gettext_lazy("Ground"), _of(Ground)),
    "remedies": (gettext_lazy("Other remedies"), str),
    "form": (gettext_lazy("Form"), _of(Form)),
    "meeting": (gettext_lazy("Meeting"), _of(MeetingKind)),
    "help": (gettext_lazy("Kind of help"), _of(ReferralKind)),
    "to": (gettext_lazy("Given to whom"), str),
    "item": (gettext_lazy("Item"), str),
    "answer": (gettext_lazy("Answer"), _of(Referral.Answer)),
    "agrees": (gettext_lazy("Agrees"), lambda agrees: _("Yes") if agrees else _("No")),
    "steps_in": (gettext_lazy("Steps in"), _listed),
    "other": (gettext_lazy("Case number"), str),
    "version": (gettext_lazy("Version"), str),
}
OF_AN_AGENT = _of(Agent.Kind)


def title_of(facts: Mapping[str, Any]) -> str:
    """Name the act a line was written for."""
    act = ACTS.get(str(facts.get("act", "")))
    return str(act.label) if act else ""


def facts_of(facts: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Pick out of the facts of an act what a reader wants to see, in a fixed order."""
    if facts.get("act") == "appoint_agent":
        yield _("Acts as"), OF_AN_AGENT(facts.get("kind", ""))
    for key, (label, say) in SHOWN.items():
        if facts.get(key) not in (None, "", []):
            yield str(label), str(say(facts[key]))
