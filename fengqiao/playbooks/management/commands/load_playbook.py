from dataclasses import fields
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fengqiao.playbooks import reading, setting_up
from fengqiao.playbooks.table import PlaybookError


class Command(BaseCommand):
    """Set a county up from one of the playbooks; running it again adds only what is missing."""

    help = "Set a county up from a playbook."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the playbook's key."""
        parser.add_argument("playbook", help=", ".join(reading.available()))

    def handle(self, *, playbook: str, **options: Any) -> None:
        """Read, set up, and say what is new."""
        try:
            done = setting_up.set_up(reading.read(playbook))
        except PlaybookError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            line = _(
                "%(county)s: added %(centres)d centres, %(units)d units, %(rules)d rules, %(categories)d categories,"
                " %(ladders)d ladders, %(committees)d mediation committees."
            )
            self.stdout.write(line % {each.name: getattr(done, each.name) for each in fields(done)})
