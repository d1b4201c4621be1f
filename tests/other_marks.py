"""Every prepared query is written a second time, with other marks: nothing else may differ.

What is made of a value – a day later, the paths above one – would stay in the kept SQL, and the next would get it.
"""

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from fengqiao.kit.keys import Keys
from fengqiao.kit.prepared import Prepared, Statement, Value, marks_for


@contextmanager
def written_twice() -> Iterator[None]:
    """Refuse a query that keeps more of its values than their places."""
    with pytest.MonkeyPatch.context() as patch:
        for kind, name in ((Keys, "_written"), (Prepared, "_plan")):
            patch.setattr(kind, name, _compared(getattr(kind, name)))
        yield


def _compared(write: Any) -> Any:
    def written(query: Any, shape: Hashable, marks: Sequence[Value]) -> Any:
        plan, other = (write(query, shape, each) for each in (marks, marks_for([*marks, *marks])[len(marks) :]))
        if isinstance(plan, Statement):
            assert (plan.sql, _given(plan, marks)) == (other.sql, _given(other, marks)), shape
        return plan

    return written


def _given(plan: Statement, marks: Sequence[Value]) -> list[Any]:
    """List the parameters; JSON is wrapped for the driver in what equals only itself."""
    return [param.obj if isinstance(param, Jsonb) else param for param in plan.params(marks)]
