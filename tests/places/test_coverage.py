from datetime import date

from pytest_django import DjangoAssertNumQueries

from fengqiao.places import loader, tree
from fengqiao.places.centres import found_centres
from fengqiao.places.models import Kind, Level, PrintedFigure, Region
from fengqiao.places.queries import coverage
from tests.places.conftest import DATA, MONDAY, Qing

What = PrintedFigure.What


def test_zhenyuan_shows_what_was_printed_beside_what_is_counted(zhenyuan: Region) -> None:
    loader.load_printed(DATA / "divisions" / "printed.csv")
    found_centres("621027")

    shown = coverage("621027", MONDAY)

    assert [(figure.what, figure.printed, figure.counted) for figure in shown.figures] == [
        (What.CENTRES, 240, 242),
        (What.TOWNSHIPS, 19, 19),
        (What.VILLAGES, 215, 215),
        (What.COMMUNITIES, 5, 6),
    ]
    assert {figure.printed_on for figure in shown.figures} == {date(2023, 12, 18)}
    assert shown.edition_on == date(2023, 6, 30)


def test_coverage_counts_each_level_and_kind_in_order(zhenyuan: Region) -> None:
    found_centres("621027")

    shown = coverage("621027", MONDAY)

    assert [(line.level, line.kind, line.count, line.centres) for line in shown.lines] == [
        (Level.COUNTY, None, 1, 1),
        (Level.TOWNSHIP, Kind.TOWN, 13, 13),
        (Level.TOWNSHIP, Kind.TOWNSHIP, 6, 6),
        (Level.VILLAGE, Kind.RESIDENTS_COMMITTEE, 6, 6),
        (Level.VILLAGE, Kind.VILLAGE_COMMITTEE, 215, 215),
        (Level.VILLAGE, Kind.QUASI_RESIDENTS, 1, 1),
    ]
    assert (shown.centres, shown.at(Level.TOWNSHIP)) == (242, 19)


def test_coverage_is_counted_on_the_day_asked_for(qing: Qing) -> None:
    found_centres("990101")
    tree.close(qing.village, on=MONDAY)

    assert coverage("990101", date(2026, 3, 1)).centres == 3
    assert coverage("990101", MONDAY).centres == 2


def test_a_county_nobody_printed_or_loaded_is_shown_empty(db: None) -> None:
    shown = coverage("990199", MONDAY)

    assert (shown.lines, shown.figures, shown.edition_on) == ((), (), None)


def test_coverage_asks_four_times_however_large_the_county(
    zhenyuan: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        coverage("621027", MONDAY)
