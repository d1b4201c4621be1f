"""Everything the page of a dossier shows, fetched once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import CaseLog, Stage
from fengqiao.kit.verdict import Verdict
from fengqiao.mediation.completeness import Lack, missing_to_begin
from fengqiao.mediation.models import (
    Agent,
    Agreement,
    DangerReport,
    Dossier,
    FollowUp,
    Interest,
    Invitation,
    Item,
    LinkedCase,
    Meeting,
    Party,
    Referral,
    Signature,
    TierRound,
)
from fengqiao.mediation.policy import may
from fengqiao.mediation.signatures import missing_to_take_effect
from fengqiao.mediation.workflow import OVER, Stand
from fengqiao.people.models import User
from fengqiao.web.console.loglines import LogEntry, entries
from fengqiao.web.console.mediation.acts import ACTS, ONWARD, SELDOM, draft_of, label_of, row_of
from fengqiao.web.console.mediation.forms.base import ActForm, Table
from fengqiao.web.console.said import masked_name
from fengqiao.web.console.tablelines import SIDES
from fengqiao.web.shared import parts, words
from fengqiao.web.shared.standing import clock_in_words


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


@dataclass(frozen=True, slots=True)
class Seat:
    """A party as the page shows it: contact masked for whoever only reads."""

    party: Party
    name: str
    phone: str
    agents: tuple[Agent, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """The parties of one side."""

    label: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """One item of an agreement, and what can be noted of it."""

    item: Item
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of the agreement with its items and the hands on it."""

    agreement: Agreement
    duties: tuple[Duty, ...]
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting, and what can be done with it."""

    meeting: Meeting
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A party sent on for help, and what can be noted of it."""

    referral: Referral
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody invited to help, and what can be noted of it."""

    invitation: Invitation
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class DossierPage:
    """One dossier with its table, what is missing and what can be done."""

    dossier: Dossier
    verdict: Verdict
    rounds: tuple[TierRound, ...]
    clock: parts.Clock | None
    missing: tuple[Missing, ...]
    awaits: str  # the next legal step, for which something is missing
    sides: tuple[Side, ...]
    left: tuple[Party, ...]
    linked: tuple[LinkedCase, ...]
    interests: tuple[Interest, ...]
    agreements: tuple[Wording, ...]
    meetings: tuple[Planned, ...]
    visits: tuple[FollowUp, ...]
    referrals: tuple[Sent, ...]
    invited: tuple[Invited, ...]
    dangers: tuple[DangerReport, ...]
    offers: tuple[Offer, ...]
    next: Offer | None
    form: ActForm | None
    shown: Offer | None
    log: list[LogEntry]


# What many questions of the page are about, fetched once for all of them.
AT_HAND = (
    Prefetch("rounds", TierRound.objects.select_related("tier", "unit", "mediator").order_by("order")),
    Prefetch("agreements", Agreement.objects.order_by("-version")),
    Prefetch("agreements__items", Item.objects.select_related("owes", "to").order_by("order")),
    Prefetch("agreements__signatures", Signature.objects.select_related("party")),
)


def dossier_page(
    dossier: Dossier, user: User, at: datetime, *, shown: Offer | None = None, form: ActForm | None = None
) -> DossierPage:
    """Fetch a dossier's page for this user; `form` is that of the act which is open."""
    verdict = may(user, "set_facts", dossier, at)
    prefetch_related_objects([dossier], *AT_HAND)
    everybody = list(
        dossier.parties.order_by("side", "joined_at", "id").select_related("identity").prefetch_related("agents")
    )
    lacking = lacks_of(dossier)
    offered = offers_of(dossier) if verdict else ()
    return DossierPage(
        dossier=dossier,
        verdict=verdict,
        rounds=tuple(dossier.rounds.all()),
        clock=_clock(dossier),
        missing=tuple(_missing(each, dossier, bool(verdict)) for each in lacking),
        awaits=_awaits(dossier),
        sides=_sides(dossier, [party for party in everybody if party.left_at is None], bool(verdict)),
        left=tuple(party for party in everybody if party.left_at is not None),
        linked=tuple(dossier.linked.select_related("case").order_by("at")),
        interests=tuple(dossier.interests.select_related("mediator").order_by("at")),
        agreements=_agreements(dossier, bool(verdict)),
        meetings=_meetings(dossier, bool(verdict)),
        visits=tuple(dossier.follow_ups.select_related("party", "by").order_by("at")),
        referrals=_referrals(dossier, bool(verdict)),
        invited=_invited(dossier, bool(verdict)),
        dangers=tuple(dossier.danger_reports.order_by("at")),
        offers=offered,
        next=_next(dossier, offered, lacking),
        form=form,
        shown=shown,
        log=_log(dossier),
    )


def lacks_of(dossier: Dossier) -> list[Lack]:
    """List what is missing before the next legal step of a dossier."""
    if dossier.stand == Stand.SIGNING and (draft := draft_of(dossier)):
        return missing_to_take_effect(draft)
    return missing_to_begin(dossier) if dossier.stand == Stand.ASKING else []


def offers_of(dossier: Dossier, *, on: str = "", about: object = None) -> tuple[Offer, ...]:
    """List the acts that make sense now: of the dossier itself, or of one thing in it."""
    verbs = [verb for verb, act in ACTS.items() if act.on == on and dossier.stand in row_of(verb).leaves]
    return tuple(offer_of(verb, about) for verb in verbs if ACTS[verb].makes_sense(dossier, about))


def offer_of(verb: str, about: object = None) -> Offer:
    """Name an act as it is offered."""
    on = str(getattr(about, "pk", "")) if about is not None else ""
    return Offer(verb, label_of(verb), ACTS[verb].icon, on, str(about) if about is not None else "", verb in SELDOM)


def fresh(offer: Offer, table: Table) -> ActForm:
    """Draw the form of an act that is opened."""
    return ACTS[offer.verb].form(table=table)


def _next(dossier: Dossier, offered: Iterable[Offer], lacking: list[Lack]) -> Offer | None:
    """Give the act that leads on, once nothing is missing for it."""
    found = {offer.verb: offer for offer in offered}
    return None if lacking else next((found[verb] for verb in ONWARD.get(dossier.stand, ()) if verb in found), None)


def _awaits(dossier: Dossier) -> str:
    """Name the next legal step."""
    verb = next(iter(ONWARD.get(dossier.stand, ())), "")
    return label_of(verb) if verb else ""


def _missing(lack: Lack, dossier: Dossier, may_act: bool) -> Missing:
    known = lack.act in ACTS and dossier.stand in row_of(lack.act).leaves
    return Missing(str(lack), offer_of(lack.act, lack.party) if known and may_act else None)


def _sides(dossier: Dossier, present: list[Party], may_act: bool) -> tuple[Side, ...]:
    names = dict(SIDES)
    return tuple(
        Side(
            str(names.get(side, _("Side %(number)s") % {"number": side})),
            tuple(_seat(dossier, party, may_act) for party in seated),
        )
        for side, seated in groupby(present, lambda party: party.side)
    )


def _seat(dossier: Dossier, party: Party, may_act: bool) -> Seat:
    """Show a party: in full to those at the table, masked to whoever only reads."""
    return Seat(
        party=party,
        name=party.name if may_act else masked_name(party.name),
        phone=party.phone if may_act else words.masked_phone(party.phone),
        agents=tuple(party.agents.all()),
        offers=offers_of(dossier, on="party", about=party) if may_act else (),
    )


def _agreements(dossier: Dossier, may_act: bool) -> tuple[Wording, ...]:
    """Show every wording, the latest first, with its items and the signatures under it."""
    return tuple(
        Wording(
            each,
            tuple(_duty(dossier, each, item, may_act) for item in each.items.all()),
            tuple(each.signatures.all()),
        )
        for each in dossier.agreements.all()
    )


def _duty(dossier: Dossier, agreement: Agreement, item: Item, may_act: bool) -> Duty:
    is_owed = may_act and agreement.state == Agreement.State.EFFECTIVE
    return Duty(item, offers_of(dossier, on="item", about=item) if is_owed else ())


def _meetings(dossier: Dossier, may_act: bool) -> tuple[Planned, ...]:
    """Show the meetings in their order; one that is still to come can be held or called off."""
    rows = dossier.meetings.select_related("mediator").order_by("starts_at", "id")
    is_ahead = {row.pk: may_act and row.held_at is None and row.called_off_at is None for row in rows}
    return tuple(Planned(row, offers_of(dossier, on="meeting", about=row) if is_ahead[row.pk] else ()) for row in rows)


def _referrals(dossier: Dossier, may_act: bool) -> tuple[Sent, ...]:
    """Show where parties were sent for help; one that is still open can be answered or ended."""
    rows = dossier.referrals.select_related("party").order_by("at", "id")
    can = {row.pk: may_act and row.ended_at is None for row in rows}
    return tuple(Sent(row, offers_of(dossier, on="referral", about=row) if can[row.pk] else ()) for row in rows)


def _invited(dossier: Dossier, may_act: bool) -> tuple[Invited, ...]:
    """Show who was invited, and let the parties' answers be noted."""
    rows = dossier.invitations.select_related("expert").order_by("at", "id")
    return tuple(Invited(row, offers_of(dossier, on="invitation", about=row) if may_act else ()) for row in rows)


def _clock(dossier: Dossier) -> parts.Clock | None:
    """Show the clock of the tier while it runs."""
    clock = None if dossier.stand in OVER else deadlines.running(dossier.case, Stage.MEDIATE)
    return clock_in_words(clock) if clock else None


def _log(dossier: Dossier) -> list[LogEntry]:
    """Fetch the record from the day it came to mediation."""
    lines = list(CaseLog.objects.filter(case=dossier.case_id).select_related("by", "unit").order_by("line"))
    first = next((line.line for line in lines if line.verb == "mediate"), 0)
    return entries([line for line in lines if line.line >= first], seen=dossier.case.line_count)
