"""Draw a new key for identity numbers and seal all of them with it; ended half-way, it goes on the next time."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fengqiao.jobs.launch.where import write_private
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.identity import BadKeys, new_key, read_ring
from fengqiao.mediation.models import Identity
from fengqiao.mediation.transitions.identities import seal_anew


class Command(BaseCommand):
    """Put a new key at the head of the file, seal all numbers with it, and take the old keys out if asked."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether the old keys go, which backups made before still need."""
        parser.add_argument("--drop-old", action="store_true", help="take keys out that nothing is sealed with now")

    def handle(self, *args: Any, drop_old: bool, **options: Any) -> None:
        """Seal anew and say how many."""
        path: Path = settings.IDENTITY_KEY_FILE
        try:
            ring = read_ring(path)
            if not ring or not Identity.objects.exclude(key_id=next(iter(ring))).exists():
                write_private(path, new_key() + _lines(path))  # else one was drawn before and is not done yet
            done = seal_anew()
        except (OSError, BadKeys, Refused) as error:
            raise CommandError(str(error)) from error
        newest = _lines(path).splitlines(keepends=True)[0]
        if drop_old and not Identity.objects.exclude(key_id=newest.partition(":")[0]).exists():
            write_private(path, newest)
        self.stdout.write(f"已重新加密 {done} 个身份证号 / {done} identity numbers are sealed with the new key.")
        self.stdout.write(f"请另存新的 {path.name} / Keep the new {path.name} apart from the database.")


def _lines(path: Path) -> str:
    return path.read_text(encoding="ascii") if path.exists() else ""
