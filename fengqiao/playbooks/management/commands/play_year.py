import sys
import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.models import Dossier
from fengqiao.playbooks import reading, setting_up
from fengqiao.playbooks.year import people, playing
from fengqiao.playbooks.year.playing import Asked

PLAYBOOK = "zhenyuan"
PRINTED_DISPUTES = 2570  # 甘肃政法网, 2023-12-18


class Command(BaseCommand):
    """Play a year of a county's disputes from the first word to the last duty; how many agree is drawn, not set."""

    help = "Play a year of made-up disputes of a county through every step of mediation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, of which year, by which seed."""
        parser.add_argument("--disputes", type=int, default=PRINTED_DISPUTES)
        parser.add_argument("--year", type=int, default=None, help="the year they come in; the last whole one")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--as-it-stands", action="store_true", help="do not bring the database up to date first")

    def handle(self, *, disputes: int, year: int | None, seed: int, **options: Any) -> None:
        """Play them, all or none, and print how long it took."""
        if settings.IN_SERVICE:
            raise CommandError(_("This installation is in service: invented cases have no place in it."))
        if not options["as_it_stands"]:
            call_command("prepare")
        at = now()
        asked = Asked(year or at.astimezone(SHANGHAI).year - 1, disputes, seed, until=at)
        playbook = reading.read(PLAYBOOK)
        county = setting_up.set_up(playbook).county
        if Dossier.objects.filter(county=county.code, opened_at__year=asked.year).exists():
            raise CommandError(_("There are disputes of that year already; a second year is not laid over them."))
        began = time.perf_counter()
        with transaction.atomic():
            cast = people.gather(county, playbook, datetime(asked.year, 1, 1, tzinfo=SHANGHAI))
            playing.play(cast, asked, self._progress(disputes))
        took = {"count": disputes, "seconds": round(time.perf_counter() - began)}
        self.stdout.write(_("%(count)d disputes played in %(seconds)d seconds.") % took)

    def _progress(self, of: int) -> Any:
        def show(number: int) -> None:
            if sys.stderr.isatty() and (number % 10 == 0 or number == of):
                self.stderr.write(f"\r{number} / {of}", ending="")

        return show
