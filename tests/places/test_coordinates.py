"""Positions: what maps shift is shifted back, and numbers that were changed over are noticed."""

import pytest

from fengqiao.places import coordinates
from fengqiao.places.coordinates import System

ZHENYUAN = (107.2008, 35.6774)
METRE = 0.00001


def test_what_maps_shift_is_shifted_back_to_within_a_metre() -> None:
    shifted = coordinates.shifted(ZHENYUAN)
    back = coordinates.to_wgs84(shifted, System.GCJ02)

    assert 200 * METRE < abs(shifted[0] - ZHENYUAN[0]) < 1000 * METRE
    assert back == pytest.approx(ZHENYUAN, abs=METRE)


def test_a_known_point_is_shifted_as_maps_shift_it() -> None:
    """天安门, as the two systems are commonly given for it."""
    assert coordinates.shifted((116.39123, 39.90714)) == pytest.approx((116.39747, 39.90854), abs=2 * METRE)


@pytest.mark.parametrize("system", [System.WGS84, System.CGCS2000])
def test_surveys_and_satellites_are_taken_as_they_are(system: System) -> None:
    assert coordinates.to_wgs84(ZHENYUAN, system) == ZHENYUAN


def test_numbers_that_were_changed_over_lie_outside() -> None:
    assert coordinates.is_in_the_country(ZHENYUAN)
    assert not coordinates.is_in_the_country((ZHENYUAN[1], ZHENYUAN[0]))
