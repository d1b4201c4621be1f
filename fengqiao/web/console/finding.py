"""What a list shows of a search: for each row, the text in which the words stand."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.kit.bigrams import words_of
from fengqiao.kit.excerpts import Words, count_found
from fengqiao.kit.keys import Keys
from fengqiao.kit.prepared import filled


def add_where_found(cases: list[Case], typed: str) -> None:
    """Give each case the text that holds most of the words, as `found_in`; nothing where only its title does."""
    words = words_of(typed)
    if not words or not cases:
        return
    said: dict[UUID, list[str]] = {case.pk: [case.public_reply] for case in cases}
    for pk, *texts in _SAID(tuple(filled([*said]))):
        said[pk][:0] = texts
    for case in cases:
        case.found_in = fullest(said[case.pk], words)  # type: ignore[attr-defined]


def _said(cases: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    """Ask for the reports of cases, as `texts_of` lists them."""
    reports = Report.objects.filter(case__in=cases).order_by("received_at")
    return reports.values_list("case", "text", "title", "place", "code")


_SAID: Keys[tuple[UUID, ...]] = Keys(_said, keeps_plan=True)


def texts_of(report: Report) -> list[str]:
    """List what the search reads of a report, the telling first."""
    return [report.text, report.title, report.place, report.code]


def fullest(texts: Iterable[str], words: Words) -> str:
    """Pick the first text that holds the most of the words; none if no text holds any."""
    best, most = "", 0
    for text in texts:
        if (found := count_found(text, words)) > most:
            best, most = text, found
        if most == len(words):
            break
    return best
