"""Compile every template of ours and see that each says, in its first lines, what it shows and what it is given."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines

# Where a template extends another, that must be its first tag; the comment follows.
OPENING = re.compile(r"\s*({% extends [^%]+ %}\s*)?({% comment %}|{#)")


class Command(BaseCommand):
    """List the templates that do not compile or do not state their context."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at each of them and fail if anything was found."""
        findings = [finding for path in ours() if (finding := fault(path))]
        if findings:
            raise CommandError("\n".join(findings))


def ours() -> Iterator[Path]:
    """Find the templates inside our own packages."""
    for app in apps.get_app_configs():
        if app.name.startswith("fengqiao."):
            yield from sorted(Path(app.path).glob("templates/**/*.html"))


def fault(path: Path) -> str:
    """Say what is wrong with one template; nothing if nothing is."""
    text = path.read_text(encoding="utf-8")
    if not OPENING.match(text):
        return f"{path}: does not open with a comment that states its context."
    try:
        engines["django"].from_string(text)
    except TemplateSyntaxError as error:
        return f"{path}: {error}"
    return ""
