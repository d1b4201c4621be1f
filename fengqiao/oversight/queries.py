"""What pages show of notices and of the machine's own health."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from fengqiao.cases.models import RUNNING, CaseClock, Unfollowed
from fengqiao.cases.scope import Shape, held_posts, shape_of, stand_in, values_of
from fengqiao.intake.models import ReportClock
from fengqiao.kit.prepared import Prepared
from fengqiao.oversight import channels
from fengqiao.oversight.models import DayNote, Heartbeat, Notice
from fengqiao.people.models import Unit, User

NONE = timedelta(0)
DEAD_AFTER = timedelta(seconds=60)  # a worker says every ten seconds that it lives
LATE_AFTER = timedelta(minutes=5)
SHOWN = 10  # notices


def first_waiting_for(user: User, at: datetime) -> list[Notice]:
    """Fetch the first of what this user was told and nobody has looked at yet, urgent ones first."""
    posts = held_posts(user, at)
    return _FIRST(at, *values_of(user, posts), shape=shape_of(posts))


def _first(shape: Shape, at: datetime, *held: UUID | str) -> QuerySet[Notice]:
    found = Notice.objects.reached_by(*stand_in(shape, held), at).unseen().standing()
    along = found.select_related("case", "report", "case_clock", "report_clock", "line", "unit")
    return along.order_by("-is_urgent", "-level", "made_at")[:SHOWN]


_FIRST: Prepared[Notice] = Prepared(_first, spares_values=True)


def handed_over(centre: Unit, on: date) -> list[DayNote]:
    """List what the shifts of a centre left about a day and the last day before it, and what is still open."""
    return _HANDED_OVER(centre.pk, on)


def _handed_over(_shape: object, centre: UUID, on: date) -> QuerySet[DayNote]:
    notes = DayNote.objects.filter(centre=centre)
    before = Subquery(notes.filter(on__lt=on).order_by("-on").values("on")[:1])
    carried = Q(on__lt=on, stays_open=True, settled_at__isnull=True)
    found = notes.filter(Q(on=on) | Q(on=before) | carried).order_by("on", "at")
    return found.select_related("by", "taken_by", "settled_by")


_HANDED_OVER: Prepared[DayNote] = Prepared(_handed_over)


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the worker keeps up: when it was last heard, and how long the oldest thing it owes has waited."""

    heartbeat: Heartbeat | None
    silence: timedelta | None
    follow_up_lag: timedelta
    sweep_lag: timedelta
    dead_channels: int = 0

    @property
    def is_alive(self) -> bool:
        """Test if a worker has been heard of late."""
        return self.silence is not None and self.silence <= DEAD_AFTER

    @property
    def keeps_up(self) -> bool:
        """Test if nothing has waited too long."""
        return max(self.follow_up_lag, self.sweep_lag) <= LATE_AFTER


def pulse(at: datetime) -> Pulse:
    """Take the worker's pulse."""
    # One from the time before the clock was set back would let a dead worker seem alive until that time comes again.
    heartbeat = Heartbeat.objects.filter(at__lte=at + DEAD_AFTER).order_by("-at").first()
    return Pulse(
        heartbeat=heartbeat,
        silence=max(at - heartbeat.at, NONE) if heartbeat else None,
        follow_up_lag=_lag(Unfollowed.objects.order_by("retry_at").values_list("retry_at", flat=True).first(), at),
        sweep_lag=max(_lag(_oldest_alert(CaseClock), at), _lag(_oldest_alert(ReportClock), at)),
        dead_channels=channels.dead().count(),
    )


def _oldest_alert(clocks: type[CaseClock] | type[ReportClock]) -> datetime | None:
    owed = clocks._default_manager.filter(RUNNING, alert_at__isnull=False)
    oldest: datetime | None = owed.order_by("alert_at").values_list("alert_at", flat=True).first()
    return oldest


def _lag(oldest: datetime | None, at: datetime) -> timedelta:
    return max(at - oldest, NONE) if oldest else NONE
