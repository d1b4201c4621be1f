from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.playbooks.registering import files


class Command(BaseCommand):
    """Look a table of committees or mediators through, and with --apply take it over."""

    help = "Look a table of mediation committees or mediators through, and with --apply take it over."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which register, the file, and in whose name."""
        parser.add_argument("register", choices=files.NAMES)
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="user name of the system administrator who answers for it")
        parser.add_argument("--apply", action="store_true", help="take it over; without, it is looked through only")

    def handle(self, *, register: files.Register, file: Path, by: str, **options: Any) -> None:
        """List every error, or what would change; then take it over."""
        user = User.objects.filter(username=by).first()
        if user is None or not file.is_file():
            raise CommandError(_("There is no such user, or no such file."))
        try:
            text = files.text_of(file.read_bytes())
            made = files.look_through(register, text, by=user, at=now())
            for fault in made.faults:
                self.stderr.write(f"{fault.line}: {fault.column} {fault.what} {fault.remedy}")
            if options["apply"]:
                made = files.apply(register, text, by=user, at=now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(files.counted(made))
