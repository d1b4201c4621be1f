"""Telling for someone else: who, what they are to them, with their consent; the receipt belongs to them."""

from django.test import Client

from fengqiao.intake.models import Report
from tests.web.resident.pages import Page, press


def who(client: Client, said: dict[str, str]) -> Page:
    page = press(client, client.get("/report/"), text=said["text"], nature=said["nature"])
    return press(client, page, region=said["region"], place=said["place"])


def test_a_daughter_tells_for_her_mother(client: Client, answers: dict[str, str]) -> None:
    named = {"proxy": "何小雨", "proxy_relation": "女儿", "proxy_agreed": "on"}
    check = press(client, who(client, answers), phone="", reporter="何秀英", **named)
    receipt = client.get(press(client, check, to="send")["Location"])

    report = Report.objects.get()
    assert (report.reporter, report.proxy, report.proxy_relation, report.proxy_agreed) == (
        "何秀英",
        "何小雨",
        "女儿",
        True,
    )
    assert "女儿" in check.content.decode()
    assert receipt.content.decode().count('class="note"') >= 1


def test_nobody_is_spoken_for_without_relation_and_consent(client: Client, answers: dict[str, str]) -> None:
    page = press(client, who(client, answers), phone="", reporter="何秀英", proxy="何小雨")

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"proxy_relation", "proxy_agreed"}
    assert "何小雨" in page.content.decode()


def test_whoever_tells_for_themselves_is_asked_nothing(client: Client, answers: dict[str, str]) -> None:
    check = press(client, who(client, answers), phone="", reporter="", proxy="")

    assert check.context["screen"] == "check"
