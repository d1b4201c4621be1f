"""One step on several things: each row in a transaction of its own, so that a refusal stops nothing but itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fengqiao.cases.models import Case
from fengqiao.desk.models import BulkRow, BulkRun
from fengqiao.intake.models import Report
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User

Act = Callable[[BulkRow], object]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing to take the step on, as it was seen; `left_out` says why it is only listed."""

    thing: Case | Report
    seen: int = 0
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What was confirmed: the step, its form as it was sent, and the check page it came from."""

    verb: str
    answers: str
    submission: UUID


def begin(order: Order, chosen: Sequence[Chosen], *, by: User, at: datetime) -> BulkRun:
    """Write down what is to be done; the same check page sent again is the same run."""
    with transaction.atomic():
        run, is_new = BulkRun.objects.get_or_create(
            county=by.county,
            by=by,
            submission=order.submission,
            defaults={"verb": order.verb, "answers": order.answers, "at": at},
        )
        if is_new:
            BulkRow.objects.bulk_create([_row(run, place, each) for place, each in enumerate(chosen)])
    return run


def carry_out(run: BulkRun, act: Act, *, at: datetime) -> BulkRun:
    """Take the step on every row that has not had its turn; what was written is forgotten with the last."""
    for pk in run.rows.filter(outcome=BulkRow.Outcome.WAITING).order_by("place").values_list("pk", flat=True):
        _take(pk, act)
    BulkRun.objects.filter(pk=run.pk, finished_at__isnull=True).update(finished_at=at, answers="")
    run.refresh_from_db()
    return run


def forget(before: datetime) -> int:
    """Drop the runs of long ago: what they did stands in the records of the cases."""
    return BulkRun.objects.filter(at__lt=before).delete()[0]


def _row(run: BulkRun, place: int, chosen: Chosen) -> BulkRow:
    thing = chosen.thing
    return BulkRow(
        county=run.county,
        run=run,
        place=place,
        case=thing if isinstance(thing, Case) else None,
        report=thing if isinstance(thing, Report) else None,
        seen=chosen.seen,
        outcome=BulkRow.Outcome.REFUSED if chosen.left_out else BulkRow.Outcome.WAITING,
        reason=chosen.left_out,
    )


def _take(pk: UUID, act: Act) -> None:
    """Take the step on one row and mark it in the same transaction: killed in between, neither happened."""
    with transaction.atomic():
        row = BulkRow.objects.select_for_update(of=("self",)).select_related("run__by").get(pk=pk)
        if row.outcome != BulkRow.Outcome.WAITING:
            return
        try:
            with transaction.atomic():
                act(row)
            row.outcome = BulkRow.Outcome.DONE
        except Refused as refusal:
            row.outcome, row.reason = BulkRow.Outcome.REFUSED, str(refusal)
        row.save(update_fields=["outcome", "reason"])
