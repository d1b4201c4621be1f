from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register

from fengqiao.web.shared import frontend


class SharedConfig(AppConfig):
    """What the console and the resident pages have in common."""

    name = "fengqiao.web.shared"

    def ready(self) -> None:
        register(check_frontend)


def check_frontend(**kwargs: object) -> list[CheckMessage]:
    """Warn when the pages' scripts and styles have not been built."""
    try:
        frontend.scripts_of("entry-console")
    except frontend.FrontendNotBuilt as missing:
        return [Warning(str(missing), id="web.W001")]
    return []
