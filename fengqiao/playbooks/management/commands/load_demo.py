from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from fengqiao.intake.models import Report
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.people.models import Post
from fengqiao.places.models import County
from fengqiao.playbooks import reading as playbooks
from fengqiao.playbooks import setting_up
from fengqiao.playbooks.demo import around, bringing, disputes, duty, playing, reading, registers, stage
from fengqiao.playbooks.demo.scene import Scene

PLAYBOOK = "zhenyuan"


class Command(BaseCommand):
    """Fill Zhenyuan with invented people and cases in every state; running it again adds nothing."""

    help = "Fill the county with a demonstration: people to sign in as, and cases in every state."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the moment that everything is counted back from."""
        parser.add_argument("--at", default="", help="the moment to count back from, such as 2026-03-02T09:00; now")

    def handle(self, *, at: str, **options: Any) -> None:
        """Play the scripts, once, and print who can sign in."""
        if settings.IN_SERVICE:
            raise CommandError(_("This installation is in service: invented cases have no place in it."))
        county = setting_up.set_up(playbooks.read(PLAYBOOK)).county
        if _is_loaded(county):
            self.stdout.write(_("The demonstration is here already; nothing was added."))
        else:
            self._print_codes(_load(county, _moment(at)))
        self._print_people()

    def _print_codes(self, scenes: list[Scene]) -> None:
        """Print some codes with their secrets: they are known at this moment only."""
        self.stdout.write(_("%(count)d matters. To try the residents' pages (code, secret):") % {"count": len(scenes)})
        for scene in scenes:
            if scene.script.shown:
                self.stdout.write(f"    {scene.report.spoken_code}  {scene.secret}  {scene.script.title}")

    def _print_people(self) -> None:
        self.stdout.write(_("Sign in with the password %(password)s as:") % {"password": stage.PASSWORD})
        names = [person.username for person in reading.people()]
        posts = Post.objects.filter(user__username__in=names).select_related("user", "unit", "region")
        for post in sorted(posts, key=lambda post: names.index(post.user.username)):
            whose = f"{post.user.username:<18}{post.user}  {post.get_role_display()}"
            self.stdout.write(f"    {whose} · {post.unit.short_name or post.unit} · {post.region}")


@transaction.atomic
def _load(county: County, at: datetime) -> list[Scene]:
    """Load all or nothing."""
    built = stage.build(county)
    duty.put_on_duty(built, at)
    registers.register(built)
    scenes = playing.play(reading.scripts(), built, at)
    around.furnish(built, scenes, at)
    disputes.quarrel_and_settle(built, at)
    return scenes


def _is_loaded(county: County) -> bool:
    first = bringing.submission(reading.scripts()[0], 0)
    return Report.objects.filter(county=county.code, submission=first).exists()


def _moment(written: str) -> datetime:
    """Read the moment; one without a zone is Shanghai's."""
    if not written:
        return now()
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise CommandError(_("“%(time)s” is not a time") % {"time": written}) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
