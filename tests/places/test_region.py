from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from fengqiao.places import tree
from fengqiao.places.models import Kind, Region
from fengqiao.places.scope import inside, within
from tests.places.conftest import MONDAY, Qing
from tests.places.growing import add


def test_a_region_covers_itself_and_what_lies_below(qing: Qing) -> None:
    assert qing.town.covers(qing.town)
    assert qing.town.covers(qing.grid)
    assert not qing.village.covers(qing.town)


def test_a_region_does_not_cover_one_whose_code_begins_alike(qing: Qing) -> None:
    longer = add(qing.root, code="9901011001", name="Town with a longer code", level="township")

    assert not qing.town.covers(longer)
    assert longer not in Region.objects.in_region(qing.town)


def test_the_subtree_is_found_by_a_range_of_paths(qing: Qing) -> None:
    found = Region.objects.filter(within("path", qing.village)).order_by("path")

    assert list(found) == [qing.village, qing.group, qing.grid, qing.inner_grid]
    assert list(Region.objects.in_region(qing.village).filter(level="group")) == [qing.group]


def test_children_come_in_official_order(qing: Qing) -> None:
    street = add(qing.root, code="990101001", name="Zither Street", level="township")

    assert list(Region.objects.children(qing.root)) == [street, qing.town]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("prefecture", ("990100", "", "", "")),
        ("root", ("990101", "", "", "")),
        ("town", ("990101", "990101100", "", "")),
        ("village", ("990101", "990101100", "990101100200", "")),
        ("group", ("990101", "990101100", "990101100200", "")),
        ("grid", ("990101", "990101100", "990101100200", "990101100200001")),
        ("inner_grid", ("990101", "990101100", "990101100200", "99010110020000101")),
    ],
)
def test_a_region_names_the_levels_it_lies_in(qing: Qing, name: str, codes: tuple[str, ...]) -> None:
    assert getattr(qing, name).ancestor_codes() == codes


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("001", Kind.RESIDENTS_COMMITTEE),
        ("199", Kind.RESIDENTS_COMMITTEE),
        ("200", Kind.VILLAGE_COMMITTEE),
        ("399", Kind.VILLAGE_COMMITTEE),
        ("400", Kind.QUASI_RESIDENTS),
        ("499", Kind.QUASI_RESIDENTS),
        ("500", Kind.QUASI_VILLAGE),
        ("599", Kind.QUASI_VILLAGE),
    ],
)
def test_the_band_of_a_code_tells_the_kind(code: str, kind: Kind) -> None:
    assert tree.kind_of("village", f"621027100{code}") == kind


def test_the_levels_without_bands_have_no_kind() -> None:
    assert tree.kind_of("county", "621027") == ""


@pytest.mark.parametrize(
    ("name", "kind", "place"),
    [
        ("路坡村委会", "villagers", "路坡村"),
        ("红沟村民委员会", "villagers", "红沟村"),
        ("上坪村村民委员会", "villagers", "上坪村"),
        ("东街社区居委会", "residents", "东街社区"),
        ("瓜州路社区居民委员会", "residents", "瓜州路社区"),
        ("城北居委会", "residents", "城北社区"),
        ("金龙工业集中区社区", "quasi_residents", "金龙工业集中区社区"),
        ("城关镇", "town", "城关镇"),
    ],
)
def test_a_place_is_called_as_people_say_it(name: str, kind: str, place: str) -> None:
    assert Region(name=name, kind=kind).place_name == place


def test_current_regions_are_those_open_on_the_day(qing: Qing) -> None:
    tree.close(qing.village, on=MONDAY)

    assert Region.objects.current(date(2026, 3, 1)).contains(qing.grid)
    assert not Region.objects.current(MONDAY).contains(qing.grid)
    assert Region.objects.current(MONDAY).contains(qing.town)


def test_a_region_that_opens_later_is_not_open_yet(qing: Qing) -> None:
    later = add(qing.town, code="990101100201", name="下湾村委会", level="village", on=MONDAY)

    assert not later.is_open_on(date(2026, 3, 1))
    assert later.is_open_on(MONDAY)
    assert not Region.objects.current(date(2026, 3, 1)).contains(later)


def test_a_closed_region_says_since_when(qing: Qing) -> None:
    tree.close(qing.village, on=MONDAY)
    qing.village.refresh_from_db()

    with translation.override("en"):
        assert qing.village.closed_note(MONDAY) == "上湾村委会 was closed on March 2, 2026."
        assert qing.village.closed_note(date(2026, 3, 1)) == ""


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("places_region_ends_after_it_begins", {"valid_from": MONDAY, "valid_to": MONDAY}),
        ("places_region_level_matches_depth", {"level": "village"}),
        ("places_region_parent_below_the_top", {"parent": None}),
        ("places_region_code_once_in_a_county", {"code": "990101100200"}),
        ("places_region_path_once_in_a_county", {"path": "99.9901.990101.990101200"}),
    ],
)
def test_the_database_keeps_the_tree_sound(qing: Qing, name: str, changes: dict[str, object]) -> None:
    add(qing.root, code="990101200", name="West Township", level="township")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Region.objects.filter(pk=qing.town.pk).update(**changes)


@pytest.mark.parametrize("name", ["prefecture", "root", "town", "village", "group", "grid"])
def test_the_indexed_condition_matches_what_the_range_matches(qing: Qing, name: str) -> None:
    add(qing.root, code="9901011001", name="Town with a longer code", level="township")
    region = getattr(qing, name)

    assert set(Region.objects.filter(inside("path", region))) == set(Region.objects.filter(within("path", region)))
