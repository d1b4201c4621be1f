"""Take checked messages in, each with its own time, in groups small enough to lose little when stopped."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.importing.rows import Row
from fengqiao.intake.models import Report
from fengqiao.intake.transitions.receiving import Entry, receive
from fengqiao.intake.workflow import Channel
from fengqiao.places.models import County

SOURCE = "mailbox"
# The file says nothing of a message's nature. Somebody who writes wants something: that is all we claim, and above
# all not that they complained.
NATURE = Nature.HELP
AT_ONCE = 50  # messages a transaction

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Stored:
    """How many messages are new here, and how many had come in before."""

    added: int
    known: int


def store(county: County, rows: Sequence[Row], tell: Callable[[int], None]) -> Stored:
    """Take the messages in through the same door as any report; what has come in before stays as it is."""
    added = 0
    for group in groups(rows):
        with transaction.atomic():
            added += sum(_take_in(county, row) for row in group)
        tell(len(group))
    return Stored(added, len(rows) - added)


def stored_reports(county: County) -> dict[str, Report]:
    """Fetch what was imported, by its number at the source."""
    reports = Report.objects.filter(county=county.code, source=SOURCE).select_related("case")
    return {report.source_number: report for report in reports}


def groups(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut into groups of one transaction each."""
    return (items[begin : begin + AT_ONCE] for begin in range(0, len(items), AT_ONCE))


def _take_in(county: County, row: Row) -> bool:
    """Take one message in; say whether it is new. The file names no place: it is about the county."""
    entry = Entry(
        channel=Channel.MAILBOX,
        nature=NATURE,
        title=row.title,
        text=row.text,
        region=county.region,
        source=SOURCE,
        source_number=row.message_id,
    )
    return not receive(county, entry, by=None, at=row.received_at).came_before
