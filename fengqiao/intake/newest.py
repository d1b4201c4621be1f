"""The newest of what a search finds, without reading the rest: each ground by its own index, from a moment on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from fengqiao.cases.models import Case
from fengqiao.cases.scope import Hands, areas_of, beside_areas, hands_of, open_in
from fengqiao.cases.searching import Word, as_if_common, as_words, said_in_case
from fengqiao.intake import common
from fengqiao.intake.common import Guess
from fengqiao.intake.models import Report
from fengqiao.intake.scope import accused_in, accusing, beside_read, read_in
from fengqiao.intake.searching import MOST, gathering_in, said_in_report, walked
from fengqiao.kit.bigrams import words_of
from fengqiao.kit.keys import Keys
from fengqiao.people.models import Post, User
from fengqiao.places.models import Region
from fengqiao.places.scope import Place, inside, place_of

TURNS = 2  # of guessing
PART_OF_A_NUMBER = re.compile("[0-9A-Za-z]{1,3}")
IN_NUMBERS = 20  # of two hundred cases have such a part in their number, which no report says
MOST_OF_COMMON = 200  # counted of a word that many texts hold: the newest of them are met, and no others
Key: TypeAlias = tuple[datetime, UUID]
Words: TypeAlias = tuple[tuple[Word, ...], ...]  # each in its spellings


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest keys of all that was found; if more than `most`, there are others."""

    keys: list[Key]
    most: int


@dataclass(frozen=True, slots=True)
class Looked:
    """An area, and the words as its index is asked for them; none where each row is looked at."""

    area: Place
    words: Words


@dataclass(frozen=True, slots=True)
class Sought:
    """Since when and where which words are looked for: by the index of an area, and row by row."""

    since: datetime | None
    is_walked: bool
    most: int
    words: Words
    hands: Hands
    areas: tuple[Looked, ...]
    accused: tuple[Looked, ...] = ()

    def place(self, where: Q) -> Q:
        """Match what lies there; where the index of words knows the place, no other index need be asked for it all."""
        return where if self.since is not None else as_if_common(where)

    def newest(self, rows: QuerySet[Any], moment: str, pk: str = "id") -> QuerySet[Any, Any]:
        """Give the moments and ids of the newest, each once."""
        if self.since is not None:
            rows = rows.filter(**{f"{moment}__gte": self.since})
        keys = rows.order_by(f"-{moment}", f"-{pk}").values_list(moment, pk)
        return (keys if pk == "id" else keys.distinct())[: self.most]


def newest_cases(user: User, posts: list[Post], typed: str) -> Newest | None:
    """Find the newest cases with one word; not where no area is known, nor of several, which may be in two reports."""
    words = words_of(typed)
    if len(words) != 1:
        return None
    areas, hands = areas_of(posts), hands_of(user, posts)

    def ask(guess: Guess, most: int) -> list[Key]:
        by_row = tuple(map(as_words, words)) if guess.is_walked or hands.units or hands.named else ()
        looked = tuple(_looked(area, words, guess) for area in areas)
        return _CASES(Sought(guess.since, guess.is_walked, most, by_row, hands, looked))

    at_least = IN_NUMBERS if PART_OF_A_NUMBER.fullmatch(typed) else 0
    return _newest(ask, common.guess(typed, areas, MOST_OF_COMMON, at_least=at_least))


def newest_reports(user: User, posts: list[Post], typed: str) -> Newest | None:
    """Find the newest reports that hold all words; not where no area is known."""
    words, areas, hands = words_of(typed), areas_of(posts), hands_of(user, posts)

    def ask(guess: Guess, most: int) -> list[Key]:
        asked = () if guess.is_walked else words
        looked = [tuple(_looked(area, asked, guess) for area in each) for each in (areas, accusing(posts))]
        return _REPORTS(Sought(guess.since, guess.is_walked, most, tuple(map(as_words, words)), hands, *looked))

    return _newest(ask, common.guess(typed, areas, MOST_OF_COMMON))


def _looked(area: Region, words: Sequence[tuple[str, ...]], guess: Guess) -> Looked:
    gathered = gathering_in(area, is_cut=guess.since is not None)
    return Looked(place_of(area), tuple(as_words(spellings, gathered) for spellings in words))


def _reports(sought: Sought) -> QuerySet[Any, Any]:
    """Ask the reports of an area by its index, and those that are read on other grounds row by row."""
    grounds = [(read_in(each.area), each.words) for each in sought.areas]
    grounds += [(accused_in(each.area), each.words) for each in sought.accused]
    areas = [_said_in_reports(sought, which, words) for which, words in grounds]
    beside = beside_read([each.area for each in sought.areas], sought.hands)
    return _united([*areas, *(_said_in_reports(sought, which, ()) for which in beside)])


def _said_in_reports(sought: Sought, which: Q, words: Words) -> QuerySet[Any, Any]:
    if words:
        said = [said_in_report(each) for each in words]
        return sought.newest(Report.objects.filter(sought.place(which), *said), "received_at")
    said = [as_if_common(said_in_report(each)) for each in sought.words]
    return sought.newest(Report.objects.filter(which, *said), "received_at")


def _cases(sought: Sought) -> QuerySet[Any, Any]:
    """Ask the reports of an area, which know when their case was opened, and what its cases say themselves."""
    areas = [each for looked in sought.areas for each in _in_area(sought, looked)]
    seen = [Case.objects.filter(which).filter(*map(walked, sought.words)) for which in beside_areas(sought.hands)]
    return _united([*areas, *(sought.newest(cases, "opened_at") for cases in seen)])


def _in_area(sought: Sought, looked: Looked) -> list[QuerySet[Any, Any]]:
    [words] = looked.words
    said = as_if_common(said_in_report(sought.words[0])) if sought.is_walked else said_in_report(words)
    there = sought.place(inside("read_path", looked.area))
    own = Case.objects.filter(sought.place(open_in(looked.area)), said_in_case(words))
    reports = Report.objects.filter(there, said, case__isnull=False)
    return [sought.newest(reports, "case_opened_at", "case_id"), sought.newest(own, "opened_at")]


def _united(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *others = parts
    return first.union(*others)


_CASES: Keys[Sought] = Keys(_cases)
_REPORTS: Keys[Sought] = Keys(_reports)


def _newest(ask: Callable[[Guess, int], list[Key]], guess: Guess | None) -> Newest | None:
    """Ask from the guessed moment on; if that was too late for so many, from an earlier one, or for all."""
    if guess is None:
        return None
    for _turn in range(TURNS):
        if guess.since is None:
            break
        keys = _sorted(ask(guess, MOST_OF_COMMON + 1), MOST_OF_COMMON + 1)
        if len(keys) > MOST_OF_COMMON:
            return Newest(keys, MOST_OF_COMMON)
        guess = guess.again(len(keys), MOST_OF_COMMON)
    return Newest(_sorted(ask(Guess(), MOST + 1), MOST + 1), MOST)


def _sorted(keys: list[Key], most: int) -> list[Key]:
    return sorted(keys, reverse=True)[:most]
