"""How a line of the log is written: nobody outside begins a line of their own, and no key stands in one."""

import logging
import re
import unicodedata

KEYS = re.compile(r"(?<!/console)/(feeds|setup)/[^/\s]+")  # addresses that are a key in themselves
AFTER_THE_FIRST = "    | "  # a fault's lines, or what somebody hoped would look like one of ours


class Line(logging.Formatter):
    """Writes a record so that whatever was typed stays within its line."""

    def format(self, record: logging.LogRecord) -> str:
        """Mark what goes over the first line, show signs that would steer a terminal, hide keys in addresses."""
        first, *more = KEYS.sub(r"/\1/…", super().format(record)).splitlines() or [""]
        return "\n".join([_seen(first), *(AFTER_THE_FIRST + _seen(line) for line in more)])


def _seen(line: str) -> str:
    """Write out what is not seen: controls, marks of direction, separators of lines."""
    return "".join(f"\\u{ord(sign):04x}" if unicodedata.category(sign) in HIDDEN else sign for sign in line)


HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
