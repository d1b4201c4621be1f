"""What of a dossier can be done now: each act as it is offered, and what is missing before the next legal step."""

from collections.abc import Iterable
from dataclasses import dataclass

from fengqiao.mediation.completeness import Lack
from fengqiao.web.console.mediation.acts import ACTS, ONWARD, SELDOM, label_of, row_of
from fengqiao.web.console.mediation.forms.base import ActForm, Table
from fengqiao.web.console.mediation.sense import Sight


@dataclass(frozen=True, slots=True)
class Offer:
    """One act that can be opened on the page; `on` is the party or other thing it is about."""

    verb: str
    label: str
    icon: str
    on: str = ""
    about: str = ""
    is_seldom: bool = False  # stands folded away beside the party it is about


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and the act that mends it, if this person may take it."""

    words: str
    offer: Offer | None


def offers_of(sight: Sight, *, on: str = "", about: object = None) -> tuple[Offer, ...]:
    """List the acts that make sense now: of the dossier itself, or of one thing in it."""
    verbs = [verb for verb, act in ACTS.items() if act.on == on and _makes_sense(verb, sight, about)]
    return tuple(offer_of(verb, about) for verb in verbs)


def offer_of(verb: str, about: object = None) -> Offer:
    """Name an act as it is offered."""
    on = str(getattr(about, "pk", "")) if about is not None else ""
    return Offer(verb, label_of(verb), ACTS[verb].icon, on, str(about) if about is not None else "", verb in SELDOM)


def fresh(offer: Offer, table: Table) -> ActForm:
    """Draw the form of an act that is opened."""
    return ACTS[offer.verb].form(table=table)


def next_of(sight: Sight, offered: Iterable[Offer]) -> Offer | None:
    """Give the act that leads on, once nothing is missing for it."""
    found = {offer.verb: offer for offer in offered}
    return next((found[verb] for verb in ONWARD.get(sight.dossier.stand, ()) if verb in found), None)


def awaited(sight: Sight) -> str:
    """Name the next legal step."""
    verb = next(iter(ONWARD.get(sight.dossier.stand, ())), "")
    return label_of(verb) if verb else ""


def missing_of(sight: Sight, *, may_act: bool) -> tuple[Missing, ...]:
    """List what is missing, each with the act that mends it."""
    return tuple(Missing(str(lack), _mends(sight, lack) if may_act else None) for lack in sight.lacking)


def _mends(sight: Sight, lack: Lack) -> Offer | None:
    is_open = lack.act in ACTS and _makes_sense(lack.act, sight, lack.party)
    return offer_of(lack.act, lack.party) if is_open else None


def _makes_sense(verb: str, sight: Sight, about: object) -> bool:
    """Test if the table of acts allows this one here, and nothing known stands against it."""
    return sight.dossier.stand in row_of(verb).leaves and ACTS[verb].makes_sense(sight, about)
