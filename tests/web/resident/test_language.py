"""Chinese for everybody, English for whoever asks for it on the page."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client

from fengqiao.intake.models import Report
from tests import acts
from tests.cast import QingCounty
from tests.web.resident.pages import hidden, press

HAN = range(0x4E00, 0x9FFF)


def test_what_the_browser_asks_for_by_itself_changes_nothing(client: Client, qing: QingCounty) -> None:
    page = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})

    assert '<html lang="zh-hans"' in page.content.decode()
    assert page["Content-Language"] == "zh-hans"


def test_the_switch_is_remembered_and_can_be_undone(client: Client, qing: QingCounty) -> None:
    assert client.post("/language/", {"back": "/about/"})["Location"] == "/about/"
    shown = client.get("/about/").content.decode()
    assert '<html lang="en"' in shown and "What is this place?" in shown

    client.post("/language/", {"back": "/about/"})
    assert '<html lang="zh-hans"' in client.get("/about/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "home", "[]", "a b", ""])
def test_switching_leads_back_to_a_page_of_ours_only(client: Client, back: str) -> None:
    assert client.post("/language/", {"back": back})["Location"] == "/"
    assert client.post("/large-type/", {"back": back})["Location"] == "/"


def test_a_word_nobody_offered_is_chinese(client: Client, qing: QingCounty) -> None:
    client.cookies["language"] = "tlh"

    assert '<html lang="zh-hans"' in client.get("/").content.decode()


def test_a_report_being_written_keeps_its_words_in_the_other_language(client: Client, qing: QingCounty) -> None:
    page = press(client, client.get("/report/"), text="正在写", nature="help", to="language")

    assert '<html lang="en"' in page.content.decode() and "What happened?" in page.content.decode()
    assert "正在写" in page.content.decode()
    assert press(client, page, text="正在写", nature="help").context["screen"] == "where"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (forms.CharField(), "", "这一项还没有填。"),
        (forms.IntegerField(min_value=1), "0", "不能小于 1。"),
        (forms.IntegerField(max_value=5), "9", "不能大于 5。"),
        (forms.IntegerField(), "两", "请填写整数。"),
        (forms.DecimalField(), "两", "请填写数字。"),
        (forms.DateField(), "昨天", "请填写日期，如 2026-11-23。"),
        (forms.TimeField(), "早上", "请填写时间，如 14:30。"),
        (forms.DateTimeField(), "昨天", "请填写日期和时间，如 2026-11-23 14:30。"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_plainly(field: forms.Field, typed: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)

    assert refused.value.messages == [said]


def test_the_page_about_privacy_says_what_each_thing_is_for(client: Client, qing: QingCounty) -> None:
    shown = client.get("/privacy/").content.decode()

    assert shown.count("<dt>做什么用</dt>") == shown.count("<dt>留多久</dt>") > 0


@pytest.mark.parametrize("address", ["/", "/about/", "/track/", "/report/", "/privacy/", "/my/", "/my/paper/"])
def test_english_pages_have_no_chinese_but_names(client: Client, qing: QingCounty, address: str) -> None:
    client.cookies["language"] = "en"
    shown = client.get(address).content.decode().replace("中文", "").replace(qing.centre.name, "")

    assert "".join(sign for sign in shown if ord(sign) in HAN) == ""


def test_a_report_is_followed_in_english(client: Client, qing: QingCounty) -> None:
    client.cookies["language"] = "en"
    receipt = acts.receive(qing)
    client.post(f"/track/{receipt.report.code}/", {"secret": receipt.secret})
    shown = client.get(f"/track/{receipt.report.code}/").content.decode()

    assert "2 Mar" in shown and "overdue by" in shown
    assert Report.objects.get().text in shown
    assert "submission" in hidden(client.get("/report/"))
