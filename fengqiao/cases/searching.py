"""Chinese search in the database: what a row says as pairs of signs, and the condition that a word stands in it."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Func, Q, TextField, Value
from django.db.models.expressions import Combinable

from fengqiao.kit.bigrams import as_pattern, as_query, is_pair, is_steady

BARE_NUMBER = Func(F("number"), Value("-"), Value(""), function="replace", output_field=TextField())
SAID_IN_CASE = (BARE_NUMBER, F("title"), F("public_reply"))


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


def says(spellings: tuple[str, ...], said: tuple[Combinable, ...]) -> Q:
    """Match the rows in whose columns some spelling of a word stands.

    The pairs, by their index, leave few rows; the text decides, since the pairs of 水管 and 管道 are in 水管管道 too.
    """
    found = Q()
    for word in spellings:
        found |= _stands(word, said)
    return found


def _stands(word: str, said: tuple[Combinable, ...]) -> Q:
    asked, pattern = as_query(word), Value(as_pattern(word))
    held = Q(_Holds(F("search"), _Query(Value(asked)))) if asked else Q()  # one sign has no pair: every text is read
    if is_pair(word):
        return held
    stands = Q(_Like(Flat(*said), pattern))
    # Making a text flat is most of the work; a word of Han is mostly there as it stands.
    return held & (Q(_Like(_Lines(*said), pattern)) | stands if is_steady(word) else stands)


def said_in_case(spellings: tuple[str, ...]) -> Q:
    """Match the cases whose number, title or public reply has a word."""
    return says(spellings, SAID_IN_CASE)
