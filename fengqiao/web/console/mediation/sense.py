"""When an act makes sense: what is known to be refused beforehand is not offered."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from fengqiao.cases import deadlines
from fengqiao.cases.models import CaseClock, Stage
from fengqiao.mediation.completeness import Lack, missing_to_begin, who_mediates
from fengqiao.mediation.ladders import way_up
from fengqiao.mediation.models import Agent, Agreement, Dossier, Item, Party, Referral
from fengqiao.mediation.seats import can_choose
from fengqiao.mediation.signatures import missing_to_take_effect
from fengqiao.mediation.transitions.correcting import has_signed
from fengqiao.mediation.transitions.tiers import below_of
from fengqiao.mediation.vocabulary import Consent, PartyKind, Road
from fengqiao.mediation.workflow import Stand
from fengqiao.people.models import User


@dataclass(frozen=True)
class Sight:
    """A dossier as it is at one moment; what several acts ask of it is fetched once."""

    dossier: Dossier
    user: User
    at: datetime

    @cached_property
    def draft(self) -> Agreement | None:
        """The wording that is to be signed."""
        return draft_of(self.dossier)

    @cached_property
    def signed(self) -> set[object]:
        """The parties that have signed it."""
        return {each.party_id for each in self.draft.signatures.all()} if self.draft else set()

    @cached_property
    def effective(self) -> Agreement | None:
        """The agreement in force."""
        return effective_of(self.dossier)

    @cached_property
    def everybody(self) -> list[Party]:
        """Who is or was at the table, side by side."""
        rows = self.dossier.parties.order_by("side", "joined_at", "id")
        return list(rows.select_related("identity").prefetch_related("agents"))

    @cached_property
    def parties(self) -> list[Party]:
        """Who is at the table."""
        return [party for party in self.everybody if party.left_at is None]

    @cached_property
    def clock(self) -> CaseClock | None:
        """The clock of the tier."""
        return deadlines.running(self.dossier.case, Stage.MEDIATE)

    @cached_property
    def lacking(self) -> list[Lack]:
        """What is missing before the next legal step."""
        if self.dossier.stand == Stand.SIGNING and self.draft:
            return missing_to_take_effect(self.draft)
        return missing_to_begin(self.dossier) if self.dossier.stand in (Stand.ASKING, Stand.UNDER_WAY) else []


def draft_of(dossier: Dossier) -> Agreement | None:
    """Find the wording that is to be signed."""
    return _in_state(dossier, Agreement.State.DRAFT)


def effective_of(dossier: Dossier) -> Agreement | None:
    """Find the agreement in force."""
    return _in_state(dossier, Agreement.State.EFFECTIVE)


def _in_state(dossier: Dossier, state: Agreement.State) -> Agreement | None:
    """Look among the wordings, which the page of a dossier has at hand; there are few, and one of these at most."""
    return next((each for each in dossier.agreements.all() if each.state == state), None)


def always(_sight: Sight, _about: Any) -> bool:
    """It can be done whenever the table of acts allows it."""
    return True


def nothing_missing(sight: Sight, _about: Any) -> bool:
    """The next legal step lacks nothing."""
    return not sight.lacking


def not_agreed(_sight: Sight, party: Party) -> bool:
    """The party has not agreed; for a minor the guardian, who is entered first, says so."""
    return party.consent != Consent.GIVEN and _has_a_voice(party)


def not_asked(_sight: Sight, party: Party) -> bool:
    """The party was not asked yet."""
    return party.consent == Consent.NOT_ASKED


def not_told(_sight: Sight, party: Party) -> bool:
    """The party was not told its rights yet."""
    return party.acknowledged_at is None


def is_person(_sight: Sight, party: Party) -> bool:
    """The party is no body."""
    return party.kind == PartyKind.PERSON


def has_identity(_sight: Sight, party: Party) -> bool:
    """The identity number of the party was entered."""
    return hasattr(party, "identity")


def somebody_sits(sight: Sight, _about: Any) -> bool:
    """Somebody of the committee could mediate; a department's own people mediate there."""
    return sight.dossier.road == Road.PEOPLES and can_choose(sight.dossier, sight.parties, sight.at)


def has_mediator(sight: Sight, _about: Any) -> bool:
    """Somebody mediates."""
    return sight.dossier.mediator_id is not None


def can_meet(sight: Sight, _about: Any) -> bool:
    """Two sides agree to be mediated, and somebody mediates."""
    agree = all(party.consent == Consent.GIVEN for party in sight.parties)
    sides = {party.side for party in sight.parties}
    is_led = sight.dossier.road != Road.PEOPLES or who_mediates(sight.dossier, sight.at) is not None
    return agree and len(sides) > 1 and is_led


def can_go_up(sight: Sight, _about: Any) -> bool:
    """Somebody mediates at a tier above."""
    return bool(way_up(sight.dossier, sight.at)[1])


def came_from_below(sight: Sight, _about: Any) -> bool:
    """It came from a tier below, and was not sent back before."""
    return below_of(sight.dossier) is not None


def in_time(sight: Sight, _about: Any) -> bool:
    """The time of the tier is not over, and somebody is there to agree to more of it."""
    return sight.clock is not None and not sight.clock.is_overdue(sight.at) and bool(sight.parties)


def can_pause(sight: Sight, _about: Any) -> bool:
    """The time of the tier runs."""
    clock = sight.clock
    return clock is not None and not clock.is_overdue(sight.at) and not clock.is_paused(sight.at)


def is_paused(sight: Sight, _about: Any) -> bool:
    """The time of the tier stands still."""
    return sight.clock is not None and sight.clock.is_paused(sight.at)


def can_agree_orally(sight: Sight, _about: Any) -> bool:
    """Nothing is missing, and the dispute may be settled by word of mouth."""
    return not sight.lacking and not sight.dossier.ladder.is_written_only


def can_sign(sight: Sight, party: Party) -> bool:
    """The party agrees to the mediation, has somebody to sign, and has not signed."""
    is_willing = party.consent == Consent.GIVEN and _has_a_voice(party)
    return sight.draft is not None and is_willing and party.pk not in sight.signed


def can_be_dismissed(sight: Sight, agent: Agent) -> bool:
    """Nothing stands that was signed by the hand of this agent."""
    return sight.draft is None or not has_signed(agent)


def mediator_not_signed(sight: Sight, _about: Any) -> bool:
    """The mediator has not signed."""
    return sight.draft is not None and sight.draft.mediator_signed_at is None


def not_sealed(sight: Sight, _about: Any) -> bool:
    """The seal is not on it."""
    return sight.draft is not None and sight.draft.sealed_at is None


def owed(_sight: Sight, item: Item) -> bool:
    """The item was not performed."""
    return item.done_at is None


def not_broken(_sight: Sight, item: Item) -> bool:
    """The item was neither performed nor found broken."""
    return item.done_at is None and item.broken_at is None


def binds(sight: Sight, _about: Any) -> bool:
    """An agreement is in force."""
    return sight.effective is not None


def court_not_asked(sight: Sight, _about: Any) -> bool:
    """The court was not asked; what was asked in time may be entered later."""
    return sight.effective is not None and not sight.effective.court


def court_asked(sight: Sight, _about: Any) -> bool:
    """The court was asked and has not answered."""
    return sight.effective is not None and sight.effective.court == Agreement.Court.ASKED


def not_answered(_sight: Sight, referral: Referral) -> bool:
    """Nobody said yet whether the party was taken on."""
    return not referral.answer


def taken_on(_sight: Sight, referral: Referral) -> bool:
    """The party was taken on."""
    return referral.answer == Referral.Answer.ACCEPTED


def _has_a_voice(party: Party) -> bool:
    """Test if a party can say something: of age, or with the guardian entered."""
    return not party.is_minor or any(agent.kind == "guardian" for agent in party.agents.all())
