"""See that every sentence in the code and the templates has its Chinese, none of it doubtful; needs no gettext."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

from fengqiao.jobs.management.commands.check_templates import ours

KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)|%[sd]")
Key = tuple[str, str | None]  # the sentence and, where one English word has two Chinese ones, its context


class Command(BaseCommand):
    """List the sentences without Chinese, the doubtful ones, and those whose placeholders differ."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare what is used with what is translated."""
        catalogue = chinese()
        findings = sorted({line for key, place in used() if (line := fault(catalogue, key, place))})
        if findings:
            raise CommandError(f"{len(findings)} sentences are not in Chinese:\n" + "\n".join(findings))


def used() -> Iterator[tuple[Key, Path]]:
    """Find every sentence marked for translation, with the file it stands in."""
    for path in sorted(Path(settings.BASE_DIR / "fengqiao").rglob("*.py")):
        for key in sentences(path.read_text(encoding="utf-8")):
            yield key, path
    for path in ours():
        # The filler that stands for the page's own words may be indented in any way; Python's reader would stop at it.
        code = re.sub(r"(?m)^\s+", "", templatize(path.read_text(encoding="utf-8"), origin=str(path)))
        for key in sentences(code):
            yield key, path


def sentences(code: str) -> Iterator[Key]:
    """Find the marked sentences of one file."""
    for _, message, _, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        yield (message[0] if isinstance(message, tuple) else message), context


def chinese() -> Catalog:
    """Read the Chinese catalogue."""
    path = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.po"
    with open(path, "rb") as file:
        return pofile.read_po(file, locale="zh_Hans")


def fault(catalogue: Catalog, key: Key, place: Path) -> str:
    """Say what is wrong with one sentence's Chinese; nothing if nothing is."""
    where = place.relative_to(settings.BASE_DIR)
    message = catalogue.get(*key)
    if message is None or not all(translations(message)):
        return f"{where}: no Chinese for “{key[0]}”"
    if message.fuzzy:
        return f"{where}: doubtful Chinese for “{key[0]}”"
    allowed = set(PLACEHOLDER.findall(" ".join(originals(message))))
    if any(set(PLACEHOLDER.findall(text)) - allowed for text in translations(message)):
        return f"{where}: other placeholders in the Chinese of “{key[0]}”"
    return ""


def originals(message: Message) -> list[str]:
    """Give the English forms."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def translations(message: Message) -> list[str]:
    """Give the Chinese forms; Chinese has one for every number."""
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])
