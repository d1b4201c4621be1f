"""Which SQL Django writes while something is done: on a busy page, none that was written before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models.sql import compiler

COMPILERS = (
    compiler.SQLCompiler,
    compiler.SQLInsertCompiler,
    compiler.SQLUpdateCompiler,
    compiler.SQLDeleteCompiler,
    compiler.SQLAggregateCompiler,
)


@contextmanager
def written_anew() -> Iterator[list[str]]:
    """Note each statement that is written while the block runs, by its kind and model."""
    written: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for kind in COMPILERS:
            patch.setattr(kind, "as_sql", _noting(kind.as_sql, written))
        yield written


def _noting(write: Callable[..., Any], written: list[str]) -> Callable[..., Any]:
    def noted(self: Any, *args: Any, **kwargs: Any) -> Any:
        written.append(f"{type(self).__name__} {self.query.model.__name__}")
        return write(self, *args, **kwargs)

    return noted
