"""The papers of administrative mediation: they hold what those of people's mediation hold, in words of their own.

No national law orders administrative mediation as a whole: its papers name no article, and claim no effect that a law
gives to people's mediation alone.
"""

from dataclasses import dataclass
from typing import TypeVar, cast

from fengqiao.mediation.papers import contents
from fengqiao.mediation.vocabulary import Road

Kind = TypeVar("Kind", bound=contents.Paper)


@dataclass(frozen=True, kw_only=True)
class Application(contents.Application):
    """What a side asks a department for, and about what."""


@dataclass(frozen=True, kw_only=True)
class Acceptance(contents.Acceptance):
    """That the department took the dispute up; a notice to the parties."""


@dataclass(frozen=True, kw_only=True)
class RightsNotice(contents.RightsNotice):
    """What parties may do and must do, and that they were told."""


@dataclass(frozen=True, kw_only=True)
class Minutes(contents.Minutes):
    """What was said and found at one meeting."""


@dataclass(frozen=True, kw_only=True)
class Agreement(contents.Agreement):
    """What the parties agreed in writing before the department."""


@dataclass(frozen=True, kw_only=True)
class Termination(contents.Termination):
    """That the department ended its mediation without an agreement, why, and which roads remain."""


@dataclass(frozen=True, kw_only=True)
class FollowUp(contents.FollowUp):
    """What a visit after the agreement found."""


@dataclass(frozen=True, kw_only=True)
class Cover(contents.Cover):
    """The front page of the department's dossier."""


KINDS: dict[type[contents.Paper], type[contents.Paper]] = {
    contents.Application: Application,
    contents.Acceptance: Acceptance,
    contents.RightsNotice: RightsNotice,
    contents.Minutes: Minutes,
    contents.Agreement: Agreement,
    contents.Termination: Termination,
    contents.FollowUp: FollowUp,
    contents.Cover: Cover,
    contents.Index: contents.Index,  # names no road
}


def of_road(kind: type[Kind], road: str) -> type[Kind]:
    """Give the paper of this kind on the road that a dispute goes."""
    return cast("type[Kind]", KINDS[kind]) if road == Road.ADMINISTRATIVE else kind
