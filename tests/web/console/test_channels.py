"""Channels on pages: set up by the system administrator, addresses never shown again, chosen by each for themselves."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.oversight import channels
from fengqiao.oversight.models import Channel, Listening, Sending
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

ADDRESS = "wecombot://a-very-secret-key"


@pytest.fixture
def desk(qing: QingCounty, sign_in: SignIn) -> Client:
    """The system administrator's browser."""
    return sign_in(qing.shi_runs_the_system)


def at(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def change(client: Client, channel: Channel, act: str, **said: object) -> int:
    return client.post(at("change_channel", channel.pk, act), said).status_code


def test_a_channel_is_added_tested_switched_and_taken_away(qing: QingCounty, desk: Client) -> None:
    added = desk.post(at("new_channel"), {"name": "水务局群", "unit": qing.water.pk, "address": ADDRESS})
    channel = Channel.objects.get()
    assert added.headers["Location"] == at("channels") and not channel.is_on

    change(desk, channel, "test")
    assert Sending.objects.get().notice is None
    change(desk, channel, "on")
    assert Channel.objects.get().is_on
    page = desk.get(at("channels")).content.decode()
    assert "企业微信" in page and "水务局群" in page
    assert "secret-key" not in page and Channel.objects.get().locked not in page

    change(desk, channel, "address", address="dingtalk://other-secret")
    assert channels.address_of(Channel.objects.get()) == "dingtalk://other-secret"
    change(desk, channel, "address", address="")  # refused with a sentence; nothing changes
    change(desk, channel, "off")
    assert Channel.objects.get().scheme == "dingtalk" and not Channel.objects.get().is_on
    assert change(desk, channel, "sing") == 404
    change(desk, channel, "remove")
    assert not Channel.objects.exists()


def test_a_wrong_channel_is_explained_and_its_address_not_repeated(qing: QingCounty, desk: Client) -> None:
    desk.post(at("new_channel"), {"name": "群", "address": ADDRESS})
    for wrong in ({"name": "群"}, {"name": ""}, {"address": "telnet://my-secret"}, {"name": "长" * 41}):
        page = desk.post(at("new_channel"), {"name": "新群", "address": "json://my-secret/x"} | wrong)
        assert page.status_code == 422 and page.context["form"].errors
        assert "my-secret" not in page.content.decode()


def test_each_person_chooses_for_themselves_among_what_is_open_to_them(
    qing: QingCounty, sign_in: SignIn, today: datetime
) -> None:
    by = qing.shi_runs_the_system
    made = {
        name: channels.switch(
            channels.add(name, "json://127.0.0.1/x", unit=unit, by=by, at=today), is_on=name != "关", by=by, at=today
        )
        for name, unit in {"水": qing.water, "路": qing.roads, "全": None, "关": None}.items()
    }
    liu = sign_in(qing.liu_handles_water)
    page = liu.get(at("my_channels")).content.decode()
    assert all(str(made[name].pk) in page for name in "水全")
    assert not any(str(made[name].pk) in page for name in "路关")

    assert liu.post(at("my_channels"), {"channels": [made["路"].pk]}).status_code == 422
    assert liu.post(at("my_channels"), {"channels": [made["水"].pk, made["全"].pk]}).status_code == 302
    assert {each.channel for each in Listening.objects.all()} == {made["水"], made["全"]}
    liu.post(at("my_channels"), {})
    assert not Listening.objects.exists()


def test_where_there_is_none_the_page_says_who_sets_them_up(qing: QingCounty, sign_in: SignIn) -> None:
    page = sign_in(qing.liu_handles_water).get(at("my_channels"))
    assert page.status_code == 200 and not page.context["has_any"]


def test_a_channel_of_another_county_does_not_exist(qing: QingCounty, desk: Client, today: datetime) -> None:
    other = Channel.objects.create(county="629900", name="市", scheme="json", locked="x", made_at=today)
    assert change(desk, other, "on") == 404
