"""Beside the lead: an assisting unit accepts, and says that its part is done. The lead answers for the whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.cases.models import Assist, Case
from fengqiao.cases.policy import may, standing
from fengqiao.cases.transitions.taking import Words, taking
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Actor
from fengqiao.people.models import Unit, User


def accept_assist(case: Case, *, by: Actor, at: datetime, unit: Unit | None = None) -> Case:
    """Acknowledge that a unit was asked to assist: its own by a handler, any by the rule that silence accepts."""
    words = Words()
    with taking("accept_assist", case, by=by, at=at, words=words) as case:
        asked = _asked(case, unit or _own_unit(case, "accept_assist", by, at))
        if asked.accepted_at is not None:
            raise Refused(_("Your unit has accepted already."))
        asked.accepted_at = at
        asked.save(update_fields=["accepted_at"])
        words.facts["assist"] = [asked.unit.name]
    return case


def finish_assist(case: Case, *, by: User, at: datetime, note: str = "") -> Case:
    """Say that the own unit's part is done; one that had not accepted does so by the same act."""
    words = Words(note=note)
    with _accepted(case, by, at) as case, taking("finish_assist", case, by=by, at=at, words=words) as case:
        asked = _asked(case, _own_unit(case, "finish_assist", by, at))
        asked.done_at = at
        asked.save(update_fields=["done_at"])
        words.facts["assist"] = [asked.unit.name]
    return case


@contextmanager
def _accepted(case: Case, by: User, at: datetime) -> Iterator[Case]:
    """Hold the case so that what follows is one act with the unit's acceptance, if that was still owed."""
    with transaction.atomic():
        locked = hold(Case, case.pk)
        yield accept_assist(case, by=by, at=at) if may(by, "accept_assist", locked, at) else case


def _own_unit(case: Case, verb: str, by: Actor, at: datetime) -> Unit:
    """Find the unit for which somebody takes a step."""
    post, _verdict = standing(by, verb, case, at)
    if post is None:
        raise Refused(_("Your unit is not asked to assist."))
    return post.unit


def _asked(case: Case, unit: Unit) -> Assist:
    """Find the request to a unit in this round."""
    asked = case.assists.select_related("unit").filter(unit=unit, round=case.round).first()
    if asked is None:
        raise Refused(_("Your unit is not asked to assist."))
    return asked
