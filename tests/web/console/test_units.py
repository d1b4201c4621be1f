"""The system administrator's pages of units, and what the security administrator reads of a closed one."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.people.models import StaffLog, Unit
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn


@pytest.fixture
def desk(qing: QingCounty, sign_in: SignIn) -> Client:
    """The system administrator's browser."""
    return sign_in(qing.shi_runs_the_system)


def at(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def said(qing: QingCounty, **changes: object) -> dict[str, object]:
    return {"name": "清县林业局", "kind": "department", "region": qing.root.pk, "phone": "0934-7120001"} | changes


def names(client: Client, **query: str) -> set[str]:
    page = client.get(at("units"), query)
    assert page.status_code == 200
    return {unit.name for unit in page.context["page"]}


def test_a_unit_is_added_found_renamed_and_still_found_by_its_old_name(qing: QingCounty, desk: Client) -> None:
    added = desk.post(at("new_unit"), said(qing))
    assert added.headers["Location"] == at("unit", "unit-1")

    desk.post(at("change_unit", "unit-1"), said(qing, name="清县林草局"))

    assert names(desk, q="林业") == {"清县林草局"} and names(desk, q="林草", kind="department") == {"清县林草局"}
    page = desk.get(at("unit", "unit-1")).content.decode()
    assert "清县林业局" in page and "0934-7120001" in page
    assert names(desk, kind="centre") == {"清县综治中心"} and names(desk, state="closed") == set()
    assert names(desk, state="nonsense", kind="x", page="99") == names(desk)


def test_wrong_input_is_explained_and_kept(qing: QingCounty, desk: Client) -> None:
    for wrong in ({"name": ""}, {"name": "长" * 61}, {"name": "清县水务局"}, {"kind": "shop"}, {"region": ""}):
        page = desk.post(at("new_unit"), said(qing, **wrong))
        assert page.status_code == 422
        assert "0934-7120001" in page.content.decode()
    same = {"name": "清县水务局", "kind": "department", "region": qing.root.pk}
    assert desk.post(at("change_unit", "water"), same).status_code == 422


def test_closing_shows_what_comes_of_it_and_does_nothing_before_one_is_sure(
    qing: QingCounty, desk: Client, today: datetime
) -> None:
    acts.dispatch(qing, acts.open_leak(qing, at=today), at=today)
    day = localdate(today) + timedelta(days=7)
    wanted = {"on": day.isoformat(), "successor": str(qing.roads.pk)}

    preview = desk.post(at("close_unit", "water"), wanted)

    text = preview.content.decode()
    assert preview.status_code == 200 and preview.context["in_hand"].led == 1
    assert "刘水生" in text and Case.objects.get().number not in text
    assert Unit.objects.get(pk=qing.water.pk).valid_to is None and not StaffLog.objects.exists()

    done = desk.post(at("close_unit", "water"), wanted | {"sure": "yes"})
    assert done.headers["Location"] == at("unit", "water")
    assert names(desk, state="closing") == {"清县水务局"}
    assert desk.get(at("close_unit", "water")).context["form"] is not None
    assert desk.post(at("close_unit", "water"), wanted | {"sure": "yes"}).status_code == 422


def test_a_closing_that_cannot_be_says_why(qing: QingCounty, desk: Client, today: datetime) -> None:
    acts.dispatch(qing, acts.open_leak(qing, at=today), at=today)
    now = localdate(today)
    for wrong in (
        {"on": now.isoformat(), "successor": ""},  # cases and nobody takes over
        {"on": (now - timedelta(days=1)).isoformat(), "successor": str(qing.roads.pk)},
        {"on": "soon", "successor": str(qing.roads.pk)},
        {"on": now.isoformat(), "successor": str(qing.water.pk)},
    ):
        for sure in ({}, {"sure": "yes"}):
            page = desk.post(at("close_unit", "water"), wrong | sure)
            assert page.status_code == 422 and page.context["form"].errors
    assert Unit.objects.get(pk=qing.water.pk).valid_to is None


def test_the_security_administrator_gives_the_posts_of_a_closed_unit_with_one_press(
    qing: QingCounty, desk: Client, sign_in: SignIn, today: datetime
) -> None:
    wanted = {"on": localdate(today).isoformat(), "successor": str(qing.roads.pk), "sure": "yes"}
    desk.post(at("close_unit", "water"), wanted)
    feng = sign_in(qing.feng_secures)
    assert at("follow_unit", "water") in feng.get(at("people")).content.decode()

    feng.post(at("follow_unit", "water"))

    assert qing.liu_handles_water.posts.filter(unit=qing.roads, ends_on=None).exists()
    assert at("follow_unit", "water") not in feng.get(at("people")).content.decode()
    feng.post(at("follow_unit", "roads"))  # open: refused with a sentence, nothing given
    assert qing.zhao_handles_roads.posts.count() == 1


def test_a_unit_of_another_county_does_not_exist(qing: QingCounty, desk: Client) -> None:
    for name in ("unit", "change_unit", "close_unit"):
        assert desk.get(at(name, qing.centre_above.code)).status_code == 404
