"""What a list shows of a search: for each row, the text in which the words stand."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.kit.bigrams import words_of
from fengqiao.kit.excerpts import Words, count_found
from fengqiao.kit.prepared import Prepared, filled


def add_where_found(cases: list[Case], typed: str) -> None:
    """Give each case the text that holds most of the words, as `found_in`; nothing where only its title does."""
    words = words_of(typed)
    if not words or not cases:
        return
    said: dict[object, list[str]] = {case.pk: [case.public_reply] for case in cases}
    for report in _SAID(*filled([case.pk for case in cases])):
        said[report.case_id][:0] = texts_of(report)
    for case in cases:
        case.found_in = fullest(said[case.pk], words)  # type: ignore[attr-defined]


def _said(_shape: object, *cases: UUID) -> QuerySet[Report]:
    texts = ("case", "text", "title", "place", "code", "received_at")
    return Report.objects.filter(case__in=cases).only(*texts).order_by("received_at")


_SAID: Prepared[Report] = Prepared(_said)


def texts_of(report: Report) -> list[str]:
    """List what the search reads of a report, the telling first."""
    return [report.text, report.title, report.place, report.code]


def fullest(texts: Iterable[str], words: Words) -> str:
    """Pick the first text that holds the most of the words; none if no text holds any."""
    best = max(texts, key=lambda text: count_found(text, words), default="")
    return best if count_found(best, words) else ""
