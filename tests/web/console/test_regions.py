"""The system administrator's pages of places: the tree, one place, its changes, and lists of grids."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.jobs import resettling
from fengqiao.places.models import Kind, Level, Region
from fengqiao.playbooks.models import PlaceFile
from tests import cast
from tests.cast import QING, QingCounty
from tests.playbooks.test_boundaries import county_file
from tests.playbooks.test_grids import HEAD, LIST, WILLOW
from tests.web.console.conftest import SignIn


@pytest.fixture
def desk(qing: QingCounty, sign_in: SignIn) -> Client:
    """The system administrator's browser."""
    return sign_in(qing.shi_runs_the_system)


@pytest.fixture
def poplar(qing: QingCounty) -> Region:
    """A second village in East Town."""
    return cast.place(f"{QING}101202", "白杨村委会", Level.VILLAGE, qing.east, kind=Kind.VILLAGE_COMMITTEE)


def at(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def send(desk: Client, text: str = LIST, **more: str) -> str:
    file = SimpleUploadedFile("网格.csv", text.encode())
    page = desk.post(at("grids"), {"file": file, "on": localdate().isoformat(), **more})
    assert page.status_code == 302, page.context["form"].errors
    return str(page.headers["Location"])


def test_the_tree_is_walked_from_the_county_down(qing: QingCounty, desk: Client) -> None:
    first = desk.get(at("regions"))
    assert first.context["rows"] == [qing.east, qing.west]
    assert first.context["counts"]["grid"] == 1

    east = desk.get(at("region", qing.east.code))
    assert list(east.context["below"]) == [qing.willow]
    grid = desk.get(at("region", qing.grid.code))
    assert [one.name for one in grid.context["above"]] == ["清县", "东镇", "柳树村委会"]
    assert [post.user for post in grid.context["posts"]] == [qing.qian_walks_the_grid]


@pytest.mark.parametrize(
    ("edition", "words"),
    [("nbs-2023-06-30", "国家统计局2023年6月30日区划名录"), ("county-2024-01-01", "county2024年1月1日区划名录")],
)
def test_the_list_a_place_came_with_is_named_in_words(qing: QingCounty, desk: Client, edition: str, words: str) -> None:
    Region.objects.filter(pk=qing.east.pk).update(edition=edition)

    page = desk.get(at("region", qing.east.code)).content.decode()

    assert words in page and edition not in page


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "柳树"}, ["柳树村委会", "柳树第一网格"]),
        ({"q": "柳树", "level": "grid"}, ["柳树第一网格"]),
        ({"q": WILLOW}, ["柳树村委会", "柳树第一网格"]),
        ({"q": "没有"}, []),
        ({"state": "closed"}, []),
        ({"level": "nonsense"}, ["东镇", "西镇"]),
    ],
)
def test_places_are_found_by_name_code_and_level(
    qing: QingCounty, desk: Client, asked: dict[str, str], names: list[str]
) -> None:
    assert [one.name for one in desk.get(at("regions"), asked).context["rows"]] == names


def test_a_new_name_is_found_by_the_old_one_too(qing: QingCounty, desk: Client) -> None:
    done = desk.post(at("change_region", qing.willow.code, "rename"), {"name": "新柳村委会", "on": localdate()})

    assert done.headers["Location"] == at("region", qing.willow.code)
    assert [one.name for one in desk.get(at("regions"), {"q": "柳树村"}).context["rows"]] == ["新柳村委会"]


def test_before_a_merger_one_sees_what_would_come_of_it_by_number_only(
    qing: QingCounty, desk: Client, new_leak: Case, poplar: Region
) -> None:
    asked = {"regions": [qing.willow.pk], "on": localdate().isoformat()}
    page = desk.post(at("change_region", poplar.code, "merge"), asked)

    preview = page.context["preview"]
    assert (page.status_code, preview.unfinished.cases, preview.going_along) == (200, 1, (qing.grid,))
    text = page.content.decode()
    assert new_leak.number not in text and new_leak.title not in text
    assert Region.objects.get(pk=qing.willow.pk).valid_to is None

    done = desk.post(at("change_region", poplar.code, "merge"), asked | {"sure": "yes"})
    assert done.headers["Location"] == at("region", poplar.code)
    willow = Region.objects.get(pk=qing.willow.pk)
    assert (willow.valid_to, willow.successor) == (localdate(), poplar)
    closed = desk.get(at("region", qing.willow.code))
    assert poplar.name in closed.content.decode() and not closed.context["is_open"]


def test_whoever_is_at_home_there_is_listed_and_no_button_closes_it(qing: QingCounty, desk: Client) -> None:
    asked = {"into": qing.willow.pk, "on": localdate().isoformat()}
    page = desk.post(at("change_region", qing.grid.code, "close"), asked)

    assert [post.user for post in page.context["preview"].posts] == [qing.qian_walks_the_grid]
    assert 'name="sure"' not in page.content.decode()
    refused = desk.post(at("change_region", qing.grid.code, "close"), asked | {"sure": "yes"})
    assert refused.status_code == 422 and refused.context["form"].non_field_errors()


def test_a_place_is_added_and_moved(qing: QingCounty, desk: Client) -> None:
    said = {"level": "village", "name": "新村委会", "code": f"{QING}101209", "on": localdate().isoformat()}
    assert desk.post(at("change_region", qing.east.code, "add"), said).status_code == 302
    fresh = Region.objects.get(code=f"{QING}101209")

    moved = desk.post(at("change_region", fresh.code, "move"), {"under": qing.west.pk, "on": localdate().isoformat()})
    assert moved.status_code == 302
    fresh.refresh_from_db()
    assert fresh.parent == qing.west


@pytest.mark.parametrize("act", ["rename", "move", "close", "merge", "add"])
def test_nothing_said_is_explained_and_an_unknown_act_does_not_exist(qing: QingCounty, desk: Client, act: str) -> None:
    page = desk.post(at("change_region", qing.willow.code, act), {"on": ""})

    assert page.status_code == 422 and page.context["form"].errors
    assert desk.get(at("change_region", qing.willow.code, "burn")).status_code == 404


def test_a_list_is_looked_through_and_taken_over(qing: QingCounty, desk: Client) -> None:
    address = send(desk)
    looked = desk.get(address)
    assert (looked.context["made"].changes, Region.objects.filter(level="grid").count()) == (4, 1)

    done = desk.post(f"{address}apply/")

    assert done.headers["Location"] == address
    assert Region.objects.filter(level="grid").count() == 4
    again = desk.get(address)
    assert again.context["made"].changes == 0 and "btn-large" not in again.content.decode()


def test_errors_are_listed_with_their_lines_and_nothing_can_be_taken_over(qing: QingCounty, desk: Client) -> None:
    address = send(desk, f"{HEAD}\n{WILLOW},网格,6.2E+13,三网格,\n")
    page = desk.get(address)

    assert [(fault.line, fault.column) for fault in page.context["made"].faults] == [(2, "代码")]
    assert f'action="{address}apply/"' not in page.content.decode()
    assert desk.post(f"{address}apply/").status_code == 422


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00\x00", b"PK\x03\x04\x00"])
def test_a_file_that_is_no_table_is_refused_beside_its_field(qing: QingCounty, desk: Client, raw: bytes) -> None:
    page = desk.post(at("grids"), {"file": SimpleUploadedFile("a.csv", raw), "on": localdate().isoformat()})

    assert page.status_code == 422 and page.context["form"]["file"].errors


def test_the_template_and_the_list_come_as_tables(qing: QingCounty, desk: Client) -> None:
    template, there = desk.get(at("grid_list"), {"template": ""}), desk.get(at("grid_list"))

    assert HEAD in template.content.decode() and qing.grid.code in there.content.decode()
    assert there.headers["Content-Disposition"].startswith("attachment")


def test_files_of_another_county_do_not_exist(qing: QingCounty, desk: Client) -> None:
    address = send(desk)
    PlaceFile.objects.update(county="629902")

    assert desk.get(address).status_code == desk.post(f"{address}apply/").status_code == 404


def test_places_of_another_county_do_not_exist(qing: QingCounty, desk: Client) -> None:
    assert desk.get(at("region", qing.prefecture.code)).status_code == 404


def test_the_worker_lets_cases_follow(qing: QingCounty, desk: Client, new_leak: Case, poplar: Region) -> None:
    asked = {"regions": [qing.willow.pk], "on": localdate().isoformat(), "sure": "yes"}
    desk.post(at("change_region", poplar.code, "merge"), asked)

    assert resettling.carry_on(new_leak.opened_at) == 1
    assert Case.objects.get(pk=new_leak.pk).region == poplar


def test_boundaries_are_looked_through_taken_over_and_drawn(qing: QingCounty, desk: Client) -> None:
    file = SimpleUploadedFile("边界.geojson", county_file(qing).encode())
    said = {"on": localdate().isoformat(), "system": "cgcs2000", "source": "县测绘队 2026"}
    address = str(desk.post(at("boundaries"), {"file": file, **said}).headers["Location"])
    assert desk.get(address).context["made"].changes == 3

    desk.post(f"{address}apply/")

    assert "<svg" in desk.get(at("region", qing.willow.code)).content.decode()
    assert "县测绘队 2026" in desk.get(f"/place/{qing.willow.code}/").content.decode()
    assert desk.get(at("boundaries")).context["counts"]
    assert desk.get(address).context["made"].changes == 0


def test_a_file_of_boundaries_with_errors_cannot_be_taken_over(qing: QingCounty, desk: Client) -> None:
    said = {"on": localdate().isoformat(), "system": "wgs84", "source": "演示"}
    file = SimpleUploadedFile("边界.geojson", b"[]")
    address = str(desk.post(at("boundaries"), {"file": file, **said}).headers["Location"])

    assert desk.get(address).context["made"].faults and desk.post(f"{address}apply/").status_code == 422
