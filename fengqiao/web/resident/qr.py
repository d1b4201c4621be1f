"""The square that opens a report's page on a phone."""

import segno
from django.utils.safestring import SafeString, mark_safe


def square(address: str, label: str) -> SafeString:
    """Draw an address as an SVG square; the drawing holds nothing but the address."""
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=2, dark="#1d2422", title=label)
    return mark_safe(drawn)
