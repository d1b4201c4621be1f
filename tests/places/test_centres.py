from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError

from fengqiao.places import loader, tree
from fengqiao.places.centres import found_centres
from fengqiao.places.models import Centre, Region
from tests.places.conftest import DATA, MONDAY, Qing
from tests.places.growing import add


def test_zhenyuan_has_a_centre_for_every_division(zhenyuan: Region) -> None:
    assert found_centres("621027") == 242
    assert Counter(Centre.objects.values_list("tier", flat=True)) == {"county": 1, "township": 19, "village": 222}


def test_a_second_founding_founds_nothing(zhenyuan: Region) -> None:
    found_centres("621027")

    assert found_centres("621027") == 0


def test_a_division_drawn_up_later_gets_the_centre_it_lacks(qing: Qing) -> None:
    found_centres("990101")
    add(qing.town, code="990101100201", name="下湾村委会", level="village", on=MONDAY)

    assert found_centres("990101") == 1
    assert Centre.objects.filter(name="下湾村综治中心").exists()


def test_a_closed_division_gets_no_centre(qing: Qing) -> None:
    tree.close(qing.village, on=MONDAY)

    assert found_centres("990101") == 2


@pytest.mark.django_db
def test_a_prefecture_has_its_own_centre() -> None:
    loader.load_divisions(DATA / "divisions" / "6201.nbs-2023-06-30.csv.gz")

    assert found_centres("620100") == 1
    assert Centre.objects.get().name == "兰州市综治中心"


def test_a_division_has_one_open_centre(qing: Qing) -> None:
    found_centres("990101")

    with pytest.raises(IntegrityError, match="places_centre_one_open_in_a_region"):
        Centre.objects.create(county="990101", region=qing.town, name="Another", tier="township")


def test_a_centre_closes_with_its_division(qing: Qing) -> None:
    found_centres("990101")

    tree.close(qing.village, on=MONDAY)

    centre = Centre.objects.get(region=qing.village)
    assert centre.is_open_on(date(2026, 3, 1))
    assert not centre.is_open_on(MONDAY)
