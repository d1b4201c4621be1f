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
from fengqiao.cases.transitions.taking import Words, held
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.ladders import ladder_for, tier_of
from fengqiao.mediation.models import Agreement, Dossier, LinkedCase, Tier, TierRound
from fengqiao.mediation.numbering import next_serial, tag_of
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.vocabulary import Consent, DisputeType, Road, Source
from fengqiao.mediation.workflow import ACTS, Stand
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
    """Take a dispute to mediation by a unit: the clock of its tier runs, and each party is to be asked.

    A case that was reopened goes on in the dossier it has.
    """
    if (before := Dossier.objects.filter(case=case).first()) is not None:
        return _take_up_again(before, dispute, to=to, by=by, at=at)
    ladder = ladder_for(case.county, dispute.type, dispute.source, at)
    tier = tier_of(ladder, to)
    with transaction.atomic():
        mediating.mediate(case, to=to, span=span_of(tier), by=by, at=at, words=Words(facts={"tier": tier.name}))
        if LinkedCase.objects.filter(case=case).exists():
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


def _take_up_again(dossier: Dossier, dispute: Dispute, *, to: Unit, by: User, at: datetime) -> Dossier:
    """Mediate once more after the case was reopened: who mediates is chosen anew, and each party is asked anew."""
    tier = tier_of(dossier.ladder, to)
    with held(dossier.case) as case:
        dossier = hold(Dossier, dossier.pk)
        dossier.case = case
        if dossier.stand not in ACTS["take_up_again"].leaves:
            raise Refused(_("This case has a dossier already."))
        words = Words(facts={"tier": tier.name, "dossier": dossier.number})
        mediating.mediate(case, to=to, span=span_of(tier), by=by, at=at, words=words)
        _let_go_of_what_bound(dossier, at)
        order = dossier.rounds.count() + 1
        TierRound.objects.create(county=case.county, dossier=dossier, order=order, tier=tier, unit=to, began_at=at)
        dossier.parties.filter(left_at__isnull=True).update(consent=Consent.NOT_ASKED)
        dossier.stand, dossier.mediator, dossier.chosen_by = Stand.ASKING, None, ""
        dossier.begun_at = dossier.ended_at = None
        dossier.ground = dossier.ground_words = dossier.remedies = ""
        dossier.usual_roads = False
        for name in Dispute.__dataclass_fields__:
            setattr(dossier, name, getattr(dispute, name))
        dossier.save()
    return dossier


def _let_go_of_what_bound(dossier: Dossier, at: datetime) -> None:
    """Refuse to mediate anew about what still binds; what a court did not confirm can be changed (民诉法 art. 206)."""
    standing = dossier.agreements.filter(state=Agreement.State.EFFECTIVE).first()
    if standing is None:
        return
    if standing.court != Agreement.Court.REJECTED:
        raise Refused(_("The agreement still binds: mediate again once it was changed or set aside."))
    standing.state, standing.overturned_at = Agreement.State.OVERTURNED, at
    standing.overturned_why = _("Not confirmed by the court, mediated again.")
    standing.save(update_fields=["state", "overturned_at", "overturned_why"])


def span_of(tier: Tier) -> Span:
    """Give the span that begins when a dispute comes to a tier: the time to accept it, if the ladder asks for that."""
    return ToAccept(tier.accept_within, tier.version) if tier.accept_within else tier
