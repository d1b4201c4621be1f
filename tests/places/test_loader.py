from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from fengqiao.places import centres, loader
from fengqiao.places.loader import Loaded
from fengqiao.places.models import Centre, Kind, Level, PrintedFigure, Region
from tests.places.conftest import DATA, ZHENYUAN, WriteEdition
from tests.places.growing import add

OLD = [
    "99 远省 province",
    "9901 远市 prefecture 99",
    "990101 清县 county 9901",
    "990101100 东镇 township 990101",
    "990101100200 上湾村委会 village 990101100",
    "990101100201 下湾村委会 village 990101100",
]


def snapshot() -> list[tuple[object, ...]]:
    """Everything the tree says, to see that a second run changes nothing."""
    return list(Region.objects.order_by("path").values_list())


def test_zhenyuan_has_the_divisions_the_edition_lists(zhenyuan: Region) -> None:
    kinds = Counter(Region.objects.filter(county="621027").values_list("level", "kind"))

    assert kinds == {
        (Level.COUNTY, ""): 1,
        (Level.TOWNSHIP, Kind.TOWN): 13,
        (Level.TOWNSHIP, Kind.TOWNSHIP): 6,
        (Level.VILLAGE, Kind.VILLAGE_COMMITTEE): 215,
        (Level.VILLAGE, Kind.RESIDENTS_COMMITTEE): 6,
        (Level.VILLAGE, Kind.QUASI_RESIDENTS): 1,
    }


def test_codes_are_twelve_digits_and_paths_join_the_short_ones(zhenyuan: Region) -> None:
    village = Region.objects.get(code="621027100001")

    assert (zhenyuan.code, zhenyuan.path) == ("621027000000", "62.6210.621027")
    assert village.path == "62.6210.621027.621027100.621027100001"
    assert village.parent is not None
    assert village.parent.name == "城关镇"
    assert village.edition == "nbs-2023-06-30"


@pytest.mark.parametrize(
    ("name", "townships", "villages"),
    [
        ("6201.nbs-2023-06-30.csv.gz", 116, 1177),
        ("6204.nbs-2023-06-30.csv.gz", 78, 860),
        ("510304.nbs-2023-06-30.csv.gz", 15, 121),
    ],
)
@pytest.mark.django_db
def test_the_other_places_have_the_divisions_the_edition_lists(name: str, townships: int, villages: int) -> None:
    loader.load_divisions(DATA / "divisions" / name)

    levels = Counter(Region.objects.values_list("level", flat=True))
    assert (levels[Level.TOWNSHIP], levels[Level.VILLAGE]) == (townships, villages)


def test_a_second_run_changes_nothing(zhenyuan: Region) -> None:
    before = snapshot()

    assert loader.load_divisions(ZHENYUAN) == Loaded(unchanged=244)
    assert snapshot() == before


def test_what_was_changed_by_hand_within_an_edition_stays(zhenyuan: Region) -> None:
    village = Region.objects.get(code="621027100001")
    Region.objects.filter(pk=village.pk).update(name="东街新社区居委会", valid_to=date(2026, 1, 1))

    loader.load_divisions(ZHENYUAN)

    village.refresh_from_db()
    assert (village.name, village.valid_to) == ("东街新社区居委会", date(2026, 1, 1))


@pytest.mark.django_db
def test_a_newer_edition_adds_renames_and_closes_but_deletes_nothing(edition: WriteEdition) -> None:
    loader.load_divisions(edition("990101.nbs-2023-06-30", OLD))
    gone = Region.objects.get(code="990101100201")
    grid = add(gone, code="990101100201001", name="一网格", level="grid")
    centres.found_centres("990101")
    newer = [*OLD[:4], "990101100200 上湾社区居委会 village 990101100", "990101100202 新湾村委会 village 990101100"]

    loaded = loader.load_divisions(edition("990101.nbs-2024-06-30", newer))

    assert loaded == Loaded(added=1, updated=5, closed=2, unchanged=0)
    assert Region.objects.get(code="990101100200").name == "上湾社区居委会"
    assert Region.objects.get(code="990101100202").valid_from == date(2024, 6, 30)
    for closed in (gone, grid):
        closed.refresh_from_db()
        assert closed.valid_to == date(2024, 6, 30)
    assert Centre.objects.get(region=gone).valid_to == date(2024, 6, 30)


@pytest.mark.django_db
def test_what_an_edition_lists_again_is_open_again(edition: WriteEdition) -> None:
    loader.load_divisions(edition("990101.nbs-2023-06-30", OLD))
    loader.load_divisions(edition("990101.nbs-2024-06-30", OLD[:-1]))
    gone = Region.objects.filter(code="990101100201")
    gone.update(successor=Region.objects.get(code="990101100200"))

    loader.load_divisions(edition("990101.nbs-2025-06-30", OLD))

    assert (gone.get().valid_to, gone.get().successor) == (None, None)


@pytest.mark.django_db
def test_an_older_edition_never_takes_the_tree_back(edition: WriteEdition) -> None:
    loader.load_divisions(edition("990101.nbs-2024-06-30", OLD[:-1]))
    before = snapshot()

    assert loader.load_divisions(edition("990101.nbs-2023-06-30", OLD)) == Loaded(unchanged=6)
    assert snapshot() == before


@pytest.mark.django_db
def test_a_file_whose_name_says_no_edition_is_refused(edition: WriteEdition) -> None:
    with pytest.raises(ValueError, match="<code>"):
        loader.load_divisions(edition("divisions", OLD))


@pytest.mark.django_db
def test_printed_figures_are_kept_once_with_source_and_date() -> None:
    path = DATA / "divisions" / "printed.csv"

    assert loader.load_printed(path) == Loaded(added=6)
    assert loader.load_printed(path) == Loaded(unchanged=6)
    figure = PrintedFigure.objects.get(county="621027", what="centres")
    assert (figure.value, figure.printed_on) == (240, date(2023, 12, 18))


@pytest.mark.django_db
def test_one_command_loads_all_reference_data_and_again_changes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    call_command("load_reference")
    before = snapshot()
    capsys.readouterr()

    call_command("load_reference")

    assert snapshot() == before
    assert "2630" in capsys.readouterr().out
