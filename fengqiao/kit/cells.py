"""Tables that are opened elsewhere: no cell of theirs may begin a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator

STARTS = frozenset("=+-@|%")  # what a spreadsheet takes for the beginning of a formula, or of a command
BOM = "\ufeff"  # so that a spreadsheet reads the signs as UTF-8


def inert(value: object) -> str:
    """Give a cell's text so that no spreadsheet runs it: the sign that keeps it a text comes first."""
    text = "" if value is None else str(value)
    seen = unicodedata.normalize("NFKC", "".join(sign for sign in text if not _is_unseen(sign)))
    return f"'{text}" if seen[:1] in STARTS and seen else text


def written(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Write rows as CSV, a line at a time, each cell inert."""
    yield BOM
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([inert(cell) for cell in row])
        yield line.getvalue()


def _is_unseen(sign: str) -> bool:
    """Test if a sign is not seen at the beginning of a cell: blanks, marks of direction, controls."""
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}
