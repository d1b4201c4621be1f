"""The cards on the page of a dossier: the parties, the agreement, meetings and help, each with what can be done."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from fengqiao.mediation.models import Agent, Agreement, Invitation, Item, JoinAsk, Meeting, Party, Referral, Signature
from fengqiao.mediation.remedies import rest_of
from fengqiao.web.console.mediation.offers import Offer, offers_of
from fengqiao.web.console.mediation.sense import Sight
from fengqiao.web.console.said import masked_name
from fengqiao.web.console.tablelines import SIDES
from fengqiao.web.shared import words


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who acts for a party, and what can be done about it."""

    agent: Agent
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A party as the page shows it: contact masked for whoever only reads."""

    party: Party
    name: str
    phone: str
    agents: tuple[Speaker, ...]
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
    rest: str  # what stays open, with the other roads for it


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
class Asked:
    """Another unit that asks to mediate together, and the answer it can be given."""

    ask: JoinAsk
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody invited to help, and what can be noted of it."""

    invitation: Invitation
    offers: tuple[Offer, ...]


def sides_of(sight: Sight, present: list[Party], *, may_act: bool) -> tuple[Side, ...]:
    names = dict(SIDES)
    return tuple(
        Side(
            str(names.get(side, _("Side %(number)s") % {"number": side})),
            tuple(_seat(sight, party, may_act) for party in seated),
        )
        for side, seated in groupby(present, lambda party: party.side)
    )


def _seat(sight: Sight, party: Party, may_act: bool) -> Seat:
    """Show a party: in full to those at the table, masked to whoever only reads."""
    spoken = party.agents.all()
    return Seat(
        party=party,
        name=party.name if may_act else masked_name(party.name),
        phone=party.phone if may_act else words.masked_phone(party.phone),
        agents=tuple(Speaker(each, offers_of(sight, on="agent", about=each) if may_act else ()) for each in spoken),
        offers=offers_of(sight, on="party", about=party) if may_act else (),
    )


def agreements_of(sight: Sight, *, may_act: bool) -> tuple[Wording, ...]:
    """Show every wording, the latest first, with its items and the signatures under it."""
    return tuple(
        Wording(
            each,
            tuple(_duty(sight, each, item, may_act) for item in each.items.all()),
            tuple(each.signatures.all()),
            rest_of(each),
        )
        for each in sight.dossier.agreements.all()
    )


def _duty(sight: Sight, agreement: Agreement, item: Item, may_act: bool) -> Duty:
    is_owed = may_act and agreement.state == Agreement.State.EFFECTIVE
    return Duty(item, offers_of(sight, on="item", about=item) if is_owed else ())


def meetings_of(sight: Sight, *, may_act: bool) -> tuple[Planned, ...]:
    """Show the meetings in their order; one that is still to come can be held or called off."""
    rows = sight.dossier.meetings.select_related("mediator").order_by("starts_at", "id")
    is_ahead = {row.pk: may_act and row.held_at is None and row.called_off_at is None for row in rows}
    return tuple(Planned(row, offers_of(sight, on="meeting", about=row) if is_ahead[row.pk] else ()) for row in rows)


def referrals_of(sight: Sight, *, may_act: bool) -> tuple[Sent, ...]:
    """Show where parties were sent for help; one that is still open can be answered or ended."""
    rows = sight.dossier.referrals.select_related("party").order_by("at", "id")
    can = {row.pk: may_act and row.ended_at is None for row in rows}
    return tuple(Sent(row, offers_of(sight, on="referral", about=row) if can[row.pk] else ()) for row in rows)


def invited_to(sight: Sight, *, may_act: bool) -> tuple[Invited, ...]:
    """Show who was invited, and let the parties' answers be noted."""
    rows = sight.dossier.invitations.select_related("expert").order_by("at", "id")
    return tuple(Invited(row, offers_of(sight, on="invitation", about=row) if may_act else ()) for row in rows)


def asked_of(sight: Sight, *, may_act: bool) -> tuple[Asked, ...]:
    """Show which units ask to mediate together and wait for an answer."""
    rows = sight.dossier.asked.filter(answered_at__isnull=True).select_related("dossier__case__lead").order_by("at")
    return tuple(Asked(row, offers_of(sight, on="ask", about=row) if may_act else ()) for row in rows)
