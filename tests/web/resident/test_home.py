import pytest
from django.test import Client

from fengqiao.cases import rules
from fengqiao.cases.models import ClockRule, Stage
from fengqiao.people.models import Unit
from fengqiao.places.models import County
from tests.cast import QingCounty, set_clock


def test_the_first_page_names_the_centre_and_whom_to_call(client: Client, qing: QingCounty) -> None:
    Unit.objects.filter(pk=qing.centre.pk).update(phone="0934-7121234")
    shown = client.get("/").content.decode()

    assert qing.centre.name in shown
    assert "tel:0934-7121234" in shown


def test_without_a_known_phone_the_hotline_is_named(client: Client, qing: QingCounty) -> None:
    assert "tel:12345" in client.get("/").content.decode()


def test_the_first_pages_promise_what_the_rules_say(client: Client, qing: QingCounty) -> None:
    set_clock(Stage.TRIAGE, 3)
    set_clock(Stage.REOPEN, 15)

    assert "工作人员会在 3 个工作小时内看到。" in client.get("/").content.decode()
    assert "没解决的，15 天内可以申请重新办理。" in client.get("/about/").content.decode()


def test_without_a_rule_the_first_pages_promise_no_time(client: Client, qing: QingCounty) -> None:
    ClockRule.objects.all().delete()
    rules.forget()

    assert "<li>工作人员会看到。</li>" in client.get("/").content.decode()
    assert "没解决的，可以申请重新办理。" in client.get("/about/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/about/", "/track/", "/report/"])
def test_every_first_page_opens_even_before_a_county_is_set_up(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_among_several_counties_one_is_chosen_first_and_carried_along(client: Client, qing: QingCounty) -> None:
    County.objects.create(code="629900", tag="QS", name="青山市", region=qing.prefecture)
    choice = client.get("/report/").content.decode()
    page = client.get("/report/", {"county": "629901"})

    assert "/report/?county=629901" in choice
    assert "/report/?county=629900" in choice
    assert ("county", "629901") in page.context["carried"]


def test_large_type_is_remembered_and_can_be_undone(client: Client, qing: QingCounty) -> None:
    client.post("/large-type/", {"back": "/about/"})
    assert '<html lang="zh-hans" class="large">' in client.get("/about/").content.decode()

    client.post("/large-type/", {"back": "/about/"})
    assert 'class="large"' not in client.get("/about/").content.decode()


@pytest.mark.django_db
def test_switching_the_type_leads_back_to_a_page_of_ours_only(client: Client) -> None:
    assert client.post("/large-type/", {"back": "/about/"})["Location"] == "/about/"
    assert client.post("/large-type/", {"back": "https://elsewhere.example/"})["Location"] == "/"


def test_the_first_page_asks_the_database_little(
    client: Client, qing: QingCounty, django_assert_max_num_queries: object
) -> None:
    client.get("/")  # the rules are remembered
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        client.get("/")
