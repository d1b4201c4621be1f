"""What must be right before the system answers to the public; each finding has an id and says what to do."""

import os
from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

COMMON = {"localhost", "127.0.0.1", "[::1]"}


class Checks(AppConfig):
    """Brings these checks into every start."""

    name = "config"


@register
def time_is_kept_in_one_zone(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Deadlines are counted in Shanghai's days; another zone would move every one of them."""
    if settings.USE_TZ and settings.TIME_ZONE == "Asia/Shanghai":
        return []
    return [
        Error("TIME_ZONE is not Asia/Shanghai.", hint="Leave USE_TZ and TIME_ZONE as they are.", id="fengqiao.E001")
    ]


@register
def service_is_wholly_set(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Once FENGQIAO_ADDRESS names a public address, nothing may be left at its trial value."""
    if not settings.IN_SERVICE:
        return []
    return [Error(message, hint=hint, id=code) for wrong, message, hint, code in _service() if wrong]


@register
def real_data_is_there(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """A folder that was named but does not exist is a typing mistake."""
    if not os.environ.get("FENGQIAO_REAL_DATA") or settings.REAL_DATA_DIR.is_dir():
        return []
    return [Warning("FENGQIAO_REAL_DATA names no folder.", hint="Name the folder of messages.csv.", id="fengqiao.W001")]


def _service() -> list[tuple[bool, str, str, str]]:
    named = os.environ.get("FENGQIAO_DATABASE_URL") or os.environ.get("FENGQIAO_DATABASE_URL_FILE")
    key = os.environ.get("FENGQIAO_SECRET_KEY") or os.environ.get("FENGQIAO_SECRET_KEY_FILE")
    return [
        (
            not settings.PUBLIC_ADDRESS.startswith("https://"),
            "FENGQIAO_ADDRESS is not an https:// address.",
            "Residents send their names and troubles: serve them over https only.",
            "fengqiao.E002",
        ),
        (
            not key or len(settings.SECRET_KEY) < 50,
            "FENGQIAO_SECRET_KEY is missing or shorter than 50 characters.",
            "Set it, or name a file in FENGQIAO_SECRET_KEY_FILE.",
            "fengqiao.E003",
        ),
        (
            not named,
            "FENGQIAO_DATABASE_URL is missing.",
            "The built-in PostgreSQL is for trying out; name a server that is backed up.",
            "fengqiao.E004",
        ),
        (settings.DEBUG, "FENGQIAO_DEBUG is on.", "Debug pages show secrets: turn it off.", "fengqiao.E005"),
        (
            set(settings.ALLOWED_HOSTS) <= COMMON or "*" in settings.ALLOWED_HOSTS,
            "FENGQIAO_HOSTS does not name the public host.",
            "List the names under which the site is reached, separated by commas.",
            "fengqiao.E006",
        ),
    ]
