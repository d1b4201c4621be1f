from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from fengqiao.playbooks import administrators


class Command(BaseCommand):
    """Print the one-time link that makes the three administrators, where there are none."""

    help = "Print a one-time link that makes the three administrators; says nothing where there are some."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address under which the pages are reached."""
        parser.add_argument("--address", default="http://127.0.0.1:8000/")

    def handle(self, *, address: str, **options: Any) -> None:
        """Print the link; one printed before and not used no longer works."""
        at = now()
        if not administrators.are_missing(at):
            return
        link = address.rstrip("/") + reverse("first_setup", args=[administrators.make_token(at)])
        self.stdout.write(_("No accounts yet. Open this link once to make the three administrators:"))
        self.stdout.write(f"  {link}")
