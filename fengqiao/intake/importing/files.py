"""Take a table file apart into records without losing the good ones to a bad one: pure, no database."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LONGEST_FIELD = 10_000_000  # characters; the usual limit of 131,072 would end the whole reading at one long cell

Record = tuple[int, list[str] | None]


class FileRefused(ValueError):
    """A file that cannot be taken in at all; the message says why and what to do."""


def read_records(path: Path) -> Iterator[Record]:
    """Read the records of a file, numbered as a spreadsheet does; None stands for one whose quotes do not fit.

    Bytes that are not UTF-8 stay in their cell as lone surrogates, so that they spoil their own row only.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileRefused(_("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror}) from error
    if raw.startswith(UTF16_MARKS):
        raise FileRefused(_("This file is in UTF-16. Save it as “CSV UTF-8” and import it again."))
    text = raw.removeprefix(UTF8_MARK).decode("utf-8", "surrogateescape")
    _refuse_another_encoding(text)
    return _records(list(io.StringIO(text, newline="")))


def is_spoiled(text: str) -> bool:
    """Test if a text holds bytes that were not UTF-8, or the one character no database takes."""
    return any("\udc80" <= sign <= "\udcff" or sign == "\0" for sign in text)


def _refuse_another_encoding(text: str) -> None:
    """Refuse a file in which every line with Chinese in it is unreadable: that is no accident of one row."""
    lines = [line for line in text.splitlines() if not line.isascii()]
    if len(lines) > 1 and all(is_spoiled(line) for line in lines):
        raise FileRefused(
            _("This file is not in UTF-8, most likely in GBK. Save it as “CSV UTF-8” and import it again.")
        )


def _records(lines: list[str]) -> Iterator[Record]:
    """Walk the records; after one whose quotes do not fit go on with the next line that can begin one."""
    csv.field_size_limit(LONGEST_FIELD)
    number, begin = 0, 0
    reader = csv.reader(lines, strict=True)
    while True:
        number, before = number + 1, begin + reader.line_num
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, None
            # A quote that did not close has swallowed the rows after it: give their lines back.
            begin = before + 1
            reader = csv.reader(lines[begin:], strict=True)
