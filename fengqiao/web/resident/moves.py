"""How a matter moved between tiers, in plain words for the bearer of its code."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.web.shared.words import dated_moment


@dataclass(frozen=True, slots=True)
class Move:
    """One move, as a sentence with its sign."""

    icon: str
    words: str


def moves_of(case: Case | None, now: datetime) -> list[Move]:
    """Say in order how a case moved in its present round."""
    return [] if case is None else _raises(case, now)


def _raises(case: Case, now: datetime) -> list[Move]:
    raises = case.raises.filter(round=case.round).select_related("centre").order_by("at")
    said = _("On %(moment)s it went one level up, to %(centre)s. The times promised to you have not changed.")
    return [
        Move("arrow-up", said % {"moment": dated_moment(each.at, now), "centre": each.centre.name}) for each in raises
    ]
