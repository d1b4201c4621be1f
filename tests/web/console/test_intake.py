"""Taking in what someone says, and giving them their code."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now
from time_machine import TimeMachineFixture

from fengqiao.cases.models import Case
from fengqiao.intake import secret as secrets
from fengqiao.intake.models import Report
from fengqiao.rights.models import AccessLog
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

TEXT = "村口的路灯坏了五盏，晚上看不清路。"


def typed(qing: QingCounty, **changes: Any) -> dict[str, Any]:
    facts = {
        "channel": "phone",
        "nature": "help",
        "text": TEXT,
        "region": qing.willow.pk,
        "reporter": "何秀英",
        "phone": "13900000012",
        "proxy": "何小雨",
        "proxy_relation": "女儿",
        "proxy_agreed": "on",
        "submission": str(uuid4()),
    }
    return facts | changes


def receive(client: Client, data: dict[str, Any]) -> Any:
    return client.post(reverse("console:receive"), data)


def test_it_writes_down_what_was_said_and_gives_the_code(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)

    answer = receive(client, typed(qing))

    report = Report.objects.get()
    assert (report.text, report.proxy, report.entered_by) == (TEXT, "何小雨", qing.ma_clerks)
    assert answer.headers["Location"] == reverse("console:received", args=[report.code])
    assert report.spoken_code in client.get(answer.headers["Location"]).content.decode()


def test_the_secret_is_shown_once(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)
    address = receive(client, typed(qing)).headers["Location"]
    report = Report.objects.get()

    first, second = client.get(address), client.get(address)

    secret = first.context["secret"]
    assert report.secret_digest == secrets.digest(report.code, secret)
    assert f"{secret[:3]} {secret[3:]}" in first.content.decode()
    assert second.context["secret"] == ""


def test_a_form_sent_twice_is_one_report_and_still_shows_its_secret(qing: QingCounty, sign_in: SignIn) -> None:
    client, data = sign_in(qing.ma_clerks), typed(qing)

    receive(client, data)
    answer = receive(client, data)

    assert Report.objects.count() == 1
    assert client.get(answer.headers["Location"]).context["secret"]


def test_nobody_else_at_the_centre_sees_the_secret(qing: QingCounty, sign_in: SignIn) -> None:
    address = receive(sign_in(qing.ma_clerks), typed(qing)).headers["Location"]

    assert sign_in(qing.zhou_clerks).get(address).context["secret"] == ""


@pytest.mark.parametrize("missing", ["text", "region", "channel", "nature"])
def test_what_is_missing_is_said_and_the_rest_is_kept(qing: QingCounty, sign_in: SignIn, missing: str) -> None:
    answer = receive(sign_in(qing.ma_clerks), typed(qing, **{missing: ""}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "何小雨" in page and "这个字段是必填项" not in page
    assert "autofocus" in page or "data-first-error" in page


def test_a_text_that_is_too_long_is_counted_not_cut(qing: QingCounty, sign_in: SignIn) -> None:
    long = "路" * 10_001

    answer = receive(sign_in(qing.ma_clerks), typed(qing, text=long))

    assert answer.status_code == 422
    assert long in answer.content.decode()


def test_a_place_that_closed_is_refused_by_name(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    qing.willow.valid_to = today.date() - timedelta(days=1)
    qing.willow.save()

    answer = receive(sign_in(qing.ma_clerks), typed(qing))

    assert answer.status_code == 422
    assert qing.willow.name in answer.content.decode()


def test_a_grid_worker_takes_in_within_the_grid_only(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.qian_walks_the_grid)

    inside = receive(client, typed(qing, channel="grid", region=qing.grid.pk))
    outside = receive(client, typed(qing, channel="grid", region=qing.west.pk))

    assert (inside.status_code, outside.status_code) == (302, 422)
    assert TEXT in outside.content.decode()


@pytest.mark.parametrize("who", ["liu_handles_water", "gao_leads", "chen_dispatches", "deng_is_a_stranger"])
def test_others_are_told_who_takes_reports_in(qing: QingCounty, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(qing, who))

    assert client.get(reverse("console:receive")).status_code == 403
    assert receive(client, typed(qing)).status_code == 403
    assert not Report.objects.exists()


def test_the_next_report_begins_with_the_same_channel(qing: QingCounty, sign_in: SignIn) -> None:
    page = sign_in(qing.ma_clerks).get(reverse("console:receive"), {"channel": "window"})

    assert page.context["form"].initial["channel"] == "window"


def test_open_cases_that_sound_alike_show_while_one_writes(
    qing: QingCounty, sign_in: SignIn, new_leak: Case, today: datetime
) -> None:
    hidden = acts.open_accusation(qing, at=today)
    client = sign_in(qing.zhou_clerks)
    asked = {"text": f"{acts.LEAK}水务局收费不开票", "region": str(qing.willow.pk)}

    page = client.post(reverse("console:similar"), asked).content.decode()

    assert new_leak.number in page
    assert hidden.number not in page
    assert client.get(reverse("console:similar"), asked).status_code == 405
    assert "<html" not in page


@pytest.mark.parametrize("asked", [{}, {"region": "x", "text": acts.LEAK}, {"text": acts.LEAK}])
def test_without_a_place_nothing_sounds_alike(
    qing: QingCounty, sign_in: SignIn, new_leak: Case, asked: dict[str, str]
) -> None:
    page = sign_in(qing.ma_clerks).post(reverse("console:similar"), asked)

    assert page.status_code == 200
    assert new_leak.number not in page.content.decode()
    assert "选定地点后" in page.content.decode()  # and not that there are none


class TestANewSecret:
    @pytest.fixture
    def report(self, qing: QingCounty, today: datetime) -> Report:
        return acts.receive(qing, at=today).report

    def test_it_is_given_by_a_clerk_and_the_look_is_written_down(
        self, qing: QingCounty, sign_in: SignIn, report: Report
    ) -> None:
        page = sign_in(qing.ma_clerks).post(reverse("console:reissue_secret", args=[report.code]))

        report.refresh_from_db()
        assert report.secret_digest == secrets.digest(report.code, page.context["secret"])
        assert AccessLog.objects.get(look=AccessLog.Look.SECRET).thing == report.pk

    def test_others_are_refused(self, qing: QingCounty, sign_in: SignIn, report: Report) -> None:
        answer = sign_in(qing.chen_dispatches).post(reverse("console:reissue_secret", args=[report.code]))

        before = report.secret_digest
        report.refresh_from_db()
        assert (answer.status_code, report.secret_digest) == (403, before)

    def test_it_is_posted(self, qing: QingCounty, sign_in: SignIn, report: Report) -> None:
        assert sign_in(qing.ma_clerks).get(reverse("console:reissue_secret", args=[report.code])).status_code == 405


def at_once(**changes: Any) -> dict[str, Any]:
    facts = {"open": "1", "case-title": "柳树村口路灯不亮", "case-kind": "request", "case-urgency": "ordinary"}
    return facts | changes


def test_a_case_can_be_opened_in_the_same_act(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)

    page = client.get(receive(client, typed(qing) | at_once()).headers["Location"])

    case = Case.objects.get()
    assert (case.title, case.region, case.centre) == ("柳树村口路灯不亮", qing.willow, qing.centre)
    assert page.context["secret"]
    assert reverse("console:case", args=[case.number]) in page.content.decode()


def test_a_case_without_a_title_is_refused_and_everything_typed_is_kept(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)

    answer = receive(client, typed(qing) | at_once(**{"case-title": "", "case-urgency": "urgent"}))

    page = answer.content.decode()
    assert answer.status_code == 422 and not Report.objects.exists()
    assert TEXT in page and '<option value="urgent" selected' in page and '<details class="at-once" open' in page


def test_a_grid_worker_is_not_offered_to_open_cases(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.qian_walks_the_grid)

    page = client.get(reverse("console:receive")).content.decode()
    receive(client, typed(qing, channel="grid") | at_once())

    assert 'name="open"' not in page
    assert not Case.objects.exists()


def test_a_form_that_is_sent_and_valid_lists_no_places(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)

    with CaptureQueriesContext(connection) as asked:
        receive(client, typed(qing))

    assert not [each for each in asked if 'ORDER BY "places_region"."path"' in each["sql"]]


def test_the_leave_to_show_a_secret_is_for_one_browser_one_code_and_no_longer_than_the_session(
    qing: QingCounty, sign_in: SignIn
) -> None:
    client = sign_in(qing.ma_clerks)
    answer = receive(client, typed(qing))
    [report] = Report.objects.all()
    kept, address = client.cookies["slip"], answer.headers["Location"]
    assert report.secret_digest == secrets.digest(report.code, secrets.of_submission(report.submission))
    assert secrets.of_submission(report.submission) not in kept.value
    assert (kept["path"], kept["httponly"], kept["max-age"]) == (address, True, 600)

    elsewhere = sign_in(qing.ma_clerks)  # the same person, another browser
    elsewhere.cookies["slip"] = kept.value
    assert elsewhere.get(address).context["secret"] == ""

    client.cookies["slip"] = signing.dumps("QX-ANOTHER", salt=f"console.slip.{client.session.session_key}")
    assert client.get(address).context["secret"] == ""


def test_a_slip_is_shown_without_a_write_to_the_session(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)
    client.get(reverse("console:receive"))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(receive(client, typed(qing)).headers["Location"])

    assert page.context["secret"]
    assert not [each["sql"] for each in asked if each["sql"].startswith("UPDATE")]


def test_a_secret_that_was_replaced_or_is_older_than_ten_minutes_is_not_shown(
    qing: QingCounty, sign_in: SignIn, time_machine: TimeMachineFixture
) -> None:
    client = sign_in(qing.ma_clerks)
    address = receive(client, typed(qing)).headers["Location"]
    kept = client.cookies["slip"].value

    time_machine.move_to(now() + timedelta(minutes=9))
    assert client.get(address).context["secret"]
    client.cookies["slip"] = kept
    Report.objects.update(secret_digest="replaced")
    assert client.get(address).context["secret"] == ""

    second = receive(client, typed(qing)).headers["Location"]
    time_machine.move_to(now() + timedelta(minutes=11))
    assert client.get(second).context["secret"] == ""


def test_the_slip_says_where_to_follow_it_and_whom_to_ask(qing: QingCounty, sign_in: SignIn, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://fengqiao.example"
    client = sign_in(qing.ma_clerks)

    slip = client.get(receive(client, typed(qing)).headers["Location"]).content.decode()

    assert f"https://fengqiao.example/track/{Report.objects.get().code}/" in slip
    assert "清县综治中心 12345" in slip
    assert f'src="/track/{Report.objects.get().code}/qr.svg" loading="lazy"' in slip  # fetched by who prints it
    assert '<span class="soft no-print">仅显示这一次' in slip  # words for the clerk, not for the resident
