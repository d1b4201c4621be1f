"""The counties that work here, kept in memory: every page names one, and one is added once in years."""

from fengqiao.kit.remembered import Remembered
from fengqiao.places.models import County


def of(code: str) -> County | None:
    """Give a county with its region; none where it does not work here."""
    return _COUNTIES(code)


def forget() -> None:
    """Drop what is remembered: whoever sets a county up calls this."""
    _COUNTIES.forget()


def _read(code: str) -> County | None:
    return County.objects.select_related("region").filter(code=code).first()


_COUNTIES = Remembered(_read)
