"""Both sides filed at two units: one asks the other to mediate together, and once it agrees there is one dossier.

The unit that is asked decides. What it has on file stays readable there; its case goes on at the asking unit, under
the clock of that tier, as a linked case, and its parties follow the one dossier by the codes they have.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fengqiao.cases import deadlines
from fengqiao.cases.models import Case, Stage
from fengqiao.cases.transitions import mediating
from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.faces import same_person
from fengqiao.mediation.models import Dossier, JoinAsk, LinkedCase, TierRound
from fengqiao.mediation.transitions import voiding
from fengqiao.mediation.transitions.acting import acting, both_held, present_round
from fengqiao.mediation.workflow import RUNNING
from fengqiao.people.actors import Actor, Machine
from fengqiao.people.models import User

ANOTHER_UNIT = gettext_noop("another unit asked, or answered")  # by which the line in a case of another unit is written


def ask_to_join(dossier: Dossier, code: str, *, reason: str, by: User, at: datetime) -> JoinAsk:
    """Ask the unit that mediates what the other side filed; the code on that side's receipt says which it is."""
    other = _found(dossier, code)
    with both_held(dossier, other):
        facts: dict[str, Fact] = {"other": other.case.number}
        with acting("ask_to_join", dossier, by=by, at=at, words=Words(note=reason, facts=facts)) as dossier:
            if not reason.strip():
                raise Refused(_("Give the reason."))
            if other.asked.filter(answered_at__isnull=True).exists():
                raise Refused(_("It was asked already; the answer is awaited."))
            ask = JoinAsk.objects.create(
                county=dossier.county, dossier=dossier, other=other, reason=reason.strip(), by=by, at=at
            )
        told: dict[str, Fact] = {"act": "ask_to_join", "asked_by": str(dossier.case.lead), "table": dossier.number}
        mediating.write_down(other.case, Words(note=reason, facts=told), by=Machine(ANOTHER_UNIT), at=at)
    return ask


def answer_ask(ask: JoinAsk, *, agrees: bool, words: str = "", by: User, at: datetime) -> JoinAsk:
    """Agree or refuse, with a reason; once agreed the dispute goes on in the dossier of whoever asked."""
    table = Dossier.objects.select_related("case").get(pk=ask.dossier_id)
    other = Dossier.objects.select_related("case").get(pk=ask.other_id)
    with both_held(table, other):
        facts: dict[str, Fact] = {"agrees": agrees, "table": table.number}
        with acting("answer_ask", other, by=by, at=at, words=Words(note=words, facts=facts)) as other:
            ask = _open(ask)
            if not agrees and not words.strip():
                raise Refused(_("Give the reason."))
            ask.agrees, ask.answer, ask.answered_at = agrees, words.strip(), at
            ask.save(update_fields=["agrees", "answer", "answered_at"])
        if agrees:
            join(table, other, by=by, at=at)
        told: dict[str, Fact] = {"act": "answer_ask", "other": other.case.number, "agrees": agrees}
        mediating.write_down(table.case, Words(note=words, facts=told), by=Machine(ANOTHER_UNIT), at=at)
    return ask


def join(table: Dossier, other: Dossier, *, by: User, at: datetime) -> LinkedCase:
    """Let what another dossier is about go on in this one; called by whoever has the other."""
    case, table = table.case, hold(Dossier, table.pk)
    table.case = case
    if table.stand not in RUNNING:
        raise Refused(_("That mediation has moved on: %(stand)s.") % {"stand": table.get_stand_display()})
    running = present_round(table)
    words = Words()
    with acting("join", other, by=by, at=at, words=words) as other:
        voiding.void_aloud(other, words, at)
        voiding.call_off_what_is_planned(other, at)
        other.ended_at = at
        other.rounds.filter(ended_at__isnull=True).update(ended_at=at, result=TierRound.Result.JOINED)
        _pass_on_the_codes(table, other, at)
        words.facts |= {"table": table.number}
    facts: dict[str, Fact] = {"act": "join", "unit_name": running.unit.name, "table": table.number}
    mediating.hand_over(other.case, Words(facts=facts), to=running.unit, span=running.tier, by=by, at=at)
    stand_still_along(table, other.case, by=Machine(ANOTHER_UNIT), at=at)  # it is out of their hands by now
    return LinkedCase.objects.create(county=table.county, dossier=table, case=other.case, at=at)


def _pass_on_the_codes(table: Dossier, other: Dossier, at: datetime) -> None:
    """Let the parties leave the other table; who sits at this one too follows it by the code they have."""
    here = list(table.parties.filter(left_at__isnull=True, report__isnull=True))
    for leaving in other.parties.filter(left_at__isnull=True):
        same = next((party for party in here if party.report is None and same_person(party, leaving)), None)
        if same is not None and leaving.report is not None:
            same.report = leaving.report
            same.save(update_fields=["report"])
        leaving.left_at, leaving.left_why = at, _("Goes on in dossier %(number)s") % {"number": table.number}
        leaving.save(update_fields=["left_at", "left_why"])


def _found(dossier: Dossier, code: str) -> Dossier:
    """Find the dossier another unit has of what was filed under a code; whatever else there is, is not told."""
    rows = Dossier.objects.select_related("case").filter(stand__in=RUNNING, case__is_restricted=False)
    elsewhere = rows.filter(county=dossier.county).exclude(case__lead=dossier.case.lead_id)
    found = elsewhere.filter(case__reports__code=code).first()
    if found is None:
        raise Refused(_("No other unit mediates what was filed under this code."))
    return found


def stand_still_along(dossier: Dossier, other: Case, *, by: Actor, at: datetime) -> None:
    """Let the time of a case that comes to the table stand still if that of the dossier does."""
    clock = deadlines.running(dossier.case, Stage.MEDIATE)
    still = clock.stretches_still() if clock is not None and clock.is_paused(at) else []
    if still:
        until, who = still[-1][1], str(present_round(dossier).unit)
        deadlines.pause(other, Stage.MEDIATE, until=until, who=who, at=at)
        mediating.write_down(other, Words(facts={"act": "pause", "until": until.isoformat()}), by=by, at=at)


def _open(ask: JoinAsk) -> JoinAsk:
    """Read a request as it is now; one that was answered is answered."""
    ask = hold(JoinAsk, ask.pk)
    if ask.answered_at is not None:
        raise Refused(_("This was answered already."))
    return ask
