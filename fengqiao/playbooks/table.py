"""One table of a playbook's file, read key by key; whatever is wrong is said with the full name of the key."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext as _

Value = TypeVar("Value")
ANYTHING = re.compile(r".*\S.*")


class PlaybookError(ValueError):
    """A playbook that cannot be used; the message names the key and what is wrong with it."""


class Table:
    """A table with the name it has in the file; it remembers which keys were read."""

    def __init__(self, content: dict[str, Any], prefix: str = "") -> None:
        self._content, self._prefix, self._read = content, prefix, set[str]()

    def name(self, key: str) -> str:
        """Name a key in full, as in `clocks.rules[3].unit`."""
        return f"{self._prefix}.{key}" if self._prefix else key

    def has(self, key: str) -> bool:
        """Test if a key that may be left out is there."""
        return key in self._content

    def value(self, key: str, kind: type[Value]) -> Value:
        """Read a value of this kind."""
        self._read.add(key)
        if key not in self._content:
            raise self._fault(key, _("is missing"))
        value = self._content[key]
        # A moment is a day to Python, and yes a number; neither is meant here.
        if not isinstance(value, kind) or isinstance(value, (bool, datetime)):
            raise self._fault(key, _("must be of the kind “%(kind)s”") % {"kind": kind.__name__})
        return value

    def text(self, key: str, pattern: re.Pattern[str] = ANYTHING, default: str | None = None) -> str:
        """Read a text of this form."""
        if default is not None and key not in self._content:
            return default
        text = self.value(key, str)
        if not pattern.fullmatch(text):
            raise self._fault(
                key, _("“%(text)s” is not of the form %(form)s") % {"text": text, "form": pattern.pattern}
            )
        return text

    def texts(self, key: str, pattern: re.Pattern[str]) -> list[str]:
        """Read a list of texts of this form."""
        listed = {f"{key}[{number}]": text for number, text in enumerate(self.value(key, list), 1)}
        return [Table(listed, self._prefix).text(each, pattern) for each in listed]

    def template(self, key: str) -> str:
        """Read a name with the mark {place} in it."""
        text = self.text(key)
        if text.count("{place}") != 1 or text.count("{") != 1:
            raise self._fault(key, _("needs the mark {place} once"))
        return text

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Read one of these words."""
        text = default if default is not None and key not in self._content else self.value(key, str)
        self._read.add(key)
        if text not in allowed:
            known = ", ".join(word for word in allowed if word)
            raise self._fault(key, _("“%(text)s” is none of: %(known)s") % {"text": text, "known": known})
        return text

    def yes(self, key: str) -> bool:
        """Read true or false; no where the key is left out."""
        self._read.add(key)
        said = self._content.get(key, False)
        if not isinstance(said, bool):
            raise self._fault(key, _("must be true or false"))
        return said

    def positive(self, key: str) -> int:
        """Read a whole number above nought."""
        number = self.value(key, int)
        if number < 1:
            raise self._fault(key, _("must be at least 1"))
        return number

    def count(self, key: str, default: int | None) -> int | None:
        """Read a whole number, nought included; the default where the key is left out."""
        number = self.value(key, int) if key in self._content else default
        if number is not None and number < 0:
            raise self._fault(key, _("must not be below nought"))
        return number

    def table(self, key: str) -> "Table":
        """Read a table within this one."""
        return Table(self.value(key, dict), self.name(key))

    def tables(self, key: str) -> list["Table"]:
        """Read a list of tables within this one, numbered from 1; an empty one is an omission."""
        rows = self.value(key, list)
        if not rows or not all(isinstance(row, dict) for row in rows):
            raise self._fault(key, _("must be a list of tables"))
        return [Table(row, f"{self.name(key)}[{number}]") for number, row in enumerate(rows, 1)]

    def nothing_else(self) -> None:
        """Refuse a key that nobody read: most often a slip of the pen."""
        for key in sorted(self._content.keys() - self._read):
            raise self._fault(key, _("is not a key a playbook knows"))

    def _fault(self, key: str, what: str) -> PlaybookError:
        return PlaybookError(_("%(key)s: %(what)s.") % {"key": self.name(key), "what": what})


def must_be_once(values: Iterable[str], key: str) -> None:
    """Refuse a list in which something stands twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise PlaybookError(_("%(key)s: “%(value)s” stands there twice.") % {"key": key, "value": value})
        seen.add(value)
