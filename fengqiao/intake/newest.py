"""The newest of what a search finds, without reading the rest: each ground by its own index, from a moment on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from fengqiao.cases.models import Case
from fengqiao.cases.scope import Part
from fengqiao.cases.searching import as_if_common, said_in_case
from fengqiao.intake import common
from fengqiao.intake.common import Guess
from fengqiao.intake.models import Report
from fengqiao.intake.searching import MOST, gathering_in, said_in_report, search_cases, search_reports
from fengqiao.kit.bigrams import words_of
from fengqiao.places.models import Region
from fengqiao.places.scope import inside

TURNS = 2  # of guessing
PART_OF_A_NUMBER = re.compile("[0-9A-Za-z]{1,3}")
IN_NUMBERS = 20  # of two hundred cases have such a part in their number, which no report says
MOST_OF_COMMON = 200  # counted of a word that many texts hold: the newest of them are met, and no others
Key: TypeAlias = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Keyed:
    """Rows of one ground, and which of their columns are the moment and the id that the list goes by."""

    rows: QuerySet[Any]
    moment: str
    pk: str = "id"

    def newest(self, since: datetime | None, most: int) -> QuerySet[Any, Any]:
        """Give the moments and ids of the newest, each once."""
        rows = self.rows if since is None else self.rows.filter(**{f"{self.moment}__gte": since})
        keys = rows.order_by(f"-{self.moment}", f"-{self.pk}").values_list(self.moment, self.pk)
        return (keys if self.pk == "id" else keys.distinct())[:most]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest keys of all that was found; if more than `most`, there are others."""

    keys: list[Key]
    most: int


def newest_cases(grounds: Sequence[Part], typed: str) -> Newest | None:
    """Find the newest cases with one word; not where no area is known, nor of several, which may be in two reports."""
    if len(words_of(typed)) != 1:
        return None

    def ask(guess: Guess) -> list[Keyed]:
        return [keyed for ground in grounds for keyed in _cases(ground, typed, guess)]

    at_least = IN_NUMBERS if PART_OF_A_NUMBER.fullmatch(typed) else 0
    areas = [ground.area for ground in grounds]
    return _newest(ask, common.guess(typed, areas, MOST_OF_COMMON, at_least=at_least))


def newest_reports(grounds: Sequence[Part], typed: str) -> Newest | None:
    """Find the newest reports that hold all words; not where no area is known."""

    def ask(guess: Guess) -> list[Keyed]:
        return [_reports(ground, typed, guess) for ground in grounds]

    return _newest(ask, common.guess(typed, [ground.area for ground in grounds], MOST_OF_COMMON))


def _reports(ground: Part, typed: str, guess: Guess) -> Keyed:
    area = None if guess.is_walked else ground.area
    reports = Report.objects.filter(_place(ground.which, area, guess))
    return Keyed(search_reports(reports, typed, area, is_cut=guess.since is not None), "received_at")


def _cases(ground: Part, typed: str, guess: Guess) -> list[Keyed]:
    """Ask the reports of an area, which know when their case was opened, and what its cases say themselves."""
    area = ground.area
    if area is None:
        return [Keyed(search_cases(Case.objects.filter(ground.which), typed), "opened_at")]
    (spellings,), gathered = words_of(typed), gathering_in(area, is_cut=guess.since is not None)
    said = as_if_common(said_in_report(spellings)) if guess.is_walked else said_in_report(spellings, gathered)
    reports = Report.objects.filter(_place(inside("read_path", area), area, guess), said, case__isnull=False)
    own = Case.objects.filter(_place(ground.which, area, guess), said_in_case(spellings, gathered))
    return [Keyed(reports, "case_opened_at", "case_id"), Keyed(own, "opened_at")]


def _place(where: Q, area: Region | None, guess: Guess) -> Q:
    """Match what lies there; where the index of words knows the place, no other index need be asked for all of it."""
    return where if area is None or guess.since is not None else as_if_common(where)


def _newest(ask: Callable[[Guess], list[Keyed]], guess: Guess | None) -> Newest | None:
    """Ask from the guessed moment on; if that was too late for so many, from an earlier one, or for all."""
    if guess is None:
        return None
    for _turn in range(TURNS):
        if guess.since is None:
            break
        keys = _keys(ask(guess), guess.since, MOST_OF_COMMON + 1)
        if len(keys) > MOST_OF_COMMON:
            return Newest(keys, MOST_OF_COMMON)
        guess = guess.again(len(keys), MOST_OF_COMMON)
    return Newest(_keys(ask(Guess()), None, MOST + 1), MOST)


def _keys(parts: Sequence[Keyed], since: datetime | None, most: int) -> list[Key]:
    first, *others = [part.newest(since, most) for part in parts]
    return sorted(first.union(*others), reverse=True)[:most]
