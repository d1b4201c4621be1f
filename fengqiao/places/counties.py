"""The counties that work here, kept in memory: every page names one, and one is added once in years."""

from time import monotonic

from fengqiao.places.models import County

FRESH_SECONDS = 60.0
_kept: dict[str, tuple[float, County]] = {}


def of(code: str) -> County | None:
    """Give a county with its region; none where it does not work here."""
    kept = _kept.get(code)
    if kept is not None and monotonic() - kept[0] < FRESH_SECONDS:
        return kept[1]
    county = County.objects.select_related("region").filter(code=code).first()
    if county is not None:
        _kept[code] = (monotonic(), county)
    return county


def forget() -> None:
    """Drop what is remembered: whoever sets a county up calls this."""
    _kept.clear()
