"""How a matter moved between tiers, in plain words for the bearer of its code."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case, RaiseUp
from fengqiao.web.shared.words import dated_moment


@dataclass(frozen=True, slots=True)
class Move:
    """One move, as a sentence with its sign."""

    icon: str
    words: str


def moves_of(case: Case | None, now: datetime) -> list[Move]:
    """Say in order how a matter moved: from county to county, and up in the present round."""
    return [] if case is None else [*_legs(case, now), *_raises(case, now)]


def legs_before(case: Case) -> list[Case]:
    """List the legs in other counties that a case goes on from, the first of them first."""
    found: list[Case] = []
    while case.continues is not None:
        case = case.continues
        found.insert(0, case)
    return found


def _legs(case: Case, now: datetime) -> list[Move]:
    legs = [*legs_before(case), case]
    said = _(
        "On %(moment)s %(here)s found that it lies elsewhere. "
        "%(there)s answers now, and the times begin there. Your code stays the same."
    )
    return [
        Move(
            "arrows-split",
            said
            % {
                "moment": dated_moment(there.opened_at, now),
                "here": here.centre.name,
                "there": there.centre.name,
            },
        )
        for here, there in pairwise(legs)
    ]


def _raises(case: Case, now: datetime) -> list[Move]:
    raises = case.raises.filter(round=case.round).select_related("centre").order_by("at")
    return [Move("arrow-up", _went_up(each, now)) for each in raises]


def _went_up(raised: RaiseUp, now: datetime) -> str:
    """Say to whom it went: a centre keeps to the times that were promised, a tier of mediation brings its own."""
    said = {"moment": dated_moment(raised.at, now), "centre": raised.centre.name}
    if raised.of_mediation:
        return _("On %(moment)s the mediation went one tier up, to %(centre)s. That tier has a time of its own.") % said
    return _("On %(moment)s it went one level up, to %(centre)s. The times promised to you have not changed.") % said
