"""What every act in a dossier has in common: hold, right, state, change, save, a line in the log of the case."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fengqiao.cases.transitions import mediating
from fengqiao.cases.transitions.taking import Words, held
from fengqiao.kit.holding import hold
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.verdict import Refused, require
from fengqiao.kit.writing import facts_of, update_changed
from fengqiao.mediation.models import Dossier, Party, TierRound
from fengqiao.mediation.policy import may
from fengqiao.mediation.workflow import ACTS
from fengqiao.people.actors import Actor, Resident


@contextmanager
def acting(
    verb: str, dossier: Dossier, *, by: Actor, at: datetime, words: Words | None = None, party: Party | None = None
) -> Iterator[Dossier]:
    """Hold a dossier, and its case before it, while one act is taken; then save it and write its line."""
    words = words or Words()
    with standing_still(verb, dossier, by=by, at=at, party=party) as dossier:
        yield dossier
        words.facts |= {"act": verb} | ({"party": party.name} if party else {})
        mediating.write_down(dossier.case, words, by=_as_of(by, dossier), at=at)


@contextmanager
def standing_still(
    verb: str, dossier: Dossier, *, by: Actor, at: datetime, party: Party | None = None
) -> Iterator[Dossier]:
    """Hold a dossier while one act is taken whose line a step of the case writes."""
    with held(dossier.case) as case:
        dossier = hold(Dossier, dossier.pk)
        dossier.case = case
        before = facts_of(dossier)
        require(may(by, verb, dossier, at, party))
        if dossier.stand not in ACTS[verb].leaves:
            raise Refused(_("This mediation has moved on: %(stand)s.") % {"stand": dossier.get_stand_display()})
        yield dossier
        dossier.stand = ACTS[verb].reaches or dossier.stand
        update_changed(dossier, before)


@contextmanager
def both_held(one: Dossier, other: Dossier) -> Iterator[tuple[Dossier, Dossier]]:
    """Hold the cases of two dossiers, in the order of their ids, while an act touches both."""
    with ExitStack() as stack:
        for dossier in sorted((one, other), key=lambda each: each.case_id):
            dossier.case = stack.enter_context(held(dossier.case))
        yield one, other


def present_round(dossier: Dossier) -> TierRound:
    """Find the round that runs."""
    for present in _RUNNING(dossier.pk):
        return present
    raise TierRound.DoesNotExist


def _running(_shape: object, dossier: UUID) -> QuerySet[TierRound]:
    return TierRound.objects.filter(dossier=dossier, ended_at__isnull=True).select_related("tier", "unit")


_RUNNING: Prepared[TierRound] = Prepared(_running)


def _as_of(by: Actor, dossier: Dossier) -> Actor:
    """Let a party that came by a linked case speak in the dossier's own."""
    return Resident(by.report, dossier.case_id) if isinstance(by, Resident) else by
