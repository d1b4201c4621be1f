"""The square that opens an address on a phone: the page of a report, or a report from a place."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


def square(address: str, label: str) -> SafeString:
    """Draw an address as an SVG square; the drawing holds nothing but the address."""
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=2, dark="#1d2422", title=label)
    return mark_safe(drawn)


def picture(address: str, label: str) -> str:
    """Draw an address as a picture of its own, to print at any size."""
    drawn = segno.make(address, error="q")  # a wall is rained on: a quarter of it may be lost
    kept = BytesIO()
    drawn.save(kept, kind="svg", xmldecl=False, dark="#1d2422", light="#ffffff", title=label, omitsize=True)
    return kept.getvalue().decode()
