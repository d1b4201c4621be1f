from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The staff's desk: what waits, the work list, the case page, intake and triage."""

    name = "fengqiao.web.console"
