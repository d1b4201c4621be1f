"""Bring a database up to date: tables, reference data and, if asked, a county and its demonstration."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from fengqiao.jobs.launch.steps import step


class Command(BaseCommand):
    """Do everything that a start does to the database and to the static files; again changes nothing."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the county's model and whether to fill it."""
        parser.add_argument("--playbook", default="")
        parser.add_argument("--demo", action="store_true")

    def handle(self, *args: Any, playbook: str, demo: bool, **options: Any) -> None:
        """Run the steps in their order, each shown."""
        with step("数据表 / Tables"):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        with step("静态文件 / Static files"):
            call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.map"])
        with step("基础数据 / Reference data") as remarks:
            remarks.extend(_total_of("load_reference"))
        if playbook:
            with step(f"模式 / Playbook {playbook}"):
                call_command("load_playbook", playbook)
        if demo:
            with step("演示数据 / Demonstration"):
                call_command("load_demo")


def _total_of(command: str) -> list[str]:
    said = StringIO()
    call_command(command, stdout=said)
    return said.getvalue().strip().splitlines()[-1:]
