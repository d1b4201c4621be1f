"""A register as a table: read as offices send it, every cell that cannot be is listed with its line and column."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from fengqiao.playbooks.redrawing.grid_sheet import RISKY, Fault

MOST_ROWS = 10_000
DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: what stands in its head, which must be filled, how much room each has, a few rows."""

    heads: Mapping[str, str]
    needed: tuple[str, ...]
    most: Mapping[str, int]
    sample: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Row:
    """One line of the table, by the names of the columns; faults go to the table's list."""

    line: int
    said: dict[str, str]
    columns: Columns
    faults: list[Fault]

    def fault(self, name: str, what: str, remedy: str) -> None:
        """Say what is wrong in one cell and what to do."""
        self.faults.append(Fault(self.line, self.columns.heads[name], what, remedy))

    def choice(self, name: str, words: Mapping[str, str], default: str = "") -> str:
        """Read one of these words."""
        word = self.said[name]
        if not word and default:
            return default
        if word not in words:
            known = _("Write one of: %(words)s.") % {"words": "、".join(words)}
            self.fault(name, _("“%(word)s” is not known here.") % {"word": word}, known)
            return default
        return words[word]

    def day(self, name: str) -> date | None:
        """Read a day, or none where the cell is blank."""
        word = self.said[name]
        try:
            if found := DAY.fullmatch(word):
                return date(*map(int, found.groups()))
        except ValueError:  # such as the 30th of February
            pass
        if word:
            self.fault(name, _("“%(word)s” is no day.") % {"word": word}, _("Write it as 2026-03-02."))
        return None


@dataclass(slots=True)
class Sheet:
    """What could be read, and what could not."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(text: str, columns: Columns) -> Sheet:
    """Read a table; no fault stops the reading, so that all are seen at once."""
    sheet = Sheet()
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        places = _head(next(lines, []), columns)
        if missing := [columns.heads[name] for name in columns.needed if name not in places]:
            what = _("The first line must name the columns; missing: %(names)s.") % {"names": "、".join(missing)}
            sheet.faults.append(Fault(1, "", what, _("Start from the template on this page.")))
        else:
            _fill(sheet, lines, places, columns)
    except csv.Error as error:
        sheet.faults.append(Fault(0, "", str(error), _("Save the table as CSV again.")))
    return sheet


def template(columns: Columns) -> str:
    """Write the columns with a few rows to show how they are filled."""
    return write(columns, columns.sample)


def write(columns: Columns, rows: Iterable[Iterable[str]]) -> str:
    """Write rows as a table that can be read in again; no cell is taken for a formula."""
    out = io.StringIO(newline="")
    out.write("\ufeff")  # without it spreadsheets show Chinese as rubbish
    writer = csv.writer(out)
    writer.writerow(columns.heads.values())
    writer.writerows([f"'{cell}" if cell.startswith(RISKY) else cell for cell in row] for row in rows)
    return out.getvalue()


def _head(cells: list[str], columns: Columns) -> dict[str, int]:
    names = {word: name for name, word in columns.heads.items()} | {name: name for name in columns.heads}
    found = {names.get(cell.strip().lstrip("\ufeff").lower()): place for place, cell in enumerate(cells)}
    return {name: place for name, place in found.items() if name is not None}


def _fill(sheet: Sheet, lines: Iterator[list[str]], places: dict[str, int], columns: Columns) -> None:
    for cells in lines:
        number = lines.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        if len(sheet.rows) >= MOST_ROWS:
            what = _("There are more than %(most)d rows.") % {"most": MOST_ROWS}
            sheet.faults.append(Fault(number, "", what, _("Send the table in parts.")))
            return
        said = {name: _plain(cells, places.get(name)) for name in columns.heads}
        row = Row(number, said, columns, sheet.faults)
        _check(row)
        sheet.rows.append(row)


def _plain(cells: list[str], place: int | None) -> str:
    """Take a cell, without the mark by which it was kept from being a formula."""
    cell = cells[place].strip() if place is not None and place < len(cells) else ""
    return cell[1:] if cell.startswith("'") else cell


def _check(row: Row) -> None:
    """Say which cells are blank that must not be, and which are too long."""
    for name in row.columns.needed:
        if not row.said[name]:
            row.fault(name, _("This cell is blank."), _("Fill it in."))
    for name, most in row.columns.most.items():
        if len(row.said[name]) > most:
            what = _("%(count)d characters, where %(most)d have room.") % {"count": len(row.said[name]), "most": most}
            row.fault(name, what, _("Shorten it."))
