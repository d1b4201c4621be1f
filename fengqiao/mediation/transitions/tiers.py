"""A dispute climbs its ladder: up with a reason, back once with help, longer if all agree, still for an appraisal.

Every case of the dispute goes along, with the clock of the tier; each is held after that of the dossier.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime
from itertools import takewhile

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.derivation import Span
from fengqiao.cases.models import Case, CaseClock, Stage
from fengqiao.cases.transitions import mediating
from fengqiao.cases.transitions.taking import Fact, Words, held
from fengqiao.kit.verdict import Refused
from fengqiao.kit.workdays import midnight_after
from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.ladders import way_up
from fengqiao.mediation.models import Dossier, Party, Tier, TierRound
from fengqiao.mediation.transitions.acting import acting, present_round, standing_still
from fengqiao.mediation.transitions.opening import span_of
from fengqiao.mediation.transitions.settling import linked_cases
from fengqiao.people.models import Unit, User

MOVED = (TierRound.Result.ESCALATED, TierRound.Result.SENT_BACK)  # how a round ends that another follows


def escalate(dossier: Dossier, *, to: Unit | None, reason: str, by: User, at: datetime) -> Dossier:
    """Take the whole dossier to the next tier; who mediates is chosen anew there, the consent of the parties stays."""
    with standing_still("escalate", dossier, by=by, at=at) as dossier:
        leaving = present_round(dossier)
        tier, unit = _next(dossier, to, at)
        span = _span(dossier, tier)
        for case in [dossier.case, *linked_cases(dossier)]:
            mediating.escalate(case, to=unit, span=span, reason=reason, by=by, at=at)
        _leave(leaving, TierRound.Result.ESCALATED, reason, at)
        _arrive(dossier, TierRound(tier=tier, unit=unit, order=leaving.order + 1, began_at=at))
    return dossier


def send_back(dossier: Dossier, *, help_given: str, by: User, at: datetime) -> Dossier:
    """Send the dossier back to where it came from, once and with help: the clock of that tier begins anew."""
    with standing_still("send_back", dossier, by=by, at=at) as dossier:
        leaving = present_round(dossier)
        below = _where_it_came_from(dossier)
        span = _span(dossier, below.tier)
        for case in [dossier.case, *linked_cases(dossier)]:
            mediating.send_back(case, to=below.unit, span=span, help_given=help_given, by=by, at=at)
        _leave(leaving, TierRound.Result.SENT_BACK, help_given, at)
        again = TierRound(tier=below.tier, unit=below.unit, order=leaving.order + 1, began_at=at)
        again.help_given = help_given
        _arrive(dossier, again)
    return dossier


def extend(dossier: Dossier, *, days: int, agreed_by: Collection[Party], by: User, at: datetime) -> Dossier:
    """Give this tier more time, in the days it counts in, because every party agrees to that."""
    names: list[str] = sorted(party.name for party in agreed_by)
    words = Words(facts={"more": days, "agreed_by": names})
    with acting("extend", dossier, by=by, at=at, words=words) as dossier:
        _must_all_agree(dossier, agreed_by)
        clock = _clock_in_time(dossier.case, at)
        if not 1 <= days <= clock.amount:
            raise Refused(_("More time is given by 1 to %(most)d at once.") % {"most": clock.amount})
        running = present_round(dossier)
        running.extended_days += days
        running.save(update_fields=["extended_days"])
        words.facts["counted_in"] = clock.unit
        who = str(running.unit)
        _move_all(dossier, lambda case: deadlines.extend(case, Stage.MEDIATE, more=days, who=who, at=at), words, by, at)
    return dossier


def pause(dossier: Dossier, *, until: date, reason: str, by: User, at: datetime) -> Dossier:
    """Let the clock stand still for an appraisal until the end of a day; that time does not count."""
    words = Words(public=reason, facts={"until": until.isoformat()})
    with acting("pause", dossier, by=by, at=at, words=words) as dossier:
        _must_be_said(reason)
        if _clock_in_time(dossier.case, at).is_paused(at):
            raise Refused(_("The time of this tier stands still already."))
        if until < localdate(at):
            raise Refused(_("That day is past; name a later one."))
        ends, who = midnight_after(until), str(present_round(dossier).unit)
        _move_all(dossier, lambda case: deadlines.pause(case, Stage.MEDIATE, until=ends, who=who, at=at), words, by, at)
    return dossier


def resume(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """Let the clock run again: the appraisal is there before its day."""
    words = Words()
    with acting("resume", dossier, by=by, at=at, words=words) as dossier:
        if not _clock(dossier.case).is_paused(at):
            raise Refused(_("The time of this tier does not stand still."))
        _move_all(dossier, lambda case: deadlines.resume(case, Stage.MEDIATE, at=at), words, by, at)
    return dossier


def below_of(dossier: Dossier) -> TierRound | None:
    """Find the round from which a dispute was taken up; none if it came from nowhere, or was sent back before."""
    rounds = sorted(dossier.rounds.all(), key=lambda each: -each.order)
    climbed = list(takewhile(lambda each: each.ended_at is None or each.result in MOVED, rounds))
    if len(climbed) < 2 or any(each.result == TierRound.Result.SENT_BACK for each in climbed):  # noqa: PLR2004
        return None
    return climbed[1]


def _next(dossier: Dossier, to: Unit | None, at: datetime) -> tuple[Tier, Unit]:
    """Find the next tier and who mediates there: the unit named, or the only one there is."""
    tier, units = way_up(dossier, at)
    if tier is None:
        raise Refused(_("Nobody mediates above here: end the mediation and name the other roads."))
    if to is not None and to.pk == dossier.case.lead_id:
        raise Refused(_("%(unit)s mediates here already.") % {"unit": to})
    if to is None and len(units) != 1:
        raise Refused(_("Say which committee it goes to."))
    if to is not None and to not in units:
        raise Refused(_("%(unit)s does not mediate at the tier above.") % {"unit": to})
    return tier, to or units[0]


def _where_it_came_from(dossier: Dossier) -> TierRound:
    """Find the round below from which it was taken up, if it was not sent back before."""
    below = below_of(dossier)
    if below is None and dossier.rounds.filter(result=TierRound.Result.SENT_BACK).exists():
        raise Refused(_("A dispute is sent back once at most."))
    if below is None:
        raise Refused(_("It did not come from a tier below."))
    return below


def _span(dossier: Dossier, tier: Tier) -> Span:
    """Give the span of a tier; a dispute that was accepted before is not accepted once more."""
    return tier if dossier.begun_at else span_of(tier)


def _leave(leaving: TierRound, result: TierRound.Result, reason: str, at: datetime) -> None:
    """End a round; what was planned in it is called off."""
    leaving.ended_at, leaving.result, leaving.reason = at, result, reason
    leaving.save(update_fields=["ended_at", "result", "reason"])
    planned = leaving.meetings.filter(held_at__isnull=True, called_off_at__isnull=True)
    planned.update(called_off_at=at, called_off_why=TierRound.Result(result).label)


def _arrive(dossier: Dossier, coming: TierRound) -> None:
    """Begin a round at which nobody mediates yet."""
    coming.county, coming.dossier = dossier.county, dossier
    coming.save(force_insert=True)
    dossier.mediator, dossier.chosen_by = None, ""


def _must_all_agree(dossier: Dossier, agreed_by: Collection[Party]) -> None:
    """Refuse more time that a party in the dispute has not agreed to."""
    parties, agreed = present_parties(dossier), {party.pk for party in agreed_by}
    silent = [party.name for party in parties if party.pk not in agreed]
    if silent or not parties:
        raise Refused(_("Every party must agree to more time; missing: %(names)s.") % {"names": "、".join(silent)})


def _must_be_said(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason."))


def _clock(case: Case) -> CaseClock:
    """Find the clock of the tier, which runs while a case is in mediation."""
    clock = deadlines.running(case, Stage.MEDIATE)
    if clock is None:
        raise Refused(_("No time of mediation is running on this case."))
    return clock


def _clock_in_time(case: Case, at: datetime) -> CaseClock:
    """Find the clock of the tier, if its time is not over yet."""
    clock = _clock(case)
    if clock.is_overdue(at):
        raise Refused(_("The time of this tier is over; what is late is not made punctual afterwards."))
    return clock


def _move_all(dossier: Dossier, move: Callable[[Case], CaseClock], words: Words, by: User, at: datetime) -> None:
    """Move the clock of every case of the dispute, and say in each by how much."""
    facts: dict[str, Fact] = dict(words.facts)
    for other in linked_cases(dossier):
        with held(other) as case:
            said = _moved(case, move, facts)
            mediating.write_down(case, Words(public=words.public, facts=said), by=by, at=at)
    words.facts |= _moved(dossier.case, move, facts)


def _moved(case: Case, move: Callable[[Case], CaseClock], facts: dict[str, Fact]) -> dict[str, Fact]:
    """Move one clock and tell from when to when."""
    due_was = _clock(case).due_at
    return facts | {"due_was": due_was.isoformat(), "due": move(case).due_at.isoformat()}
