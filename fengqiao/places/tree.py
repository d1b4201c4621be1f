from datetime import date

from fengqiao.places.models import Centre, Kind, Level, Region

FULL_LENGTH = 12  # the statistical code of a village; a grid's is longer
COUNTY_LENGTH = 6
# Where the band of a code's last three digits begins; measured on the whole 2023 edition, no other bands occur.
TOWNSHIP_BANDS = (
    (400, Kind.QUASI_TOWNSHIP),
    (200, Kind.TOWNSHIP),
    (100, Kind.TOWN),
    (1, Kind.SUBDISTRICT),
)
VILLAGE_BANDS = (
    (500, Kind.QUASI_VILLAGE),
    (400, Kind.QUASI_RESIDENTS),
    (200, Kind.VILLAGE_COMMITTEE),
    (1, Kind.RESIDENTS_COMMITTEE),
)
BANDS = {Level.TOWNSHIP: TOWNSHIP_BANDS, Level.VILLAGE: VILLAGE_BANDS}


def kind_of(level: str, code: str) -> str:
    """Tell what a division is from the band its short code lies in; empty at the levels that have no kinds."""
    for begins, kind in BANDS.get(Level(level), ()):
        if int(code[-3:]) >= begins:
            return kind.value
    return ""


def full(code: str) -> str:
    """Give the twelve digits of a short code."""
    return code.ljust(FULL_LENGTH, "0")


def county_of(code: str) -> str:
    """Give the six digits every row of this division is kept under."""
    return code[:COUNTY_LENGTH].ljust(COUNTY_LENGTH, "0")


def sprout(parent: Region | None, *, code: str, name: str, level: str) -> Region:
    """Make an unsaved region below its parent, with the path, county and kind that follow from its short code."""
    return Region(
        county=county_of(code),
        code=full(code),
        name=name,
        level=level,
        kind=kind_of(level, code),
        parent=parent,
        path=f"{parent.path}.{code}" if parent else code,
        sort_key=code,
    )


def close(region: Region, *, on: date) -> int:
    """Close a region from the given day, with everything below it and the centres there; say how many closed."""
    below = Region.objects.in_region(region).filter(valid_to=None)
    Centre.objects.filter(region__in=below).update(valid_to=on)
    return below.update(valid_to=on)
