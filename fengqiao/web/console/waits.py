"""What of the dossiers waits, and for whom: each sort is one condition, for its count and for its list alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models import Case
from fengqiao.cases.scope import Hands, areas_of, hands_of, held_posts, seen_from
from fengqiao.kit.keys import Keys, in_one_row
from fengqiao.mediation.models import Agreement, Dossier, Item, Party, Referral
from fengqiao.mediation.vocabulary import Consent, Road
from fengqiao.mediation.workflow import LIVE, RUNNING, Stand
from fengqiao.people.models import Role, User
from fengqiao.places.scope import Place, place_of

SOON = timedelta(days=2)
SOON_TO_DO = timedelta(days=3)
SOON_TO_CONFIRM = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Moment:
    """When is asked, and until when something is soon: what the columns of dossiers are compared with."""

    at: datetime
    soon: datetime
    today: date
    to_do: date
    to_confirm: date

    @classmethod
    def of(cls, at: datetime) -> Self:
        """Tell a moment."""
        to_do, to_confirm = localdate(at + SOON_TO_DO), localdate(at + SOON_TO_CONFIRM)
        return cls(at, at + SOON, localdate(at), to_do, to_confirm)


@dataclass(frozen=True, slots=True)
class Own:
    """Which dossiers someone begins with: of the cases they see, and where they mediate, of their committees."""

    areas: tuple[Place, ...]
    hands: Hands
    committees: tuple[UUID, ...]

    @classmethod
    def of(cls, user: User, at: datetime) -> "Own":
        """Tell them from the posts that someone holds."""
        posts = held_posts(user, at)
        committees = tuple(post.unit_id for post in posts if post.role == Role.MEDIATOR)
        return cls(tuple(map(place_of, areas_of(posts))), hands_of(user, posts), committees)

    def dossiers(self) -> QuerySet[Dossier]:
        """Narrow to them."""
        seen = Dossier.objects.filter(case__in=Case.objects.filter(seen_from(self.areas, self.hands)))
        return seen.filter(case__lead__in=self.committees) if self.committees else seen


@dataclass(frozen=True, slots=True)
class Wait:
    """One sort of waiting: its name, its sign, and which dossiers wait so."""

    label: Any
    icon: str
    where: Callable[[Moment], Q]


def _overdue(when: Moment) -> Q:
    return Q(stand__in=LIVE, case__due_at__lt=when.at)


def _soon(when: Moment) -> Q:
    return Q(stand__in=LIVE, case__due_at__gte=when.at, case__due_at__lt=when.soon)


def _consent(_when: Moment) -> Q:
    silent = Party.objects.filter(dossier=OuterRef("pk"), left_at__isnull=True).exclude(consent=Consent.GIVEN)
    return Q(Exists(silent), stand=Stand.ASKING)


def _mediator(_when: Moment) -> Q:
    return Q(stand__in=RUNNING, mediator__isnull=True, road=Road.PEOPLES)


def _signature(_when: Moment) -> Q:
    return Q(stand=Stand.SIGNING)


def _refused(_when: Moment) -> Q:
    return Q(stand=Stand.REFUSED)


def _items(when: Moment) -> Q:
    owed = {"done_at__isnull": True, "broken_at__isnull": True, "due_on__lte": when.to_do}
    return _agreed(Item.objects.filter(agreement__dossier=OuterRef("pk"), agreement__state="effective", **owed))


def _broken(_when: Moment) -> Q:
    in_force = {"agreement__dossier": OuterRef("pk"), "agreement__state": Agreement.State.EFFECTIVE}
    return _agreed(Item.objects.filter(broken_at__isnull=False, **in_force))


def _referral(_when: Moment) -> Q:
    return Q(Exists(Referral.objects.filter(dossier=OuterRef("pk"), ended_at__isnull=True)))


def _confirm(when: Moment) -> Q:
    return _agreed(_effective().filter(court="", confirm_until__gte=when.today, confirm_until__lte=when.to_confirm))


def _court(_when: Moment) -> Q:
    return _agreed(_effective().filter(court=Agreement.Court.ASKED))


def _effective() -> Any:
    return Agreement.objects.filter(dossier=OuterRef("pk"), state=Agreement.State.EFFECTIVE)


def _agreed(rows: Any) -> Q:
    return Q(Exists(rows), stand=Stand.AGREED)


WAITS: dict[str, Wait] = {
    "overdue": Wait(_("Time of the tier is over"), "alarm", _overdue),
    "soon": Wait(_("Due within two days"), "clock", _soon),
    "refused": Wait(_("Refused: to be ended, other roads named"), "thumb-down", _refused),
    "consent": Wait(_("For a party's consent"), "help-circle", _consent),
    "mediator": Wait(_("For a mediator"), "user", _mediator),
    "signature": Wait(_("For signatures and seal"), "edit", _signature),
    "items": Wait(_("Promised within three days, or late"), "calendar", _items),
    "broken": Wait(_("A promise is broken: to be urged, or taken to court"), "alert-triangle", _broken),
    "referral": Wait(_("For the help a party was sent on for"), "heart", _referral),
    "confirm": Wait(_("Joint confirmation still possible for ten days at most"), "hourglass", _confirm),
    "court": Wait(_("For the court"), "building-community", _court),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many dossiers wait in one way."""

    key: str
    label: str
    number: int


def tallied(user: User, at: datetime) -> list[Tally]:
    """Count what waits for a mediator in each way, without its rows; for whoever does not mediate nothing waits."""
    own = Own.of(user, at)
    counts = counts_of(own, Moment.of(at)) if own.committees else {}
    return [Tally(key, str(WAITS[key].label), number) for key, number in counts.items() if number]


def counts_of(own: Own, when: Moment) -> dict[str, int]:
    """Count the dossiers someone begins with, in each way they wait."""
    found = _COUNTS((own, when))
    return dict(zip(WAITS, found[0], strict=True)) if found else dict.fromkeys(WAITS, 0)


def _counts(asked: tuple[Own, Moment]) -> QuerySet[Any, Any]:
    own, when = asked
    return in_one_row(own.dossiers(), **{key: Count("pk", filter=wait.where(when)) for key, wait in WAITS.items()})


_COUNTS: Keys[tuple[Own, Moment]] = Keys(_counts, spares_values=True)
