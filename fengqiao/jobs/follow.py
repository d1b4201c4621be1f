"""Does what follows each step: takes the log lines still owed, looks them up, calls what is listed there.

Lines that only tell somebody are taken several at once, all of them or none; where that goes wrong, one by one.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from fengqiao.cases.models import Unfollowed
from fengqiao.followups import FOLLOW_UPS, FOLLOWED_ALONE, FOLLOWED_BY_NOTHING
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.writing import delete, together

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
DOUBLINGS = 10  # enough to reach the longest pause
AT_ONCE = 20
SHORT_WAIT = "SET LOCAL lock_timeout = '200ms'"
READ_ALONG = ("line__case__lead", "line__case__centre__region")
logger = logging.getLogger(__name__)


@dataclass
class Followed:
    """What one pass did."""

    done: int = 0
    failed: int = 0


def follow(at: datetime) -> Followed:
    """Follow every line that is owed at this moment; a line that fails is tried again later, the rest go on."""
    followed = Followed(done=_let_go_of_the_rest(at))
    while taken := _follow_several(at):
        followed.done += taken
    while (succeeded := _follow_next(at)) is not None:
        followed.done += succeeded
        followed.failed += not succeeded
    return followed


def pause_after(failures: int) -> timedelta:
    """Say how long a line waits after this many failures: twice as long each time, within reason."""
    doublings: int = 2 ** min(failures - 1, DOUBLINGS)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


def _owed(at: datetime, too_late: datetime) -> QuerySet[Unfollowed]:
    """Find the lines whose time has come; one set longer than any may wait is from before the clock went back."""
    return Unfollowed.objects.select_for_update(skip_locked=True, of=("self",)).filter(_is_due(at, too_late))


def _is_due(at: datetime, too_late: datetime) -> Q:
    return Q(retry_at__lte=at) | Q(retry_at__gt=too_late)


def _let_go_of_the_rest(at: datetime) -> int:
    """Take away the lines of steps that nothing follows."""
    free = _owed(at, at + LONGEST_PAUSE)
    with transaction.atomic():
        rest = free.filter(FOLLOWED_BY_NOTHING).values("pk")
        return Unfollowed.objects.filter(pk__in=rest).delete()[0]


def _next(_shape: object, at: datetime, too_late: datetime) -> QuerySet[Unfollowed]:
    owed = _owed(at, too_late).select_related(*READ_ALONG)
    return owed.order_by("retry_at", "pk")[:1]


_NEXT: Prepared[Unfollowed] = Prepared(_next)


def _several(_shape: object, at: datetime, too_late: datetime) -> QuerySet[Unfollowed]:
    owed = Unfollowed.objects.filter(_is_due(at, too_late)).exclude(line__verb__in=FOLLOWED_ALONE)
    return owed.select_related(*READ_ALONG).order_by("retry_at", "pk")[:AT_ONCE]


# Who is told of a case keeps it from being held. One that a step holds is passed over: several are not waited for.
_SEVERAL: Prepared[Unfollowed] = Prepared(
    _several, ends=" FOR UPDATE OF cases_unfollowed SKIP LOCKED FOR KEY SHARE OF cases_case SKIP LOCKED"
)


def _follow_several(at: datetime) -> int:
    """Do all that follows several lines, or none of it; say how many lines that were.

    They hold several cases before what is told of them looks at units, against the order of `kit/holding.py`. So nobody
    who holds a unit is waited for until the database calls it a deadlock, which takes it a second.
    """
    try:
        with transaction.atomic(), together():
            marks = _SEVERAL(at, at + LONGEST_PAUSE)
            if marks:
                cast(Any, connection).ask(SHORT_WAIT, [])
                for mark in marks:
                    _do_all(mark, at)
                Unfollowed.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    except Exception:
        logger.info("Several lines could not be followed at once; they are taken one by one", exc_info=True)
        return 0
    return len(marks)


def _follow_next(at: datetime) -> bool | None:
    """Take one line that nobody else holds and do all that follows it, or none of it; None when nothing is owed.

    The mark that it is owed goes in the same transaction as the last effect: a worker killed between leaves both.
    """
    with transaction.atomic(), together():
        mark = next(iter(_NEXT(at, at + LONGEST_PAUSE)), None)
        if mark is None:
            return None
        try:
            with transaction.atomic():
                _do_all(mark, at)
                delete(Unfollowed, line=mark.pk)
        except Exception:
            logger.exception("What follows line %s could not be done; it is tried again later", mark.pk)
            _set_back(mark, at)
            return False
    return True


def _do_all(mark: Unfollowed, at: datetime) -> None:
    for follow_up in FOLLOW_UPS.get(mark.line.verb, ()):
        follow_up(mark.line, at)


def _set_back(mark: Unfollowed, at: datetime) -> None:
    mark.failures += 1
    mark.retry_at = at + pause_after(mark.failures)
    mark.save(update_fields=["failures", "retry_at"])
