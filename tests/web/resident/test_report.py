import pytest
from django.test import Client

from fengqiao.intake.models import Report
from tests.cast import LONG_AGO, QingCounty
from tests.web.resident.pages import hidden, press, walk_to_check

pytestmark = pytest.mark.usefixtures("qing")


def test_a_resident_reports_in_three_screens_without_javascript(client: Client, answers: dict[str, str]) -> None:
    check = walk_to_check(client, answers)
    sent = press(client, check, to="send")
    receipt = client.get(sent["Location"])

    report = Report.objects.get()
    assert sent["Location"] == f"/receipt/{report.code}/"
    assert report.spoken_code in receipt.content.decode()
    assert (report.text, report.place, report.phone) == (answers["text"], answers["place"], "13900000012")
    assert report.region.code == answers["region"]


def test_the_receipt_shows_a_secret_that_opens_the_report(client: Client, answers: dict[str, str]) -> None:
    receipt = client.get(press(client, walk_to_check(client, answers), to="send")["Location"])
    secret = receipt.context["secret"].replace(" ", "")
    code = receipt.context["report"].code

    assert secret not in receipt.request["PATH_INFO"] + receipt.request["QUERY_STRING"]
    assert client.post(f"/track/{code}/", {"secret": secret}).status_code == 302


def test_another_browser_does_not_see_the_receipt(client: Client, answers: dict[str, str]) -> None:
    address = press(client, walk_to_check(client, answers), to="send")["Location"]

    assert Client().get(address)["Location"] == address.replace("receipt", "track")


def test_the_same_form_sent_twice_is_one_report(client: Client, answers: dict[str, str]) -> None:
    check = walk_to_check(client, answers)
    first, second = press(client, check, to="send"), press(client, check, to="send")

    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_the_summary_shows_everything_and_leads_back_to_each_screen(client: Client, answers: dict[str, str]) -> None:
    check = walk_to_check(client, answers)
    shown = check.content.decode()
    where = press(client, check, to="where")
    changed = press(client, where, region=answers["region"], place="村委会门口")

    assert all(said in shown for said in (answers["text"], "柳树村", answers["place"], "13900000012", "何秀英"))
    assert changed.context["screen"] == "check"
    assert "村委会门口" in changed.content.decode()


def test_going_back_keeps_what_was_typed(client: Client, answers: dict[str, str]) -> None:
    where = press(client, client.get("/report/"), text=answers["text"], nature="praise")
    back = press(client, where, to="what", place="刚写的")

    assert back.context["form"]["text"].value() == answers["text"]
    assert back.context["form"]["nature"].value() == "praise"
    assert hidden(back)["place"] == "刚写的"


def test_an_unfinished_screen_says_what_is_missing_and_keeps_the_rest(client: Client) -> None:
    page = press(client, client.get("/report/"), text="路灯坏了", nature="")

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"nature"}
    assert "路灯坏了" in page.content.decode()


def test_an_over_long_text_is_refused_with_its_length_and_kept_whole(client: Client) -> None:
    text = "长" * 10_001
    page = press(client, client.get("/report/"), text=text, nature="help")

    assert page.status_code == 422
    assert "10001" in str(page.context["form"].errors["text"])
    assert text in page.content.decode()


def test_a_text_of_exactly_the_limit_passes_however_its_lines_end(client: Client) -> None:
    page = press(client, client.get("/report/"), text="字\r\n" * 5_000, nature="help")

    assert page.context["screen"] == "where"


def test_a_place_that_closed_meanwhile_says_so_and_keeps_the_rest(
    client: Client, qing: QingCounty, answers: dict[str, str]
) -> None:
    check = walk_to_check(client, answers)
    qing.willow.valid_from, qing.willow.valid_to = None, LONG_AGO
    qing.willow.save()
    page = press(client, check, to="send")

    assert (page.status_code, page.context["screen"]) == (422, "where")
    assert "region" in page.context["form"].errors
    assert hidden(page)["text"] == answers["text"]
    assert not Report.objects.exists()


def test_a_place_of_another_county_is_not_taken(client: Client, qing: QingCounty, answers: dict[str, str]) -> None:
    page = press(client, walk_to_check(client, answers | {"region": qing.prefecture.code}), to="send")

    assert page.status_code == 422
    assert not Report.objects.exists()


@pytest.mark.parametrize("phone", ["13900000012", "+86 139-0000-0012", "0934 7123456", "１３９００００００１２", ""])
def test_a_phone_number_may_be_spaced_as_one_likes(client: Client, answers: dict[str, str], phone: str) -> None:
    assert walk_to_check(client, answers | {"phone": phone}).context["screen"] == "check"


def test_a_broken_phone_number_is_kept_and_explained(client: Client, answers: dict[str, str]) -> None:
    page = walk_to_check(client, answers | {"phone": "1390000"})
    assert page.context["screen"] == "check"  # seven digits are a local number

    page = press(client, press(client, page, to="who"), phone="139000000", reporter="", proxy="")
    assert page.status_code == 422
    assert 'value="139000000"' in page.content.decode()


def test_large_type_is_switched_without_losing_the_text(client: Client) -> None:
    page = press(client, client.get("/report/"), text="正在写", nature="help", to="type")

    assert page.cookies["large-type"].value == "on"
    assert "正在写" in page.content.decode()


def test_too_many_reports_from_one_address_wait_with_everything_kept(client: Client, answers: dict[str, str]) -> None:
    check = walk_to_check(client, answers)
    for _ in range(30):
        press(client, check, to="send")
    page = press(client, check, to="send")

    assert page.status_code == 429
    assert hidden(page)["text"] == answers["text"]
    assert hidden(page)["submission"] == hidden(check)["submission"]


def test_without_a_county_the_counter_says_it_is_not_open(client: Client, qing: QingCounty) -> None:
    qing.county.delete()

    assert "12345" in client.get("/report/").content.decode()


def test_only_reading_and_sending_are_understood(client: Client) -> None:
    assert client.put("/report/").status_code == 405
    assert client.post("/receipt/QX22222222X/").status_code == 405
    assert client.get("/large-type/").status_code == 405


def test_the_screens_ask_the_database_little(
    client: Client, answers: dict[str, str], django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        first = client.get("/report/")
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        press(client, first, text=answers["text"], nature="help")
