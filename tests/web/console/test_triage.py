"""A report's page, and what becomes of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.intake.workflow import DeclineReason, Status
from fengqiao.people.actors import Resident
from fengqiao.rights.models import AccessLog
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn


@pytest.fixture
def report(qing: QingCounty, today: datetime) -> Report:
    return acts.receive(qing, at=today).report


@pytest.fixture
def accusation(qing: QingCounty, today: datetime) -> Report:
    return acts.receive(qing, text="水务局收费不开票。", nature=Nature.ACCUSATION, at=today).report


def show(client: Client, report: Report, **asked: str) -> Any:
    return client.get(reverse("console:report", args=[report.code]), asked)


def decide(client: Client, report: Report, verb: str, **answers: Any) -> Any:
    return client.post(reverse("console:decide", args=[report.code, verb]), answers)


def answers(qing: QingCounty, **changes: Any) -> dict[str, Any]:
    """What a clerk types to open the leak."""
    facts = {
        "title": "柳树村自来水管爆裂",
        "nature": "help",
        "kind": "request",
        "urgency": "ordinary",
        "region": qing.willow.pk,
    }
    return facts | changes


def test_it_opens_a_case_and_goes_there(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    answer = decide(sign_in(qing.ma_clerks), report, "open", **answers(qing))

    case = Case.objects.get()
    assert answer.headers["Location"] == reverse("console:case", args=[case.number])
    assert (case.title, case.region, case.centre) == ("柳树村自来水管爆裂", qing.willow, qing.centre)
    assert case.reports.get() == report


def test_what_was_done_is_said_once_on_the_page_it_leads_to(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    desk = sign_in(qing.ma_clerks)

    page = desk.get(decide(desk, report, "open", **answers(qing)).headers["Location"]).content.decode()

    assert page.count("已完成：立为事项。") == 1


def test_the_form_presets_what_the_report_says(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    form = show(sign_in(qing.ma_clerks), report).context["form"]

    assert form.initial["region"] == qing.willow.pk
    assert form.initial["nature"] == "help"
    assert form.initial["title"].startswith("东镇柳树村自来水管爆了")


def test_an_accusation_opens_a_restricted_lead_whatever_is_sent(
    qing: QingCounty, sign_in: SignIn, accusation: Report
) -> None:
    sent = answers(qing, kind="request", nature="help", complained_unit=qing.water.pk)

    decide(sign_in(qing.ma_clerks), accusation, "open", **sent)

    case = Case.objects.get()
    assert (case.kind, case.is_restricted, case.complained_unit) == (Kind.LEAD, True, qing.water)
    assert case.nature == Nature.ACCUSATION


def test_an_accusation_is_read_by_clerks_of_the_county_centre_only(
    qing: QingCounty, sign_in: SignIn, accusation: Report
) -> None:
    assert show(sign_in(qing.ma_clerks), accusation).status_code == 200
    for person in (qing.chen_dispatches, qing.wu_supervises, qing.gao_leads, qing.liu_handles_water):
        assert show(sign_in(person), accusation).status_code == 404


def test_each_reading_of_an_accusation_is_written_down(
    qing: QingCounty, sign_in: SignIn, accusation: Report, report: Report
) -> None:
    client = sign_in(qing.ma_clerks)

    for address in ("console:report", "console:received"):
        client.get(reverse(address, args=[accusation.code]))
        client.get(reverse(address, args=[report.code]))

    looks = AccessLog.objects.filter(look=AccessLog.Look.RESTRICTED)
    assert list(looks.values_list("thing", flat=True)) == [accusation.pk, accusation.pk]


def test_a_form_without_a_title_keeps_the_rest(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    answer = decide(sign_in(qing.ma_clerks), report, "open", **answers(qing, title="", urgency="urgent"))

    assert answer.status_code == 422
    assert '<option value="urgent" selected>' in answer.content.decode()
    assert not Case.objects.exists()


def test_a_title_that_is_too_long_is_counted_not_cut(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    answer = decide(sign_in(qing.ma_clerks), report, "open", **answers(qing, title="水" * 121))

    assert answer.status_code == 422
    assert "水" * 121 in answer.content.decode()


def test_a_place_that_closed_is_refused_by_name(
    qing: QingCounty, sign_in: SignIn, report: Report, today: datetime
) -> None:
    qing.willow.valid_to = today.date() - timedelta(days=1)
    qing.willow.save()

    answer = decide(sign_in(qing.ma_clerks), report, "open", **answers(qing))

    assert answer.status_code == 422
    assert qing.willow.name in answer.content.decode()


def test_cases_that_sound_alike_are_offered_with_the_words_they_share(
    qing: QingCounty, sign_in: SignIn, new_leak: Case, report: Report
) -> None:
    page = show(sign_in(qing.ma_clerks), report, step="join").content.decode()

    assert new_leak.number in page
    assert "自来水管" in page


def test_what_the_resident_says_is_the_same_comes_first_and_is_not_decided(
    qing: QingCounty, sign_in: SignIn, new_leak: Case, report: Report
) -> None:
    Report.objects.filter(pk=report.pk).update(same_as=new_leak)

    page = show(sign_in(qing.ma_clerks), report)

    assert page.context["opened"] == "join"
    assert page.context["form"].initial["candidate"] == new_leak.number
    assert page.content.decode().count(new_leak.number) >= 2
    report.refresh_from_db()
    assert report.status == Status.RECEIVED


def test_what_the_resident_says_names_no_case_out_of_the_clerk_s_sight(
    qing: QingCounty, sign_in: SignIn, new_leak: Case, report: Report
) -> None:
    Report.objects.filter(pk=report.pk).update(same_as=new_leak)
    Case.objects.filter(pk=new_leak.pk).update(is_restricted=True)

    page = show(sign_in(qing.ma_clerks), report)

    assert page.context["opened"] == "open"
    assert new_leak.number not in page.content.decode()


def test_it_joins_a_case_by_its_number(qing: QingCounty, sign_in: SignIn, new_leak: Case, report: Report) -> None:
    answer = decide(sign_in(qing.ma_clerks), report, "join", number=f" {new_leak.number.lower()} ")

    report.refresh_from_db()
    assert answer.status_code == 302
    assert report.case == new_leak


@pytest.mark.parametrize("number", ["", "20260101-XXXXX"])
def test_joining_nothing_says_what_is_missing(qing: QingCounty, sign_in: SignIn, report: Report, number: str) -> None:
    answer = decide(sign_in(qing.ma_clerks), report, "join", number=number)

    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_a_case_out_of_sight_cannot_be_joined(
    qing: QingCounty, sign_in: SignIn, report: Report, today: datetime
) -> None:
    hidden = acts.open_accusation(qing, at=today)

    answer = decide(sign_in(qing.zhou_clerks), report, "join", number=hidden.number)

    report.refresh_from_db()
    assert (answer.status_code, report.status) == (422, Status.RECEIVED)


def test_it_declines_with_a_reason_and_a_road(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    answer = decide(sign_in(qing.ma_clerks), report, "decline", reason="emergency", route="请拨打 119")

    report.refresh_from_db()
    assert answer.headers["Location"] == reverse("console:reports")
    assert report.status == Status.DECLINED
    assert report.decisions.get().route == "请拨打 119"


def test_declining_without_a_road_is_refused(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    assert decide(sign_in(qing.ma_clerks), report, "decline", reason="emergency").status_code == 422


def test_a_button_pressed_twice_opens_one_case(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    client = sign_in(qing.ma_clerks)

    first, second = (decide(client, report, "open", **answers(qing)) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1


def test_a_report_someone_else_dealt_with_says_so(
    qing: QingCounty, sign_in: SignIn, report: Report, today: datetime
) -> None:
    triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=today)

    answer = decide(sign_in(qing.zhou_clerks), report, "decline", reason="emergency", route="请拨打 119")

    assert answer.status_code == 422
    assert "请拨打 119" in answer.content.decode()


class TestReview:
    @pytest.fixture
    def declined(self, qing: QingCounty, report: Report, today: datetime) -> Report:
        triaging.decline(report, reason=DeclineReason.NO_CONTENT, route="请说明地点", by=qing.ma_clerks, at=today)
        return triaging.ask_review(report, by=Resident(report.pk, None), at=today)

    def test_another_clerk_takes_it_up_after_all(self, qing: QingCounty, sign_in: SignIn, declined: Report) -> None:
        answer = decide(sign_in(qing.zhou_clerks), declined, "overturn")

        declined.refresh_from_db()
        assert answer.headers["Location"] == reverse("console:report", args=[declined.code])
        assert declined.status == Status.RECEIVED

    def test_or_upholds_the_refusal(self, qing: QingCounty, sign_in: SignIn, declined: Report) -> None:
        decide(sign_in(qing.zhou_clerks), declined, "uphold", route="属民事纠纷，可到法律援助中心")

        declined.refresh_from_db()
        assert declined.status == Status.DECLINED

    def test_whoever_declined_it_is_told_that_another_must(
        self, qing: QingCounty, sign_in: SignIn, declined: Report
    ) -> None:
        page = show(sign_in(qing.ma_clerks), declined)

        assert page.context["form"] is None
        assert decide(sign_in(qing.ma_clerks), declined, "overturn").status_code == 422


def test_a_stranger_finds_no_report(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    for person in (qing.sun_dispatches_west, qing.liu_handles_water, qing.deng_is_a_stranger):
        assert show(sign_in(person), report).status_code == 404
        assert decide(sign_in(person), report, "decline").status_code == 404


def test_it_is_found_however_the_code_is_typed(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    address = reverse("console:report", args=[report.spoken_code.lower()])

    assert sign_in(qing.ma_clerks).get(address).status_code == 200


def test_methods_and_unknown_words(qing: QingCounty, sign_in: SignIn, report: Report) -> None:
    client = sign_in(qing.ma_clerks)

    assert client.get(reverse("console:decide", args=[report.code, "open"])).status_code == 405
    assert client.post(reverse("console:report", args=[report.code])).status_code == 405
    assert decide(client, report, "burn").status_code == 404


def test_the_list_puts_what_waits_first_and_finds_by_code(
    qing: QingCounty, sign_in: SignIn, report: Report, today: datetime
) -> None:
    acts.open_leak(qing, at=today)
    client, address = sign_in(qing.ma_clerks), reverse("console:reports")

    assert [row.code for row in client.get(address).context["page"].rows] == [report.code]
    assert client.get(address, {"status": "all"}).context["page"].total == 2
    assert client.get(address, {"q": report.spoken_code}).context["page"].total == 1
    assert client.get(address, {"township": "629901102"}).context["page"].total == 0
    assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert client.post(address).status_code == 405
