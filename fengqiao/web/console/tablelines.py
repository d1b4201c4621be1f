"""What the log of a case says of the acts of its mediation: their names, and the facts a reader wants to see."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengqiao.mediation.models import Agent, Party, Referral
from fengqiao.mediation.vocabulary import ChosenBy, Form, Ground, MeetingKind, ReferralKind, Way
from fengqiao.mediation.workflow import ACTS
from fengqiao.web.shared.words import full_moment


def _of(choices: type[TextChoices]) -> Callable[[Any], str]:
    """Name a code by its label; what is no code is shown as it stands."""
    labels = dict(choices.choices)
    return lambda code: str(labels.get(code, code))


def _listed(said: Any) -> str:
    return _(", ").join(map(str, said)) if isinstance(said, (list, tuple)) else str(said)


SIDES = [(1, gettext_lazy("Who asks")), (2, gettext_lazy("Who answers")), (3, gettext_lazy("A third side"))]


def _side(number: Any) -> str:
    return str(dict(SIDES).get(int(number), number))


def _named(fields: Any) -> str:
    """Name what of a party or an agent was changed, by the names of its fields."""
    named = {field.name: str(field.verbose_name) for each in (Agent, Party) for field in each._meta.fields}
    return _listed([named.get(name, name) for name in fields])


def _moment(at: Any) -> str:
    return full_moment(datetime.fromisoformat(str(at)))


def _yes(_said: Any) -> str:
    return _("Yes")


SHOWN: dict[str, tuple[Any, Callable[[Any], object]]] = {
    "party": (gettext_lazy("Party"), str),
    "name_was": (gettext_lazy("Name before"), str),
    "name": (gettext_lazy("Person"), str),
    "side_was": (gettext_lazy("Side before"), _side),
    "side": (gettext_lazy("Side"), _side),
    "changed": (gettext_lazy("What was set right"), _named),
    "asked_anew": (gettext_lazy("Is asked for consent anew"), _yes),
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
    "reported": (gettext_lazy("Reported at"), _moment),
    "safety_note": (gettext_lazy("Safety note changed"), _yes),
    "item": (gettext_lazy("Item"), str),
    "answer": (gettext_lazy("Answer"), _of(Referral.Answer)),
    "agrees": (gettext_lazy("Agrees"), lambda agrees: _("Yes") if agrees else _("No")),
    "steps_in": (gettext_lazy("Steps in"), _listed),
    "other": (gettext_lazy("Case number"), str),
    "asked_by": (gettext_lazy("Asked by"), str),
    "table": (gettext_lazy("Dossier of the other side"), str),
    "unit_name": (gettext_lazy("Mediates now"), str),
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
