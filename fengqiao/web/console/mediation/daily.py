"""What a mediator's day shows: how much waits in each way and the first of it, the meetings, and what is new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fengqiao.kit.keys import Keys, Where, all_of
from fengqiao.kit.prepared import Prepared, filled
from fengqiao.mediation.models import Dossier, Meeting
from fengqiao.people.models import User
from fengqiao.web.console.waits import WAITS, Moment, Own, counts_of

FIRST = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """Dossiers that wait in the same way: how many, and the first of them."""

    key: str
    label: str
    icon: str
    count: int
    dossiers: tuple[Dossier, ...]


@dataclass(frozen=True, slots=True)
class Daily:
    """Everything of one day."""

    groups: list[Waiting]
    meetings: list[Meeting]
    newest: list[Dossier]


def daily(user: User, at: datetime) -> Daily:
    """Look the day up: rows are fetched once, however often they wait."""
    own, when = Own.of(user, at), Moment.of(at)
    counts = counts_of(own, when)
    firsts = {key: _ids(_FIRST((own, Where(WAITS[key].where, (when,))))) for key in WAITS if counts[key]}
    newest, meetings = _ids(_NEWEST(own)), _ids(_TODAY((own, when)))
    rows = rows_of({pk for ids in (*firsts.values(), newest) for pk in ids})
    groups = [
        Waiting(key, str(wait.label), wait.icon, counts[key], tuple(rows[pk] for pk in firsts.get(key, ())))
        for key, wait in WAITS.items()
    ]
    return Daily(groups, _MEETINGS(*filled(meetings)) if meetings else [], [rows[pk] for pk in newest])


def rows_of(ids: Iterable[UUID]) -> dict[UUID, Dossier]:
    """Fetch dossiers with what their rows show."""
    wanted = list(ids)
    return {dossier.pk: dossier for dossier in _ROWS(*filled(wanted))} if wanted else {}


def _ids(found: list[Any]) -> list[UUID]:
    return [pk for (pk,) in found]


def _first(asked: tuple[Own, Where]) -> QuerySet[Any, Any]:
    own, where = asked
    return own.dossiers().filter(all_of([where])).order_by("case__due_at", "id").values_list("pk")[:FIRST]


def _newest(own: Own) -> QuerySet[Any, Any]:
    return own.dossiers().order_by("-opened_at", "-id").values_list("pk")[:FIRST]


def _today(asked: tuple[Own, Moment]) -> QuerySet[Any, Any]:
    own, when = asked
    today = Meeting.objects.filter(dossier__in=own.dossiers(), starts_at__date=when.today, called_off_at__isnull=True)
    return today.values_list("pk")


def _rows(_shape: object, *ids: UUID) -> QuerySet[Dossier]:
    found = Dossier.objects.filter(pk__in=ids)
    return found.select_related("case__region__parent__parent", "case__lead", "mediator")


def _meetings(_shape: object, *ids: UUID) -> QuerySet[Meeting]:
    """Fetch meetings in their order."""
    return Meeting.objects.filter(pk__in=ids).select_related("dossier__case", "mediator").order_by("starts_at", "id")


_FIRST: Keys[tuple[Own, Where]] = Keys(_first, spares_values=True)
_NEWEST: Keys[Own] = Keys(_newest)
_TODAY: Keys[tuple[Own, Moment]] = Keys(_today, spares_values=True)
_ROWS: Prepared[Dossier] = Prepared(_rows)
_MEETINGS: Prepared[Meeting] = Prepared(_meetings)
