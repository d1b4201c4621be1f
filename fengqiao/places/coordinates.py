"""Where a point is: maps shift it, satellites do not. Stored is WGS-84; everything else is turned into it."""

from math import cos, pi, sin, sqrt

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Point = tuple[float, float]  # longitude, latitude

# The ellipsoid by which GCJ-02 is shifted (Krasovsky 1940), and its squared eccentricity.
AXIS, ECCENTRICITY = 6378245.0, 0.00669342162296594323
ROUNDS = 4  # each brings the turned point nearer; four are within a millimetre
WEST, SOUTH, EAST, NORTH = 73.0, 3.0, 136.0, 54.0  # the country lies in it


class System(TextChoices):
    """In what system the coordinates of a file are."""

    CGCS2000 = "cgcs2000", _("CGCS2000 (surveys of the state)")
    WGS84 = "wgs84", _("WGS-84 (satellites)")
    GCJ02 = "gcj02", _("GCJ-02 (maps on phones)")


def to_wgs84(point: Point, system: str) -> Point:
    """Turn a point into WGS-84; CGCS2000 differs by centimetres and is taken as it is."""
    if system != System.GCJ02:
        return point
    longitude, latitude = point
    for _round in range(ROUNDS):
        east, north = shifted((longitude, latitude))
        longitude, latitude = longitude + point[0] - east, latitude + point[1] - north
    return longitude, latitude


def shifted(point: Point) -> Point:
    """Shift a WGS-84 point the way GCJ-02 does."""
    longitude, latitude = point
    x, y = longitude - 105.0, latitude - 35.0
    root = sqrt(abs(x))
    waves = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi) + 160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi) + 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    turn = latitude / 180 * pi
    magic = 1 - ECCENTRICITY * sin(turn) ** 2
    north = north * 180 / (AXIS * (1 - ECCENTRICITY) / (magic * sqrt(magic)) * pi)
    east = east * 180 / (AXIS / sqrt(magic) * cos(turn) * pi)
    return longitude + east, latitude + north


def is_in_the_country(point: Point) -> bool:
    """Test if a point lies in the box around the country; one with the two numbers changed over does not."""
    return WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH
