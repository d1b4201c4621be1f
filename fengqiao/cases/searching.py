"""Chinese search in the database: what a row says as pairs of signs, and the condition that a word stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Func, Q, TextField, Value, When
from django.db.models import Case as Choose
from django.db.models.expressions import Combinable

from fengqiao.kit.bigrams import MOST_PAIRS, as_pattern, as_query, is_pair, is_steady, pairs
from fengqiao.places.models import Region

PARTS_OF_A_COUNTY = 3  # of its path; what lies in it has more
BARE_NUMBER = Func(F("number"), Value("-"), Value(""), function="replace", output_field=TextField())


class Flat(Func):
    """What these columns say, line by line, in the form that is compared."""

    function = "search_flat"
    arg_joiner = " || chr(10) || "
    output_field = TextField()


class Bigrams(Func):
    """The pairs of signs in what these columns say, for a stored column with an index."""

    function = "search_bigrams"
    arg_joiner = " || chr(10) || "
    output_field = SearchVectorField()


class Marked(Func):
    """The pairs of a row together with the places its path leads through: what the index was made of before."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()

    def __init__(self, path: str) -> None:
        """Take the column of the path by which the row is read."""
        super().__init__(F("search"), Func(F(path), function="search_marks", output_field=SearchVectorField()))


class Placed(Func):
    """The pairs of a row, each with its county before it, and the places its path leads through.

    One index finds words in an area, and reads nothing that other counties say.
    """

    function = "search_placed"
    output_field = SearchVectorField()

    def __init__(self, path: str) -> None:
        """Take the column of the path by which the row is read."""
        super().__init__(F("search"), F(path))


@dataclass(frozen=True, slots=True)
class Gathering:
    """How rows are gathered by the index of pairs and places: of one area, and the counties it lies in or holds.

    If the list is cut by a moment, too, the planner is not shown the word: it would think that so few rows have all
    its pairs that it need not look which of them are as new.
    """

    area: Region
    counties: tuple[str, ...]
    is_cut: bool = False

    def asks(self, word: str) -> str:
        """Write what the index is asked for: each pair of the word, as some county says it; and a place in a county."""
        asked = [" | ".join(f"'{county}{pair}'" for county in self.counties) for pair in pairs(word)[:MOST_PAIRS]]
        if not asked or self.area.path.count(".") >= PARTS_OF_A_COUNTY:
            asked.append(f"'@{self.area.short_code}'")
        return " & ".join(f"({one})" for one in asked)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the database is asked for it: pairs that a row must have, and what its text must hold besides."""

    pairs: str | None  # as a query; one sign has none: every text is read
    pattern: str | None  # none where the pairs decide
    is_steady: bool
    is_gathered: bool = False  # by the index of an area
    is_unseen: bool = False  # by the planner


def as_words(spellings: tuple[str, ...], gathered: Gathering | None = None) -> tuple[Word, ...]:
    """Write the spellings of a word as they are asked for: of each row, or of the index of an area."""
    return tuple(_as_word(spelling, gathered) for spelling in spellings)


def _as_word(word: str, gathered: Gathering | None) -> Word:
    asked = as_query(pairs(word)) if gathered is None else gathered.asks(word)
    pattern = None if is_pair(word) else as_pattern(word)
    return Word(asked or None, pattern, is_steady(word), gathered is not None, gathered is not None and gathered.is_cut)


@dataclass(frozen=True, slots=True)
class Said:
    """Where a table keeps what is searched: its columns, and the path by which its rows are read."""

    columns: tuple[Combinable, ...]
    path: str

    def holds(self, word: Word) -> Q:
        """Match the rows that have the pairs of a word: of an area by the index, else by looking at each row."""
        if word.pairs is None:
            return Q()
        query = _Unseen if word.is_unseen else _Query
        return Q(_Holds(Placed(self.path) if word.is_gathered else F("search"), query(Value(word.pairs))))


class _Lines(Func):
    template = "(%(expressions)s)"
    arg_joiner = " || chr(10) || "
    output_field = TextField()


class _Holds(Func):
    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


class _Like(Func):
    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = BooleanField()


class _Query(Func):
    template = "%(expressions)s::tsquery"
    output_field = TextField()


class _Unseen(_Query):
    template = "(SELECT %(expressions)s::tsquery)"


def as_if_common(condition: Q) -> Q:
    """Match the same rows, but let the planner expect half of them: it takes every word for a rare one.

    A list is walked in its order only for a word that many rows have; the planner would first gather all there are.
    """
    return Q(Choose(When(condition, then=True), default=False, output_field=BooleanField()))


def says(words: Iterable[Word], said: Said) -> Q:
    """Match the rows in whose columns some spelling of a word stands.

    The pairs, by their index, leave few rows; the text decides, since the pairs of 水管 and 管道 are in 水管管道 too.
    """
    found = Q()
    for word in words:
        found |= _stands(word, said)
    return found


def _stands(word: Word, said: Said) -> Q:
    held = said.holds(word)
    if word.pattern is None:
        return held
    pattern = Value(word.pattern)
    stands = Q(_Like(Flat(*said.columns), pattern))
    # Making a text flat is most of the work; a word of Han is mostly there as it stands.
    return held & (Q(_Like(_Lines(*said.columns), pattern)) | stands if word.is_steady else stands)


SAID_IN_CASE = Said((BARE_NUMBER, F("title"), F("public_reply")), "path")


def said_in_case(words: Iterable[Word]) -> Q:
    """Match the cases whose number, title or public reply has a word in some spelling."""
    return says(words, SAID_IN_CASE)
