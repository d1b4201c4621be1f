"""Bring a database up to date: tables, reference data and, if asked, a county and its demonstration."""

from typing import Any

from django.core.management import call_command, get_commands
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
        _if_there("基础数据 / Reference data", "load_reference")
        if playbook:
            _if_there(f"模式 / Playbook {playbook}", "load_playbook", playbook)
        if demo:
            _if_there("演示数据 / Demonstration", "load_demo")


def _if_there(name: str, command: str, *arguments: str) -> None:
    if command in get_commands():
        with step(name):
            call_command(command, *arguments, verbosity=0)
