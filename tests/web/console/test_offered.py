"""What fields offer stands under its headings, is made once for as long as it is the same, and changes with it."""

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from fengqiao.cases.models import Category
from fengqiao.places.models import Region
from fengqiao.web.console.forms.offered import category_choices, region_choices
from tests.cast import MONDAY_9AM, QingCounty

pytestmark = pytest.mark.django_db
TODAY = localdate(MONDAY_9AM)


def test_places_stand_under_their_townships_and_are_renamed_at_once(qing: QingCounty) -> None:
    county, places = qing.county.code, (qing.root, qing.east, qing.willow, qing.grid, qing.west)
    root, east, willow, grid, west = (str(place.pk) for place in places)
    village = qing.willow.place_name
    in_east = ((east, "东镇"), (willow, f"东镇 {village}"), (grid, f"东镇 {village} {qing.grid.name}"))
    assert region_choices(county, TODAY) == [
        (root, "清县（全县或地点不详）"),
        ("东镇", in_east),
        ("西镇", ((west, "西镇"),)),
    ]
    assert region_choices(county, TODAY)[1] is region_choices(county, TODAY)[1]
    with override("en"):
        assert "as a whole" in region_choices(county, TODAY)[0][1]

    Region.objects.filter(pk=west).update(name="西山镇")
    Region.objects.filter(pk=grid).update(valid_to=TODAY)
    changed = region_choices(county, TODAY)
    assert changed[1:] == [("东镇", in_east[:2]), ("西山镇", ((west, "西山镇"),))]


def test_subjects_stand_under_the_names_of_what_is_above_them(qing: QingCounty) -> None:
    def subject(code: str, name: str, parent: Category | None = None) -> Category:
        return Category.objects.create(county="629977", code=code, name=name, parent=parent, level=len(code) // 2)

    life = subject("01", "城乡建设")
    water = subject("0101", "供水", life)
    burst, meter = subject("010101", "水管爆裂", water), subject("010102", "水表", water)
    alone = subject("02", "其他")
    headed = ("城乡建设 › 供水", ((str(burst.pk), "水管爆裂"), (str(meter.pk), "水表")))
    assert category_choices("629977") == [headed, ("其他", ((str(alone.pk), "其他"),))]
    assert category_choices("629977")[0] is category_choices("629977")[0]

    Category.objects.filter(pk=meter.pk).update(valid_to=TODAY)
    Category.objects.filter(pk=alone.pk).update(name="其它")
    assert category_choices("629977") == [(headed[0], headed[1][:1]), ("其它", ((str(alone.pk), "其它"),))]
