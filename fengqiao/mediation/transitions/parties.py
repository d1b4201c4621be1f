"""Who is in the dispute: parties on each side, and those who act for them."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.faces import Face, must_sit_on_one_side
from fengqiao.mediation.models import Agent, Dossier, Party
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.vocabulary import PartyKind
from fengqiao.people.models import User

OF_AGE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a party: no more than the papers need."""

    side: int
    name: str
    kind: PartyKind = PartyKind.PERSON
    gender: str = ""
    born_on: date | None = None
    is_minor: bool = False
    occupation: str = ""
    phone: str = ""
    address: str = ""
    report: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """Somebody who acts for a party."""

    kind: Agent.Kind
    name: str
    relation: str = ""
    phone: str = ""
    powers: str = ""
    has_paper: bool = False


def add_party(dossier: Dossier, known: Known, *, by: User, at: datetime) -> Party:
    """Enter a party on its side; it is asked for its consent before anything goes on."""
    facts: dict[str, Fact] = {"name": known.name, "side": known.side}
    with acting("add_party", dossier, by=by, at=at, words=Words(facts=facts)) as dossier:
        must_sit_on_one_side(dossier, Face(known.name, known.phone, known.side))
        said = asdict(whole(known, at))
        return Party.objects.create(county=dossier.county, dossier=dossier, joined_at=at, **said)


def appoint_agent(party: Party, acts: Acts, *, by: User, at: datetime) -> Agent:
    """Enter who acts for a party: an agent by power of attorney, or the guardian of a minor."""
    facts: dict[str, Fact] = {"name": acts.name, "kind": str(acts.kind)}
    with acting("appoint_agent", party.dossier, by=by, at=at, words=Words(facts=facts), party=party) as dossier:
        must_sit_on_one_side(dossier, Face(acts.name, acts.phone, party.side))
        if acts.kind == Agent.Kind.AGENT and not acts.has_paper:
            raise Refused(_("An agent needs a power of attorney; file it first."))
        return Agent.objects.create(county=party.county, party=party, at=at, **asdict(acts))


def whole(known: Known, at: datetime) -> Known:
    """Complete what is known by what follows from it: who is under age by the day of birth, and that no body is."""
    is_minor = known.is_minor or is_under_age(known.born_on, at)
    return replace(known, is_minor=is_minor and known.kind == PartyKind.PERSON)


def is_under_age(born_on: date | None, at: datetime) -> bool:
    """Test if somebody is under eighteen on this day (民法典 art. 17)."""
    if born_on is None:
        return False
    today = localdate(at)
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day)) < OF_AGE
