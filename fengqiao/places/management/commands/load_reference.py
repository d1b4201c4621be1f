from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from fengqiao.places import loader
from fengqiao.places.models import Region, WorkDay


class Command(BaseCommand):
    """Load the divisions, the printed figures and the calendar; running it again changes nothing."""

    help = "Load the divisions and the calendar that this installation ships with."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, for a county that keeps its own."""
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "data")

    def handle(self, *, folder: Path, **options: Any) -> None:
        """Load every file in turn and say what it changed."""
        for path in sorted((folder / "divisions").glob("*.csv.gz"), key=_by_edition):
            self._say(path.name, loader.load_divisions(path))
        self._say("printed.csv", loader.load_printed(folder / "divisions" / "printed.csv"))
        self._say("calendar", loader.load_calendar(folder / "calendar"))
        counts = {"regions": Region.objects.count(), "days": WorkDay.objects.count()}
        self.stdout.write(_("%(regions)d regions, %(days)d named days.") % counts)

    def _say(self, name: str, loaded: loader.Loaded) -> None:
        changes = {"name": name, **vars(loaded)}
        line = _("%(name)s: %(added)d added, %(updated)d updated, %(closed)d closed, %(unchanged)d unchanged")
        self.stdout.write(line % changes)


def _by_edition(path: Path) -> tuple[str, str]:
    root, _dot, edition = path.name.partition(".")
    return edition, root
