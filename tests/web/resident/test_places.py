"""A page for every place, the index, the sheets for walls, and the report that starts at a square."""

from datetime import date, datetime

import pytest
from django.test import Client

from fengqiao.intake.models import Report
from fengqiao.people.models import Unit
from fengqiao.places import calendar as calendars
from fengqiao.places.models import County, Kind, Level, Region, WorkDay
from fengqiao.web.resident.hours import hours_of
from tests import cast
from tests.cast import MONDAY_9AM, SHANGHAI, QingCounty
from tests.web.resident.pages import hidden, press


@pytest.fixture(autouse=True)
def fresh_calendar() -> None:
    """Let each test count with its own days."""
    calendars.forget()


def test_a_village_shows_its_path_its_centre_and_the_way_to_report(client: Client, qing: QingCounty) -> None:
    Unit.objects.filter(pk=qing.centre.pk).update(phone="0934-7121234")
    shown = client.get(f"/place/{qing.willow.code}/").content.decode()

    assert "柳树村" in shown and "东镇" in shown
    assert qing.centre.name in shown and "tel:0934-7121234" in shown
    assert f"/report/?place={qing.willow.code}" in shown


def test_the_nearest_centre_is_named_and_the_nearest_with_a_phone_is_to_be_called(
    client: Client, qing: QingCounty
) -> None:
    near = cast.body("east-centre", "东镇综治中心", Unit.Kind.CENTRE, qing.east)
    Unit.objects.filter(pk=qing.centre.pk).update(phone="0934-7121234")
    service = client.get(f"/place/{qing.willow.code}/").context["service"]

    assert (service.centre, service.desk) == (near, qing.centre)


def test_a_grid_worker_is_shown_by_post_and_never_by_name(client: Client, qing: QingCounty) -> None:
    Unit.objects.filter(pk=qing.east_office.pk).update(phone="0934-7125678")
    for region in (qing.willow, qing.grid):
        shown = client.get(f"/place/{region.code}/").content.decode()
        assert qing.grid.name in shown and "0934-7125678" in shown
        assert qing.qian_walks_the_grid.name not in shown


def test_a_post_that_has_ended_is_not_shown(client: Client, qing: QingCounty) -> None:
    qing.qian_walks_the_grid.posts.update(ends_on=date(2020, 1, 1))

    assert client.get(f"/place/{qing.grid.code}/").context["service"].grid_posts == ()


def test_what_nobody_knows_and_what_lies_above_the_county_is_not_there(client: Client, qing: QingCounty) -> None:
    assert client.get("/place/999999999999/").status_code == 404
    assert client.get(f"/place/{qing.prefecture.code}/").status_code == 404


def test_a_closed_place_says_since_when_and_where_to_go(client: Client, qing: QingCounty) -> None:
    qing.willow.valid_from, qing.willow.valid_to = None, date(2020, 5, 1)
    qing.willow.save()
    page = client.get(f"/place/{qing.willow.code}/")

    assert "2020" in page.content.decode()
    assert page.context["place"].instead == qing.east
    assert f"/place/{qing.east.code}/" in page.content.decode()
    assert client.get(f"/place/{qing.willow.code}/qr/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "is_open", "says"),
    [
        (MONDAY_9AM, True, ""),
        (MONDAY_9AM.replace(hour=12), False, "14:30"),
        (MONDAY_9AM.replace(hour=18), False, "8:30"),
        (datetime(2026, 10, 1, 10, tzinfo=SHANGHAI), False, "国庆节"),
        (datetime(2026, 10, 3, 10, tzinfo=SHANGHAI), False, "周末"),
    ],
)
def test_the_hours_say_whether_it_is_open_and_if_not_why(at: datetime, is_open: bool, says: str) -> None:
    WorkDay.objects.create(on=date(2026, 10, 1), working=False, name="国庆节")
    hours = hours_of(calendars.of(cast.QING), at)

    assert hours.is_open is is_open
    assert says in hours.today


def test_the_index_lists_townships_and_villages(client: Client, qing: QingCounty) -> None:
    page = client.get("/places/")

    assert page.context["townships"] == [(qing.east, [qing.willow]), (qing.west, [])]
    assert f'{qing.east.name}<span class="soft">1 个村（社区）</span>' in page.content.decode()


def test_a_place_is_found_by_a_part_of_its_name(client: Client, qing: QingCounty) -> None:
    assert client.get("/places/", {"q": "柳树"}).context["found"] == [qing.willow, qing.grid]
    for none in ("无此地", "\0", "柳\0树"):
        assert client.get("/places/", {"q": none}).context["found"] == []


def test_among_several_counties_one_is_chosen_first(client: Client, qing: QingCounty) -> None:
    County.objects.create(code="629900", tag="QS", name="青山市", region=qing.prefecture)

    assert "/places/?county=629900" in client.get("/places/").content.decode()
    assert client.get("/places/", {"county": cast.QING}).context["counter"].county == qing.county


def test_the_square_leads_to_a_report_about_the_place(client: Client, qing: QingCounty) -> None:
    drawing = client.get(f"/place/{qing.willow.code}/qr.svg")

    assert drawing["Content-Type"] == "image/svg+xml"
    assert drawing.content.decode().startswith("<svg")


def test_the_sheet_is_one_large_square_or_a_dozen_small_ones(client: Client, qing: QingCounty) -> None:
    address = f"/place/{qing.willow.code}/qr/"
    square = f"/place/{qing.willow.code}/qr.svg"

    assert client.get(address).content.decode().count(square) == 1
    assert client.get(address, {"size": "stickers"}).content.decode().count(square) == 12


def test_a_report_from_a_square_has_its_place_and_it_can_be_changed(client: Client, qing: QingCounty) -> None:
    first = client.get("/report/", {"place": qing.willow.code})
    assert hidden(first)["region"] == qing.willow.code
    assert "柳树村" in first.context["note"]

    where = press(client, first, text="路灯坏了", nature="help")
    assert where.context["form"]["region"].value() == qing.willow.code
    who = press(client, where, region=qing.west.code, place="")
    press(client, press(client, who, phone="", reporter="", proxy=""), to="send")
    assert Report.objects.get().region == qing.west


def test_a_square_on_a_grid_gives_the_village_and_the_grid(client: Client, qing: QingCounty) -> None:
    carried = hidden(client.get("/report/", {"place": qing.grid.code}))

    assert (carried["region"], carried["grid"]) == (qing.willow.code, qing.grid.code)


def test_where_there_are_grids_one_may_choose_one(client: Client, qing: QingCounty) -> None:
    where = press(client, client.get("/report/", {"place": qing.willow.code}), text="路灯坏了", nature="help")
    assert f'<option value="{qing.grid.code}"' in where.content.decode()

    who = press(client, where, region=qing.willow.code, grid=qing.grid.code, place="")
    check = press(client, who, phone="", reporter="", proxy="")
    assert "东镇 柳树村 柳树第一网格" in check.content.decode()
    press(client, check, to="send")
    assert Report.objects.get().region == qing.grid


def test_where_there_are_none_nobody_is_asked(client: Client, qing: QingCounty) -> None:
    where = press(client, client.get("/report/", {"place": qing.west.code}), text="路灯坏了", nature="help")

    assert 'class="grid-field" hidden' in where.content.decode()


def test_a_grid_of_another_village_left_over_on_the_page_does_not_count(client: Client, qing: QingCounty) -> None:
    where = press(client, client.get("/report/", {"place": qing.grid.code}), text="路灯坏了", nature="help")
    who = press(client, where, region=qing.west.code, grid=qing.grid.code, place="")
    press(client, press(client, who, phone="", reporter="", proxy=""), to="send")

    assert Report.objects.get().region == qing.west


@pytest.mark.parametrize(("place", "lines"), [("willow", 2), ("west", 0), ("east", 0), ("grid", 0), ("\0", 0), ("", 0)])
def test_the_grids_of_a_village_are_fetched(client: Client, qing: QingCounty, place: str, lines: int) -> None:
    code = getattr(qing, place).code if place.isalpha() else place

    assert client.get("/places/grids/", {"region": code}).content.decode().count("<option") == lines


def test_a_square_of_a_merged_place_leads_to_the_one_that_took_over(client: Client, qing: QingCounty) -> None:
    poplar = cast.place(f"{cast.QING}101202", "白杨村委会", Level.VILLAGE, qing.east, kind=Kind.VILLAGE_COMMITTEE)
    Region.objects.filter(pk=qing.willow.pk).update(valid_to=date(2020, 5, 1), successor=poplar)

    arrived = client.get("/report/", {"place": qing.willow.code})
    assert hidden(arrived)["region"] == poplar.code and "白杨村" in arrived.context["note"]
    page = client.get(f"/place/{qing.willow.code}/")
    assert page.context["place"].instead == poplar and f"/place/{poplar.code}/" in page.content.decode()


def test_a_wrong_square_is_explained_and_the_report_goes_on(client: Client, qing: QingCounty) -> None:
    page = client.get("/report/", {"place": "nowhere", "text": "路灯坏了"})

    assert page.status_code == 200 and page.context["note"]
    assert "region" not in hidden(page) and "place" not in hidden(page)
    assert page.context["form"]["text"].value() == "路灯坏了"


def test_a_square_of_a_closed_place_gives_the_one_above_and_says_so(client: Client, qing: QingCounty) -> None:
    qing.willow.valid_from, qing.willow.valid_to = None, date(2020, 5, 1)
    qing.willow.save()
    page = client.get("/report/", {"place": qing.willow.code})

    assert hidden(page)["region"] == qing.east.code
    assert "2020" in page.context["note"]


def test_a_square_tells_which_of_several_counties_is_meant(client: Client, qing: QingCounty) -> None:
    County.objects.create(code="629900", tag="QS", name="青山市", region=qing.prefecture)

    assert hidden(client.get("/report/", {"place": qing.willow.code}))["county"] == cast.QING


def test_pages_of_places_ask_the_database_little(
    client: Client, qing: QingCounty, django_assert_max_num_queries: object
) -> None:
    for address in (f"/place/{qing.willow.code}/", "/places/", f"/place/{qing.willow.code}/qr/"):
        client.get(address)
        with django_assert_max_num_queries(13):  # type: ignore[operator]
            client.get(address)
