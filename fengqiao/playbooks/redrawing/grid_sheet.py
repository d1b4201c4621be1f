"""A list of grids as a table: read as offices send it, written so that no spreadsheet takes a cell for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.places.models import Level, Region
from fengqiao.places.scope import within

# What stands in the head of the file; English words are taken too.
HEADS = {"parent": "上级代码", "kind": "类型", "code": "代码", "name": "名称", "extent": "四至"}
NEEDED = ("parent", "kind", "code", "name")
KINDS = {
    "网格": Level.GRID, "grid": Level.GRID,
    "小组": Level.GROUP, "组": Level.GROUP, "小区": Level.GROUP, "group": Level.GROUP,
}  # fmt: skip
KIND_WORDS = {Level.GRID: "网格", Level.GROUP: "小组"}
CODE = re.compile(r"[0-9]{12,24}")
CUT = re.compile(r"[0-9.]+[eE]\+?[0-9]+")  # what a spreadsheet makes of a long number
RISKY = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS = 20_000
NAME_MOST, EXTENT_MOST = 60, 200
SAMPLE = [
    ("621027100001", "网格", "62102710000101", "东街第一网格", "东至中山街，西至南门巷，南至茹河，北至解放路"),
    ("621027100001", "小组", "621027100001901", "和平小区", ""),
    ("621027100001901", "网格", "62102710000190101", "和平小区一网格", "一至四号楼"),
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, and what to do about it; line 0 is the file as a whole."""

    line: int
    column: str
    what: str
    remedy: str


class Row(NamedTuple):
    """One group or grid as the file lists it."""

    line: int
    parent: str
    level: Level
    code: str
    name: str
    extent: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What could be read, and what could not."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def decode(raw: bytes) -> str | None:
    """Read the bytes as UTF-8, with or without a mark, or as the GBK that spreadsheets write; nothing if neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def read(text: str) -> Sheet:
    """Read a table; every cell that cannot be is listed, none stops the reading."""
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        head = _head(next(lines, []))
        missing = [HEADS[name] for name in NEEDED if name not in head]
        if missing:
            what = _("The first line must name the columns; missing: %(names)s.") % {"names": "、".join(missing)}
            return Sheet((), (Fault(1, "", what, _("Start from the template on this page.")),))
        return _read_rows(lines, head)
    except csv.Error as error:
        return Sheet((), (Fault(0, "", str(error), _("Save the table as CSV again.")),))


def write(regions: Iterable[Region]) -> str:
    """Write groups and grids as a table that can be read in again."""
    rows = [
        (one.parent.code if one.parent else "", KIND_WORDS[Level(one.level)], one.code, one.name, one.extent)
        for one in regions
    ]
    return _table(rows)


def template() -> str:
    """Write the columns with a few rows to show how they are filled."""
    return _table(SAMPLE)


def listed(county: str) -> Iterator[Region]:
    """Give the open groups and grids of a county, parents first."""
    root = Region.objects.get(county=county, level=Level.COUNTY)
    found = Region.objects.filter(within("path", root), level__in=KIND_WORDS, valid_to=None)
    yield from found.select_related("parent").order_by("path")


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO(newline="")
    out.write("\ufeff")  # without it spreadsheets show Chinese as rubbish
    writer = csv.writer(out)
    writer.writerow(HEADS.values())
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell


def _plain(cell: str) -> str:
    """Take away the mark by which a cell was kept from being a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") else cell


def _head(cells: list[str]) -> dict[str, int]:
    names = {word: name for name, word in HEADS.items()} | {name: name for name in HEADS}
    found = {names.get(cell.strip().lstrip("\ufeff").lower()): place for place, cell in enumerate(cells)}
    return {name: place for name, place in found.items() if name is not None}


def _read_rows(lines: Iterator[list[str]], head: dict[str, int]) -> Sheet:
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MOST_ROWS:
            what = _("There are more than %(most)d rows.") % {"most": MOST_ROWS}
            faults.append(Fault(number, "", what, _("Send the table in parts.")))
            break
        said = {name: _plain(cells[place]) if place < len(cells) else "" for name, place in head.items()}
        wrong = list(_faults(number, said, seen))
        faults += wrong
        seen.setdefault(said["code"], number)
        if not wrong:
            level = KINDS[said["kind"].lower()]
            rows.append(Row(number, said["parent"], level, said["code"], said["name"], said.get("extent", "")))
    return Sheet(tuple(rows), tuple(faults))


def _faults(line: int, said: dict[str, str], seen: dict[str, int]) -> Iterator[Fault]:
    """Say what is wrong in one row, cell by cell."""
    for name in ("parent", "code"):
        if not CODE.fullmatch(said[name]):
            yield Fault(line, HEADS[name], _code_fault(said[name]), str(CODE_REMEDY))
    if said["code"] in seen:
        what = _("“%(code)s” stands in line %(line)d already.") % {"code": said["code"], "line": seen[said["code"]]}
        yield Fault(line, HEADS["code"], what, _("Give each its own code."))
    if said["kind"].lower() not in KINDS:
        what = _("“%(word)s” is no kind.") % {"word": said["kind"]}
        yield Fault(line, HEADS["kind"], what, _("Write 网格 or 小组."))
    yield from _length_faults(line, said)


def _code_fault(code: str) -> str:
    if not code:
        return _("The code is missing.")
    if CUT.fullmatch(code) and not code.isdigit():
        return _("A spreadsheet has cut the code to “%(code)s”.") % {"code": code}
    return _("“%(code)s” is not a code.") % {"code": code}


CODE_REMEDY = gettext_lazy("Twelve to 24 digits; in a spreadsheet format the column as text.")


def _length_faults(line: int, said: dict[str, str]) -> Iterator[Fault]:
    if not said["name"]:
        yield Fault(line, HEADS["name"], _("The name is missing."), _("Write the name as it is posted."))
    for name, most in (("name", NAME_MOST), ("extent", EXTENT_MOST)):
        if len(said.get(name, "")) > most:
            what = _("%(count)d characters, where %(most)d have room.") % {"count": len(said[name]), "most": most}
            yield Fault(line, HEADS[name], what, _("Shorten it."))
