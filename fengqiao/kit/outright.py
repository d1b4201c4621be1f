"""Settings read and answers of forms kept outright, without asking first whether they might be something else."""

from typing import Any, cast

from django.conf import LazySettings
from django.http import QueryDict


def read_settings_outright() -> None:
    """Leave out a look at each read that is meant for other lazy objects; a page reads settings a hundred times.

    A setting that was read once stands in the object itself, and is taken away from there when it changes. What is
    not there is asked for as ever.
    """
    cast(Any, LazySettings).__getattribute__ = object.__getattribute__


def keep_answers_outright() -> None:
    """Let Django put the answers of a form away at once; it asks of each four times in what letters it is written."""
    cast(Any, QueryDict).appendlist = _add


def _add(answers: Any, key: Any, value: Any) -> None:
    """Add a value under a key; what is not text, or not to be changed, is left to Django."""
    if answers._mutable and type(key) is str and type(value) is str:
        dict.setdefault(answers, key, []).append(value)
    else:
        _djangos(answers, key, value)


_djangos = QueryDict.appendlist
