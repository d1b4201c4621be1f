"""Check every row of a file of messages before anything is taken in: pure, no database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from fengqiao.intake.importing.files import FileRefused, is_spoiled, read_records
from fengqiao.intake.models.report import TEXT_LIMIT
from fengqiao.kit.workdays import SHANGHAI

NEEDED = ("message_id", "received_at", "title", "text")  # further columns are left alone
NUMBER_LIMIT = 40
TITLE_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Row:
    """One good message."""

    number: int  # as a spreadsheet counts; the heading is row 1
    message_id: str
    received_at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be taken in, and why."""

    number: int
    reason: str


@dataclass(slots=True)
class Checked:
    """What a file holds: good rows in the order they came in at, and the others with their reasons."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def check(path: Path, *, since: datetime, until: datetime) -> Checked:
    """Read a file; messages may have come in from `since`, when the clock rules begin, until now."""
    checked, seen = Checked(), dict[str, int]()
    for number, cells in _below_the_heading(path):
        try:
            row = _row(number, cells, seen)
            _must_be_in_time(row, since, until)
        except _Wrong as wrong:
            checked.faults.append(Fault(number, str(wrong)))
        else:
            seen[row.message_id] = number
            checked.rows.append(row)
    checked.rows.sort(key=lambda row: row.received_at)
    return checked


class _Wrong(ValueError):
    """Why one row is not taken in."""


Cells = dict[str, str] | None


def _below_the_heading(path: Path) -> Iterator[tuple[int, Cells]]:
    """Name the cells of each record by the heading; a record of another width has no cells."""
    records = read_records(path)
    _number, heading = next(records, (1, None))
    names = [name.strip() for name in heading or []]
    if missing := [name for name in NEEDED if name not in names]:
        raise FileRefused(_("The first row must name the columns; missing: %(names)s.") % {"names": ", ".join(missing)})
    for number, cells in records:
        if cells != []:
            yield number, dict(zip(names, cells, strict=True)) if cells and len(cells) == len(names) else None


def _row(number: int, cells: Cells, seen: dict[str, int]) -> Row:
    if cells is None:
        raise _Wrong(_("the columns or the quotation marks do not fit"))
    if any(is_spoiled(cell) for cell in cells.values()):
        raise _Wrong(_("wrong encoding: bytes that are not UTF-8"))
    return Row(
        number=number,
        message_id=_message_id(cells["message_id"].strip(), seen),
        received_at=_moment(cells["received_at"].strip()),
        title=_title(cells["title"].strip()),
        text=_text(cells["text"]),
    )


def _message_id(message_id: str, seen: dict[str, int]) -> str:
    if not message_id:
        raise _Wrong(_("no message_id"))
    if len(message_id) > NUMBER_LIMIT:
        raise _Wrong(_("message_id is longer than %(limit)s characters") % {"limit": NUMBER_LIMIT})
    if message_id in seen:
        raise _Wrong(_("message_id %(id)s stands in row %(row)s already") % {"id": message_id, "row": seen[message_id]})
    return message_id


def _moment(written: str) -> datetime:
    """Read a time; one without a zone is Shanghai's."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise _Wrong(_("“%(time)s” is not a time") % {"time": written[:30]}) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _title(title: str) -> str:
    if len(title) > TITLE_LIMIT:
        raise _Wrong(_("the title has %(length)s characters") % {"length": len(title)})
    return title


def _text(text: str) -> str:
    if not text.strip():
        raise _Wrong(_("no text"))
    if len(text) > TEXT_LIMIT:
        raise _Wrong(
            _("over-long: %(length)s characters, at most %(limit)s") % {"length": len(text), "limit": TEXT_LIMIT}
        )
    return text


def _must_be_in_time(row: Row, since: datetime, until: datetime) -> None:
    if row.received_at < since:
        raise _Wrong(_("the time lies before %(day)s, when the clock rules begin") % {"day": f"{since:%Y-%m-%d}"})
    if row.received_at > until:
        raise _Wrong(_("the time lies in the future"))
