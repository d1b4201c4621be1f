"""Files of boundaries: checked feature by feature, taken over whole, and then a point finds its grid."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.people.models import StaffLog
from fengqiao.places import coordinates
from fengqiao.places.drawing import drawing_of
from fengqiao.places.models import Boundary, County, Kind, Level, Region
from fengqiao.places.queries import at_point, has_boundaries
from fengqiao.places.transitions import Day
from fengqiao.playbooks.demo import reading
from fengqiao.playbooks.demo.stage import SINCE
from fengqiao.playbooks.models import PlaceFile
from fengqiao.playbooks.redrawing import acts, boundary_sheet, files
from fengqiao.playbooks.redrawing.boundary_plan import BoundaryPlan, plan_boundaries
from fengqiao.playbooks.redrawing.files import Sent
from fengqiao.playbooks.redrawing.grid_plan import carry_out, plan
from tests import cast
from tests.cast import MONDAY_9AM, QING, QingCounty
from tests.playbooks.test_redrawing import TODAY, change

WEST, SOUTH = 107.0, 35.0


def square(x: float, y: float, size: float = 0.1, *, high: float | None = None) -> list[list[float]]:
    """A closed square whose south-west corner lies so far east and north, in degrees."""
    corners = [(x, y), (x + size, y), (x + size, y + (high or size)), (x, y + (high or size)), (x, y)]
    return [[WEST + east, SOUTH + north] for east, north in corners]


def feature(code: str, ring: list[list[float]], kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": [ring]}}


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def county_file(qing: QingCounty) -> str:
    """East Town with Willow Village in its west half and the grid in the village's south half."""
    return collection(
        feature(qing.east.code, square(0, 0, 0.2)),
        feature(qing.willow.code, square(0, 0, 0.1, high=0.2)),
        feature(qing.grid.code, square(0, 0, 0.1)),
    )


def kept(qing: QingCounty, text: str, system: str = "wgs84", on: date = TODAY) -> PlaceFile:
    sent = Sent(PlaceFile.Kind.BOUNDARIES, "边界.geojson", text.encode(), on, system=system, source="县测绘队 2026")
    return files.keep(sent, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def applied(qing: QingCounty, text: str, system: str = "wgs84", on: date = TODAY) -> BoundaryPlan:
    return files.apply_boundaries(kept(qing, text, system, on), by=qing.shi_runs_the_system, at=MONDAY_9AM)


def faults(qing: QingCounty, *features: dict[str, Any]) -> list[tuple[int, str]]:
    made = plan_boundaries(QING, boundary_sheet.read(collection(*features), "wgs84"), on=TODAY)
    assert all(fault.what and fault.remedy for fault in made.faults)
    return [(fault.line, fault.column) for fault in made.faults]


def test_a_point_finds_the_finest_place_that_holds_it(qing: QingCounty) -> None:
    applied(qing, county_file(qing))

    assert at_point(QING, (107.05, 35.05), TODAY) == qing.grid
    assert at_point(QING, (107.05, 35.15), TODAY) == qing.willow
    assert at_point(QING, (107.15, 35.05), TODAY) == qing.east
    assert at_point(QING, (107.35, 35.05), TODAY) is None
    assert at_point(QING, (107.05, 35.05), TODAY - timedelta(days=1)) is None
    assert at_point("629902", (107.05, 35.05), TODAY) is None


def test_a_second_time_nothing_changes_and_a_correction_replaces(qing: QingCounty) -> None:
    applied(qing, county_file(qing))
    assert applied(qing, county_file(qing)).unchanged == 3
    assert Boundary.objects.count() == 3

    moved = collection(feature(qing.grid.code, square(0, 0.05, 0.1)))
    made = applied(qing, moved)
    assert (len(made.new), len(made.replaced)) == (0, 1)
    assert at_point(QING, (107.05, 35.01), TODAY) == qing.willow
    assert StaffLog.objects.filter(act=StaffLog.Act.DREW_BOUNDARIES).count() == 3


def test_an_older_outline_stays_as_history(qing: QingCounty) -> None:
    applied(qing, county_file(qing), on=TODAY - timedelta(days=9))
    applied(qing, collection(feature(qing.grid.code, square(0, 0.05, 0.1))))

    assert at_point(QING, (107.05, 35.01), TODAY) == qing.willow
    assert at_point(QING, (107.05, 35.01), TODAY - timedelta(days=5)) == qing.grid


def test_what_phone_maps_shift_lies_where_it_is(qing: QingCounty) -> None:
    shifted = [list(coordinates.shifted((point[0], point[1]))) for point in square(0, 0)]
    applied(qing, collection(feature(qing.willow.code, shifted)), system="gcj02")

    box = Boundary.objects.get(region=qing.willow)
    assert (box.west, box.south) == pytest.approx((WEST, SOUTH), abs=0.0001)


def test_each_error_names_its_feature(qing: QingCounty) -> None:
    bowtie = [[107.0, 35.0], [107.1, 35.1], [107.1, 35.0], [107.0, 35.1], [107.0, 35.0]]
    nameless = feature("", square(0, 0))
    swapped = feature(qing.west.code, [[point[1], point[0]] for point in square(0, 0)])
    line = feature(qing.willow.code, square(0, 0), kind="LineString")

    assert faults(qing, feature("999", square(0, 0))) == [(1, "code")]
    assert faults(qing, nameless) == [(1, "code")]
    assert faults(qing, feature(qing.west.code, square(0, 0)), feature(qing.west.code, square(0, 0))) == [(2, "code")]
    assert faults(qing, line) == [(1, "geometry")]
    assert faults(qing, swapped) == [(1, "geometry")]
    assert faults(qing, feature(qing.west.code, bowtie)) == [(1, "geometry")]
    assert faults(qing, feature(qing.west.code, [[107.0, 35.0], [107.1]])) == [(1, "geometry")]


def test_what_sticks_out_of_the_place_above_is_refused(qing: QingCounty) -> None:
    east = feature(qing.east.code, square(0, 0, 0.2))

    assert faults(qing, east, feature(qing.willow.code, square(0.15, 0, 0.1))) == [(2, "geometry")]
    assert faults(qing, east, feature(qing.willow.code, square(0.1005, 0, 0.1))) == []  # within what surveys differ by


def test_nobody_draws_a_second_grid_over_a_place(qing: QingCounty) -> None:
    other = cast.place(f"{QING}101201002", "柳树第二网格", Level.GRID, qing.willow)
    applied(qing, county_file(qing))

    assert faults(qing, feature(other.code, square(0, 0.08, 0.1))) == [(1, "geometry")]
    assert faults(qing, feature(other.code, square(0, 0.0995, 0.1))) == []


@pytest.mark.parametrize("text", ["", "no", "[]", '{"type": "Feature"}', '{"type": "FeatureCollection"}', "[" * 9999])
def test_what_is_no_collection_is_said_to_be_none(qing: QingCounty, text: str) -> None:
    assert [fault.line for fault in boundary_sheet.read(text, "wgs84").faults] == [0]


def test_one_error_and_nothing_is_taken_over(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        applied(qing, collection(feature(qing.willow.code, square(0, 0)), feature("999", square(0, 0))))
    assert not has_boundaries(QING, TODAY)


def test_a_place_that_closes_takes_its_outline_with_it(qing: QingCounty) -> None:
    applied(qing, county_file(qing), on=TODAY - timedelta(days=9))
    poplar = cast.place(f"{QING}101202", "白杨村委会", Level.VILLAGE, qing.east, kind=Kind.VILLAGE_COMMITTEE)
    acts.close([qing.willow], poplar, change(qing))

    assert at_point(QING, (107.05, 35.15), TODAY) == qing.east
    assert Boundary.objects.get(region=qing.willow).valid_to == TODAY


def test_a_drawing_shows_a_place_with_what_lies_in_it(qing: QingCounty) -> None:
    assert drawing_of(qing.willow, TODAY) is None
    applied(qing, county_file(qing))

    drawing = drawing_of(qing.willow, TODAY)
    assert drawing is not None
    assert ([part.name for part in drawing.parts], drawing.source) == (["柳树第一网格"], "县测绘队 2026")
    assert drawing.whole.path.startswith("M") and drawing.height > drawing.width


def test_the_made_up_boundaries_of_the_demonstration_hold(zhenyuan: County) -> None:
    grids = plan(zhenyuan.code, reading.grids(), on=SINCE, is_whole=False)
    carry_out(grids, zhenyuan.code, Day(SINCE, MONDAY_9AM))
    made = plan_boundaries(zhenyuan.code, reading.boundaries(), on=SINCE)

    assert made.faults == []
    assert {Level(region.level) for region, _feature in made.new} == {Level.TOWNSHIP, Level.VILLAGE, Level.GRID}
    assert Region.objects.filter(level=Level.GRID).count() == 482
