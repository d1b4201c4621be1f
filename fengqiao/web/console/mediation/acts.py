"""Which form each act of a dossier has, which call of the domain it makes, and what it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fengqiao.mediation.models import Dossier, Party
from fengqiao.mediation.transitions import consenting, ending, opening, parties, tiers
from fengqiao.mediation.vocabulary import Consent
from fengqiao.mediation.workflow import Stand
from fengqiao.web.console.mediation.forms import ending as of_the_end
from fengqiao.web.console.mediation.forms import parties as of_parties
from fengqiao.web.console.mediation.forms import tiers as of_tiers
from fengqiao.web.console.mediation.forms.base import ActForm

Makes = Callable[[Dossier, Any], bool]


def _always(_dossier: Dossier, _about: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Act:
    """An act as people take it on a page: what it asks, the one call it makes, and when it makes sense."""

    form: type[ActForm]
    take: Callable[..., object]
    icon: str
    on: str = ""  # what of the dossier it is about: a name in `THINGS`; none: the dossier itself
    makes_sense: Makes = _always


def _not_agreed(_dossier: Dossier, party: Party) -> bool:
    return party.consent != Consent.GIVEN


def _not_asked(_dossier: Dossier, party: Party) -> bool:
    return party.consent == Consent.NOT_ASKED


def _not_told(_dossier: Dossier, party: Party) -> bool:
    return party.acknowledged_at is None


def _came_from_below(dossier: Dossier, _about: Any) -> bool:
    return dossier.rounds.count() > 1


def _has_mediator(dossier: Dossier, _about: Any) -> bool:
    return dossier.mediator_id is not None


ACTS: dict[str, Act] = {
    "begin": Act(ActForm, consenting.begin, "check"),
    "add_party": Act(of_parties.AddParty, parties.add_party, "plus"),
    "choose_mediator": Act(of_parties.ChooseMediator, consenting.choose_mediator, "user-check"),
    "ask_consent": Act(of_parties.Told, consenting.ask_consent, "help-circle", "party", _not_asked),
    "give_consent": Act(of_parties.Said, consenting.give_consent, "thumb-up", "party", _not_agreed),
    "acknowledge": Act(of_parties.Told, consenting.acknowledge, "notes", "party", _not_told),
    "appoint_agent": Act(of_parties.AppointAgent, parties.appoint_agent, "user", "party"),
    "refuse": Act(of_parties.Said, consenting.refuse, "thumb-down", "party"),
    "declare_interest": Act(of_parties.DeclareInterest, consenting.declare_interest, "user-x", "", _has_mediator),
    "extend": Act(of_tiers.Extend, tiers.extend, "calendar"),
    "pause": Act(of_tiers.Pause, tiers.pause, "player-pause"),
    "resume": Act(ActForm, tiers.resume, "refresh"),
    "escalate": Act(of_tiers.Escalate, tiers.escalate, "arrow-up"),
    "send_back": Act(of_tiers.SendBack, tiers.send_back, "arrow-back-up", "", _came_from_below),
    "end": Act(of_the_end.End, ending.end, "x"),
    "set_facts": Act(of_parties.SetFacts, opening.set_facts, "edit"),
}

# What an act can be about, found within the dossier.
THINGS: dict[str, Callable[[Dossier], Any]] = {
    "party": lambda dossier: dossier.parties.filter(left_at__isnull=True).order_by("side", "joined_at", "id"),
}

# What leads on from each stand, the nearest first.
ONWARD: dict[str, tuple[str, ...]] = {
    Stand.ASKING: ("begin",),
    Stand.REFUSED: ("end",),
}
