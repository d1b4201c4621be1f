"""What a party sees of its mediation: its own side, and of the other side the names alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localtime

from fengqiao.cases.models import RUNNING as CLOCK_RUNS
from fengqiao.cases.models import Case, Stage
from fengqiao.cases.vocabulary import Kind
from fengqiao.intake.models import Report
from fengqiao.mediation import remedies
from fengqiao.mediation.models import (
    Agreement,
    Dossier,
    Invitation,
    InvitationAnswer,
    Item,
    Mediator,
    MediatorWish,
    Meeting,
    Party,
    Referral,
    TierRound,
)
from fengqiao.mediation.seats import choosable
from fengqiao.mediation.vocabulary import Consent
from fengqiao.mediation.workflow import LIVE, RUNNING, Stand
from fengqiao.people.models import Unit
from fengqiao.web.shared.parts import Clock
from fengqiao.web.shared.standing import clock_in_words

OWN_ACTS = ("know", "agree", "invited", "choose", "refuse")
BINDING = (Agreement.State.EFFECTIVE, Agreement.State.OVERTURNED)


@dataclass(frozen=True, slots=True)
class Tier:
    """Where a mediation is now, as the bearer of the code alone may know it."""

    name: str
    unit: Unit
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody the mediator would like to bring in, and what this party said to it."""

    invitation: Invitation
    agrees: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A mediation as one of its parties sees it."""

    party: Party
    dossier: Dossier
    tier: Tier
    mediator: Mediator | None
    meetings: Sequence[Meeting]
    acts: Sequence[str]
    others: Sequence[Party]
    wish: Mediator | None
    wishes: Sequence[MediatorWish]
    agreement: Agreement | None
    owed_by_me: Sequence[Item]
    owed_to_me: Sequence[Item]
    referrals: Sequence[Referral]
    invited: Sequence[Invited]
    roads: str


def tier_of(dossier: Dossier) -> Tier:
    """Say at which tier a dispute is or last was, who mediates there, and until when."""
    last = TierRound.objects.select_related("tier", "unit").filter(dossier=dossier).order_by("-order")[0]
    clock = dossier.case.clocks.filter(CLOCK_RUNS, stage=Stage.MEDIATE).first()
    return Tier(last.tier.name, last.unit, clock_in_words(clock) if clock else None)


def tier_of_case(case: Case | None) -> Tier | None:
    """Find the tier of a case that is in mediation, or of the dispute it was linked to."""
    if case is None or case.kind != Kind.DISPUTE:
        return None
    which = Q(case=case) | Q(linked__case=case)
    live = Dossier.objects.filter(which, stand__in=LIVE, case__is_restricted=False).select_related("case").first()
    return tier_of(live) if live else None


def party_of(report: Report) -> Party | None:
    """Find the party whose own channel this report is."""
    if report.case is None or report.case.kind != Kind.DISPUTE:
        return None
    parties = Party.objects.select_related("dossier__case__lead", "dossier__mediator")
    return parties.filter(report=report.pk, left_at=None).order_by("-joined_at").first()


def mine(party: Party, at: datetime) -> Mine:
    """Gather what a party may see."""
    dossier = party.dossier
    wish = MediatorWish.objects.select_related("mediator").filter(party=party).first()
    agreement = dossier.agreements.filter(state__in=BINDING).order_by("-version").first()
    others = dossier.parties.filter(left_at=None).exclude(pk=party.pk).order_by("side", "joined_at", "id")
    wishes = MediatorWish.objects.select_related("mediator", "party").filter(party__in=others)
    items = agreement.items.select_related("owes", "to").order_by("order") if agreement else Item.objects.none()
    return Mine(
        party=party,
        dossier=dossier,
        tier=tier_of(dossier),
        mediator=dossier.mediator,
        meetings=_ahead(dossier, at),
        acts=acts_of(party, at),
        others=list(others),
        wish=wish.mediator if wish else None,
        wishes=list(wishes),
        agreement=agreement,
        owed_by_me=list(items.filter(owes=party)),
        owed_to_me=list(items.filter(to=party)),
        referrals=list(party.referrals.order_by("at")),
        invited=invited(party),
        roads=_roads(dossier),
    )


def _roads(dossier: Dossier) -> str:
    """Name the other roads: those told at the end, or after a refusal the usual ones."""
    if dossier.stand == Stand.ENDED:
        return remedies.of(dossier)
    return remedies.usual(dossier.type) if dossier.stand == Stand.REFUSED else ""


def acts_of(party: Party, at: datetime) -> list[str]:
    """List what a party can say now by its code."""
    dossier = party.dossier
    if dossier.stand not in RUNNING:
        return []
    may = {
        "know": party.acknowledged_at is None,
        "agree": party.consent != Consent.GIVEN and dossier.stand in (Stand.ASKING, Stand.UNDER_WAY),
        "invited": any(each.agrees is None for each in invited(party)),
        "choose": dossier.stand == Stand.ASKING and choosable(dossier, at).exists(),
        "refuse": True,
    }
    return [act for act in OWN_ACTS if may[act]]


def invited(party: Party) -> list[Invited]:
    """List who was invited to help, with this party's own answer."""
    found = party.dossier.invitations.order_by("at", "id")
    said = dict(InvitationAnswer.objects.filter(party=party).values_list("invitation", "agrees"))
    return [Invited(each, said.get(each.pk)) for each in found]


def _ahead(dossier: Dossier, at: datetime) -> list[Meeting]:
    """List the meetings that are planned and still to come, the next one first; one of today stays for the day."""
    if dossier.stand not in RUNNING:
        return []
    planned = dossier.meetings.filter(held_at=None, called_off_at=None).select_related("mediator")
    day = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return list(planned.filter(starts_at__gte=day).order_by("starts_at"))
