"""A party dies or moves, a committee closes: the dispute goes on with whoever steps in."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import succeeding
from fengqiao.cases.transitions.taking import Words, held
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.completeness import who_mediates
from fengqiao.mediation.faces import Face, must_sit_on_one_side
from fengqiao.mediation.models import Dossier, Party
from fengqiao.mediation.transitions import voiding
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.transitions.parties import Known, whole
from fengqiao.mediation.workflow import LIVE
from fengqiao.people.models import Unit, User


def replace_party(party: Party, *, why: str, heirs: Sequence[Known] = (), by: User, at: datetime) -> list[Party]:
    """Let a party leave that died, moved or is no more; whoever steps in is asked for consent like anybody else.

    A draft the one who left had a part in is void. If nobody steps in, the mediation can end on that ground.
    """
    words = Words(note=why, facts={"steps_in": [known.name for known in heirs]})
    with acting("replace_party", party.dossier, by=by, at=at, words=words, party=party) as dossier:
        if not why.strip():
            raise Refused(_("Give the reason."))
        leaving = Party.objects.get(pk=party.pk)
        if leaving.left_at is not None:
            raise Refused(_("%(party)s has left this dispute already.") % {"party": party})
        leaving.left_at, leaving.left_why = at, why.strip()[:200]
        leaving.save(update_fields=["left_at", "left_why"])
        voiding.unword(dossier, words, at)
        return [_step_in(dossier, leaving, known, at) for known in heirs]


def pass_on(case: Case, gone: Unit, *, at: datetime) -> Case:
    """Let what is in the hands of a closed unit go to its successor, the running round of its dossier with it."""
    with held(case) as case:
        case = succeeding.pass_on(case, gone, at=at)
        found = Dossier.objects.filter(case=case, stand__in=LIVE).values_list("pk", flat=True).first()
        if found is not None and case.lead is not None:
            _follow(hold(Dossier, found), case, gone, at)
    return case


def _follow(dossier: Dossier, case: Case, gone: Unit, at: datetime) -> None:
    """Let the round run on at the successor; a mediator without a seat there mediates no more."""
    dossier.case = case
    running = dossier.rounds.filter(ended_at__isnull=True, unit=gone)
    if not running.update(unit=case.lead) or who_mediates(dossier, at) is not None:
        return
    dossier.mediator, dossier.chosen_by = None, ""
    dossier.save(update_fields=["mediator", "chosen_by"])
    voiding.void_mediators_signature(dossier)


def _step_in(dossier: Dossier, leaving: Party, known: Known, at: datetime) -> Party:
    """Enter whoever steps in, on the same side."""
    if known.side != leaving.side:
        raise Refused(_("Whoever steps in stands on the same side."))
    must_sit_on_one_side(dossier, Face(known.name, known.phone, known.side))
    said = asdict(whole(known, at))
    return Party.objects.create(county=dossier.county, dossier=dossier, joined_at=at, steps_in_for=leaving, **said)
