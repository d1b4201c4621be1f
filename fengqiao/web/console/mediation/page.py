"""Everything the page of a dossier shows, fetched once."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from fengqiao.cases.models import CaseLog
from fengqiao.kit.verdict import Verdict
from fengqiao.mediation.models import (
    Agreement,
    DangerReport,
    Dossier,
    FollowUp,
    Interest,
    Item,
    JoinAsk,
    LinkedCase,
    Party,
    Signature,
    TierRound,
)
from fengqiao.mediation.policy import may
from fengqiao.mediation.workflow import OVER, Stand
from fengqiao.people.models import User
from fengqiao.web.console.loglines import LogEntry, entries
from fengqiao.web.console.mediation import cards
from fengqiao.web.console.mediation.cards import Asked, Invited, Planned, Sent, Side, Wording
from fengqiao.web.console.mediation.forms.base import ActForm
from fengqiao.web.console.mediation.offers import Missing, Offer, awaited, missing_of, next_of, offers_of
from fengqiao.web.console.mediation.sense import Sight
from fengqiao.web.shared import parts
from fengqiao.web.shared.standing import clock_in_words


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
    asked: tuple[Asked, ...]  # other units ask this one
    asks: tuple[JoinAsk, ...]  # this one asks others
    goes_on: LinkedCase | None
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
    sight, acts = Sight(dossier, user, at), bool(verdict)
    prefetch_related_objects([dossier], *AT_HAND)
    offered = offers_of(sight) if acts else ()
    return DossierPage(
        dossier=dossier,
        verdict=verdict,
        rounds=tuple(dossier.rounds.all()),
        clock=_clock(sight),
        missing=missing_of(sight, may_act=acts),
        awaits=awaited(sight),
        sides=cards.sides_of(sight, sight.parties, may_act=acts),
        left=tuple(party for party in sight.everybody if party.left_at is not None),
        linked=tuple(dossier.linked.select_related("case").order_by("at")),
        interests=tuple(dossier.interests.select_related("mediator").order_by("at")),
        agreements=cards.agreements_of(sight, may_act=acts),
        meetings=cards.meetings_of(sight, may_act=acts),
        visits=tuple(dossier.follow_ups.select_related("party", "by").order_by("at")),
        referrals=cards.referrals_of(sight, may_act=acts),
        invited=cards.invited_to(sight, may_act=acts),
        asked=cards.asked_of(sight, may_act=acts),
        asks=tuple(dossier.asks.select_related("other__case__lead").order_by("at")),
        goes_on=_goes_on(dossier),
        dangers=tuple(dossier.danger_reports.select_related("by").order_by("reported_at", "id")),
        offers=offered,
        next=next_of(sight, offered),
        form=form,
        shown=shown,
        log=_log(dossier),
    )


def _clock(sight: Sight) -> parts.Clock | None:
    """Show the clock of the tier while it runs."""
    if sight.dossier.stand in OVER or sight.clock is None:
        return None
    return clock_in_words(sight.clock)


def _goes_on(dossier: Dossier) -> LinkedCase | None:
    """Find in which dossier one goes on that is mediated together with another."""
    if dossier.stand != Stand.JOINED:
        return None
    return LinkedCase.objects.filter(case=dossier.case_id).select_related("dossier__case").first()


def _log(dossier: Dossier) -> list[LogEntry]:
    """Fetch the record from the day it came to mediation."""
    lines = list(CaseLog.objects.filter(case=dossier.case_id).select_related("by", "unit").order_by("line"))
    first = next((line.line for line in lines if line.verb == "mediate"), 0)
    return entries([line for line in lines if line.line >= first], seen=dossier.case.line_count)
