"""What nobody sent is taken away after a day: waiting files, and files on the disk that no row names."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from fengqiao.files import keeping
from fengqiao.files.models import Arrival, Attachment, Basket, CoveredCopy
from fengqiao.files.transitions import arriving

WAITS = timedelta(days=1)
BATCH = 500


def sweep(at: datetime) -> int:
    """Take away what has waited for more than a day; say how many files went."""
    old = Basket.objects.filter(opened_at__lt=at - WAITS).values_list("pk", flat=True)
    return sum(_empty(basket) for basket in list(old)) + _unnamed(at)


def _empty(basket: UUID) -> int:
    """Take one basket away, unless its form is being sent just now."""
    with transaction.atomic():
        held = Basket.objects.select_for_update(skip_locked=True).filter(pk=basket).first()
        if held is None:
            return 0
        went = list(held.files.values_list("pk", flat=True))
        broken_off = list(held.arrivals.values_list("pk", flat=True))
        held.delete()
    for id in went:
        keeping.take_away(id)
    for id in broken_off:
        arriving.forget(id)
    return len(went) + len(broken_off)


def _unnamed(at: datetime) -> int:
    """Take away what no row names: a step between file and row failed, or a row went and its file stayed."""
    lying = list(keeping.lying(at - WAITS))
    return sum(_take_unnamed(lying[start : start + BATCH]) for start in range(0, len(lying), BATCH))


def _take_unnamed(lying: list[tuple[Path, UUID | None]]) -> int:
    ids = [id for _path, id in lying if id]
    named = set(Attachment.objects.filter(pk__in=ids).values_list("pk", flat=True))
    named |= set(CoveredCopy.objects.filter(pk__in=ids).values_list("pk", flat=True))
    named |= set(Arrival.objects.filter(pk__in=ids).values_list("pk", flat=True))
    unnamed = [path for path, id in lying if id not in named]
    for path in unnamed:
        with suppress(FileNotFoundError):
            path.unlink()
    return len(unnamed)
