"""A dispute comes to a committee: its dossier begins, numbered, at the first tier of its ladder."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.derivation import Span
from fengqiao.cases.models import Case, SpanUnit
from fengqiao.cases.transitions import mediating
from fengqiao.cases.transitions.taking import Words
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.ladders import ladder_for, tier_of
from fengqiao.mediation.models import Dossier, LinkedCase, Tier, TierRound
from fengqiao.mediation.numbering import next_serial, tag_of
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.vocabulary import DisputeType, Road, Source
from fengqiao.people.models import Unit, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What is known of a dispute when its dossier is opened."""

    type: DisputeType
    source: Source
    facts: str
    wishes: str = ""
    road: Road = Road.PEOPLES
    amount: Decimal | None = None
    people: int = 2
    is_difficult: bool = False
    is_open: bool = True
    safety_note: str = ""


@dataclass(frozen=True, slots=True)
class ToAccept:
    """The working days a committee has to accept what was handed over to it; then the span of the tier begins."""

    amount: int
    version: str
    unit: str = SpanUnit.WORKING_DAYS


def open_dossier(case: Case, dispute: Dispute, *, to: Unit, by: User, at: datetime) -> Dossier:
    """Take a dispute to mediation by a unit: the clock of its tier runs, and each party is to be asked."""
    ladder = ladder_for(case.county, dispute.type, dispute.source, at)
    tier = tier_of(ladder, to)
    with transaction.atomic():
        mediating.mediate(case, to=to, span=span_of(tier), by=by, at=at, words=Words(facts={"tier": tier.name}))
        if Dossier.objects.filter(case=case).exists() or LinkedCase.objects.filter(case=case).exists():
            raise Refused(_("This case has a dossier already."))
        year = localdate(at).year
        dossier = Dossier.objects.create(
            county=case.county,
            case=case,
            year=year,
            serial=next_serial(to, year),
            opened_by=to,
            tag=tag_of(to),
            ladder=ladder,
            opened_at=at,
            **{name: getattr(dispute, name) for name in Dispute.__dataclass_fields__},
        )
        TierRound.objects.create(county=case.county, dossier=dossier, order=1, tier=tier, unit=to, began_at=at)
    return dossier


def set_facts(dossier: Dossier, dispute: Dispute, *, by: User, at: datetime) -> Dossier:
    """Set right what is known of the dispute."""
    with acting("set_facts", dossier, by=by, at=at) as dossier:
        for name in Dispute.__dataclass_fields__:
            setattr(dossier, name, getattr(dispute, name))
    return dossier


def span_of(tier: Tier) -> Span:
    """Give the span that begins when a dispute comes to a tier: the time to accept it, if the ladder asks for that."""
    return ToAccept(tier.accept_within, tier.version) if tier.accept_within else tier
