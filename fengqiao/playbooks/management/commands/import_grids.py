from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.playbooks.models import PlaceFile
from fengqiao.playbooks.redrawing import files
from fengqiao.playbooks.redrawing.files import Sent


class Command(BaseCommand):
    """Look a list of grids through and, if told to, take it over; the same as the page of the system administrator."""

    help = "Look a list of grids through, and with --apply take it over."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, in whose name, from which day, and whether it is complete."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="user name of the system administrator who answers for it")
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="day such as 2026-03-02; today")
        parser.add_argument("--whole", action="store_true", help="close what the villages in the list leave out")
        parser.add_argument("--apply", action="store_true", help="take it over; without, it is looked through only")

    def handle(self, *, file: Path, by: str, **options: Any) -> None:
        """List every error, or what would change; then take it over."""
        at = now()
        user = User.objects.filter(username=by).first()
        if user is None or not file.is_file():
            raise CommandError(_("There is no such user, or no such file."))
        day = options["on"] or localdate(at)
        sent = Sent(PlaceFile.Kind.GRIDS, file.name[:120], file.read_bytes(), day, is_whole=options["whole"])
        try:
            kept = files.keep(sent, by=user, at=at)
            made = files.plan_of(kept)
            for fault in made.faults:
                self.stderr.write(f"{fault.line}: {fault.column} {fault.what} {fault.remedy}")
            if options["apply"]:
                files.apply_grids(kept, by=user, at=at)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(files.counted(made))
