"""Pages that people see, drawn by folded and quickened templates and by Django's own: sign by sign the same."""

from tests.both_ways import drawn_both_ways
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn, sign_in
from tests.web.console.test_cost_of_a_lifecycle import lifecycle

__all__ = ["sign_in"]


def test_a_lifecycle_looks_the_same(qing: QingCounty, sign_in: SignIn) -> None:
    with drawn_both_ways() as drawn:
        lifecycle(qing, sign_in)

    assert {"console/cases/case.html", "console/cases/case.html#case", "console/intake/received.html"} <= set(drawn)
