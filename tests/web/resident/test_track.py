from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from fengqiao.cases.transitions import delaying, dispatching, handling, raising
from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import handing_on, triaging
from fengqiao.intake.transitions.receiving import Receipt
from fengqiao.intake.transitions.unlocking import reissue_secret
from fengqiao.intake.workflow import DeclineReason
from tests import acts, neighbours
from tests.cast import MONDAY_9AM, QingCounty
from tests.web.resident.pages import hidden


def another(code: str, place: int) -> str:
    """Misread one sign of a code."""
    return code[:place] + ("2" if code[place] != "2" else "3") + code[place + 1 :]


def test_the_code_alone_shows_stage_unit_and_due_date_but_no_words(
    client: Client, qing: QingCounty, receipt: Receipt
) -> None:
    case = triaging.open_case(receipt.report, acts.opening(qing), by=qing.ma_clerks, at=MONDAY_9AM)
    acts.dispatch(qing, case)
    page = client.get(f"/track/{receipt.report.code}/")
    shown = page.content.decode()

    assert page.context["strip"].holder == qing.water.name
    assert page.context["strip"].clock.due_at == case.clocks.get(stage="handle").due_at
    assert acts.LEAK not in shown
    assert "13900000012" not in shown


def test_the_secret_opens_the_words_and_the_replies(bearer: Client, qing: QingCounty, report: Report) -> None:
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=now())
    acts.dispatch(qing, case, at=now())
    acts.conclude(qing, case, at=now())
    shown = bearer.get(f"/track/{report.code}/").content.decode()

    assert acts.LEAK in shown
    assert "水管已更换" in shown


def test_more_time_shows_the_new_date_to_the_code_and_the_reason_to_the_secret(
    bearer: Client, qing: QingCounty, report: Report
) -> None:
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=now())
    case = handling.accept(acts.dispatch(qing, case, at=now()), by=qing.liu_handles_water, at=now())
    case = delaying.ask_extension(case, more=3, reason="新水管周五才到", by=qing.liu_handles_water, at=now())
    delaying.approve_delay(case, by=qing.wu_supervises, at=now())
    by_code, by_secret = (each.get(f"/track/{report.code}/") for each in (Client(), bearer))

    assert by_code.context["strip"].clock.due_at == case.clocks.get(stage="handle").due_at
    assert by_code.context["strip"].clock.granted
    assert "新水管周五才到" not in by_code.content.decode()
    assert "新水管周五才到" in by_secret.content.decode()


def test_handed_on_it_shows_both_legs_and_who_answers_now(bearer: Client, qing: QingCounty, report: Report) -> None:
    bai = neighbours.build(qing)
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=now())
    case = handing_on.hand_on(case, to=bai.county, reason="水管在白县境内", by=qing.chen_dispatches, at=now())
    leg = dispatching.dispatch(case.continued_by.get(), to=bai.works, by=bai.lin_dispatches, at=now())
    handling.add_progress(leg, public="白县已派人", by=bai.hou_handles_works, at=now())
    by_code, by_secret = (each.get(f"/track/{report.code}/") for each in (Client(), bearer))

    assert by_code.context["strip"].holder == bai.works.name
    assert by_code.context["counter"].county == bai.county
    assert all(name in by_code.context["moves"][0].words for name in ("清县综治中心", "白县综治中心"))
    assert "水管在白县境内" not in by_code.content.decode()
    for words in ("水管在白县境内", "白县已派人", acts.LEAK):
        assert words in by_secret.content.decode()


def test_raised_it_says_so_plainly_and_keeps_the_date(bearer: Client, qing: QingCounty, report: Report) -> None:
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=now())
    case = handling.accept(acts.dispatch(qing, case, at=now()), by=qing.liu_handles_water, at=now())
    due = case.clocks.get(stage="handle").due_at
    raising.raise_up(case, reason="主管网归市里管", by=qing.liu_handles_water, at=now())
    by_code, by_secret = (each.get(f"/track/{report.code}/") for each in (Client(), bearer))

    assert by_code.context["strip"].holder == "青山市综治中心"
    assert by_code.context["strip"].clock.due_at == due
    assert "青山市综治中心" in by_code.context["moves"][0].words
    assert "主管网归市里管" not in by_code.content.decode()
    assert "主管网归市里管" in by_secret.content.decode()


def test_a_confidential_report_says_only_received_until_the_secret_is_given(client: Client, qing: QingCounty) -> None:
    receipt = acts.receive(qing, text="水务局收费不开票。", nature=Nature.ACCUSATION)
    changes = {"kind": "lead", "nature": Nature.ACCUSATION, "is_restricted": True, "complained_unit": qing.water}
    case = triaging.open_case(receipt.report, acts.opening(qing, **changes), by=qing.ma_clerks, at=MONDAY_9AM)
    address = f"/track/{receipt.report.code}/"
    closed = client.get(address)

    assert closed.context["strip"].steps[0].state == "here"
    assert closed.context["strip"].clock is None
    assert case.title not in closed.content.decode()

    client.post(address, {"secret": receipt.secret})
    assert "水务局收费不开票" in client.get(address).content.decode()


def test_a_wrong_secret_tells_the_tries_left_and_opens_nothing(client: Client, receipt: Receipt) -> None:
    wrong = another(receipt.secret, 0)
    page = client.post(f"/track/{receipt.report.code}/", {"secret": wrong})

    assert page.status_code == 422
    assert "4" in str(page.context["form"].errors["secret"])
    assert "opened" not in page.cookies


def test_five_wrong_secrets_pause_even_the_right_one(client: Client, receipt: Receipt) -> None:
    address = f"/track/{receipt.report.code}/"
    for _ in range(5):
        client.post(address, {"secret": another(receipt.secret, 0)})
    page = client.post(address, {"secret": receipt.secret})

    assert page.status_code == 422
    Report.objects.update(secret_paused_until=now() - timedelta(seconds=1))
    assert client.post(address, {"secret": receipt.secret}).status_code == 302


def test_what_cannot_be_a_secret_costs_no_try(client: Client, receipt: Receipt) -> None:
    page = client.post(f"/track/{receipt.report.code}/", {"secret": "12 34"})

    assert page.status_code == 422
    receipt.report.refresh_from_db()
    assert receipt.report.secret_tries == 0


def test_a_secret_may_be_spaced_and_full_width(client: Client, receipt: Receipt) -> None:
    spaced = " ".join(chr(ord(digit) + 0xFEE0) for digit in receipt.secret)

    assert client.post(f"/track/{receipt.report.code}/", {"secret": spaced}).status_code == 302


def test_a_new_secret_from_the_window_closes_what_the_old_one_opened(
    bearer: Client, qing: QingCounty, report: Report
) -> None:
    reissue_secret(report, by=qing.ma_clerks, at=MONDAY_9AM)

    assert not bearer.get(f"/track/{report.code}/").context["opened"]


def test_one_reports_secret_does_not_open_another(bearer: Client, qing: QingCounty) -> None:
    other = acts.receive(qing, text="路灯不亮。").report

    assert not bearer.get(f"/track/{other.code}/").context["opened"]


def test_closing_on_this_device_closes(bearer: Client, report: Report) -> None:
    bearer.post(f"/track/{report.code}/leave/")

    assert not bearer.get(f"/track/{report.code}/").context["opened"]


def test_a_code_is_found_however_it_is_typed(client: Client, report: Report) -> None:
    typed = report.spoken_code.lower().replace("-", " ")

    assert client.get("/track/", {"code": typed})["Location"] == f"/track/{report.code}/"
    assert client.get(f"/track/{report.spoken_code}/")["Location"] == f"/track/{report.code}/"


@pytest.mark.parametrize("place", range(2, 11))
def test_one_misread_sign_is_noticed_and_the_code_is_kept(client: Client, report: Report, place: int) -> None:
    typed = another(report.code, place)
    page = client.get("/track/", {"code": typed})

    assert page.status_code == 422
    assert typed in page.content.decode()


@pytest.mark.django_db
def test_a_sign_that_codes_never_use_is_named_with_its_place(client: Client) -> None:
    page = client.get("/track/", {"code": "QX-22O2-2222-2"})

    assert "O" in str(page.context["form"].errors["code"])
    assert "5" in str(page.context["form"].errors["code"])


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "QX", "QX2222222222222", "QX22222222", "'; drop"])
def test_what_is_not_a_code_gets_a_sentence(client: Client, code: str) -> None:
    assert client.get("/track/", {"code": code}).status_code == 422


def test_an_unknown_code_in_an_address_is_not_found(client: Client, report: Report) -> None:
    assert client.get(f"/track/{another(report.code, 5)}/").status_code == 404
    assert client.put(f"/track/{report.code}/").status_code == 405


def test_a_declined_report_shows_the_road_only_with_the_secret(
    client: Client, qing: QingCounty, receipt: Receipt
) -> None:
    road = "请到县法院立案庭。"
    triaging.decline(receipt.report, reason=DeclineReason.IN_PROCEEDINGS, route=road, by=qing.ma_clerks, at=MONDAY_9AM)
    address = f"/track/{receipt.report.code}/"
    assert road not in client.get(address).content.decode()

    client.post(address, {"secret": receipt.secret})
    assert road in client.get(address).content.decode()


def test_guessing_at_codes_is_slowed_even_for_a_code_that_exists(client: Client, report: Report) -> None:
    for _ in range(30):
        client.get("/track/", {"code": another(report.code, 5)})
        client.get(f"/track/{another(report.code, 6)}/")

    assert client.get("/track/", {"code": report.code}).status_code == 429
    assert client.get(f"/track/{report.code}/").status_code == 429


def test_following_ones_own_report_is_never_slowed(client: Client, report: Report) -> None:
    assert {client.get(f"/track/{report.code}/").status_code for _ in range(70)} == {200}


def test_trying_many_secrets_from_one_address_is_slowed(client: Client, report: Report) -> None:
    for _ in range(40):
        client.post(f"/track/{report.code}/", {"secret": "1"})
    page = client.post(f"/track/{report.code}/", {"secret": "1"})

    assert page.status_code == 429
    assert "secret" not in hidden(page)  # it is typed anew: no page holds it


def test_pages_are_not_indexed_and_carry_no_secret_in_links(bearer: Client, receipt: Receipt) -> None:
    shown = bearer.get(f"/track/{receipt.report.code}/").content.decode()

    assert 'content="noindex' in shown
    assert receipt.secret not in shown


def test_following_a_report_asks_the_database_little(
    bearer: Client, qing: QingCounty, report: Report, django_assert_max_num_queries: object
) -> None:
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=now())
    acts.dispatch(qing, case, at=now())
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        bearer.get(f"/track/{report.code}/")
