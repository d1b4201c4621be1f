"""`manage.py print_flows`: the life of a case, or of a dossier of mediation, as a page drawn from tables and code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from fengqiao.jobs.flows import case, mediation

PAGES = {"case": case.page, "mediation": mediation.page}


class Command(BaseCommand):
    help = "Print the life of a case or of a dossier: states, steps, who takes them, which clocks they touch."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which of the two; a case, if nothing is said."""
        parser.add_argument("which", nargs="?", choices=PAGES, default="case")

    def handle(self, *, which: str, **options: Any) -> None:
        """Print the page."""
        with override("en"):
            self.stdout.write(PAGES[which](), ending="")
