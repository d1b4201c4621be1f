"""The case page: what it shows, to whom, and at what cost."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import delaying, handling, opening
from fengqiao.intake.transitions import triaging
from fengqiao.rights.models import AccessLog
from fengqiao.web.shared.standing import budget
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

HTMX = {"HX-Request": "true"}
QUERIES = 31


def address(case: Case) -> str:
    return reverse("console:case", args=[case.number])


def test_it_shows_what_was_said_untouched(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    page = sign_in(qing.chen_dispatches).get(address(sent))

    assert page.status_code == 200
    assert acts.LEAK in page.content.decode()


def test_the_next_step_is_the_only_primary_button(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    page = sign_in(qing.liu_handles_water).get(address(sent)).content.decode()

    assert page.count("btn-primary") == 1
    assert reverse("console:step", args=[sent.number, "accept"]) in page


def test_another_step_opens_by_its_own_address(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    page = sign_in(qing.liu_handles_water).get(address(sent), {"step": "object"}).content.decode()

    assert reverse("console:step", args=[sent.number, "object"]) in page


def test_a_step_of_others_says_who_takes_it(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    page = sign_in(qing.chen_dispatches).get(address(sent)).content.decode()

    assert "btn-primary" not in page
    assert qing.water.name in page


def test_a_stranger_finds_nothing(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    for person in (qing.zhao_handles_roads, qing.sun_dispatches_west, qing.bai_audits, qing.deng_is_a_stranger):
        assert sign_in(person).get(address(sent)).status_code == 404


def test_nobody_who_is_not_signed_in_gets_further_than_the_door(client: Client, sent: Case) -> None:
    answer = client.get(address(sent))

    assert answer.status_code == 302
    assert reverse("account_login") in answer.headers["Location"]


def test_it_is_only_read(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    assert sign_in(qing.chen_dispatches).post(address(sent)).status_code == 405


def test_htmx_gets_the_part_that_changes(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    page = sign_in(qing.chen_dispatches).get(address(sent), headers=HTMX).content.decode()

    assert 'id="case"' in page
    assert "<html" not in page


def test_it_costs_no_more_with_a_longer_history(
    qing: QingCounty,
    sign_in: SignIn,
    sent: Case,
    today: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        handling.add_note(sent, note=f"第 {number} 次联系", by=qing.liu_handles_water, at=today)
        joined = acts.receive(qing, at=today).report
        triaging.join(joined, sent, by=qing.ma_clerks, at=today)
    client = sign_in(qing.liu_handles_water)

    with django_assert_max_num_queries(QUERIES):
        client.get(address(sent))


def test_internal_notes_stand_apart_from_words_for_the_resident(
    qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime
) -> None:
    handling.add_progress(sent, note="与施工队联系", public="已到现场", by=qing.liu_handles_water, at=today)

    page = sign_in(qing.liu_handles_water).get(address(sent)).content.decode()

    assert page.index("log-note") != page.index("log-public")
    assert "与施工队联系" in page.split("log-note", 1)[1].split("</div>", 1)[0]
    assert "已到现场" in page.split("log-public", 1)[1].split("</div>", 1)[0]


class TestARestrictedCase:
    @pytest.fixture
    def lead(self, qing: QingCounty, today: datetime) -> Case:
        return acts.open_accusation(qing, at=today)

    def test_it_does_not_exist_for_anyone_not_named(self, qing: QingCounty, sign_in: SignIn, lead: Case) -> None:
        for person in (qing.chen_dispatches, qing.gao_leads, qing.liu_handles_water, qing.zhou_clerks):
            assert sign_in(person).get(address(lead)).status_code == 404

    def test_each_look_is_written_down(self, qing: QingCounty, sign_in: SignIn, lead: Case) -> None:
        client = sign_in(qing.ma_clerks)
        client.post(reverse("console:look", args=[lead.number]), {"reason": "progress"})
        client.get(address(lead))

        look = AccessLog.objects.get(look=AccessLog.Look.RESTRICTED)
        assert (look.user, look.thing) == (qing.ma_clerks, lead.pk)

    def test_whoever_is_named_sees_it(self, qing: QingCounty, sign_in: SignIn, lead: Case, today: datetime) -> None:
        opening.name_viewer(lead, qing.chen_dispatches, reason="由其分办", by=qing.ma_clerks, at=today)

        assert sign_in(qing.chen_dispatches).get(address(lead)).status_code == 200

    def test_naming_offers_nobody_from_the_unit_complained_of(
        self, qing: QingCounty, sign_in: SignIn, lead: Case
    ) -> None:
        client = sign_in(qing.ma_clerks)
        client.post(reverse("console:look", args=[lead.number]), {"reason": "progress"})
        page = client.get(address(lead), {"step": "name_viewer"}).content.decode()

        assert str(qing.chen_dispatches.pk) in page
        assert str(qing.liu_handles_water.pk) not in page


def asked(qing: QingCounty, sent: Case, at: datetime) -> Case:
    """The water bureau asks for three working days more."""
    case = handling.accept(sent, by=qing.liu_handles_water, at=at)
    return delaying.ask_extension(case, more=3, reason="新水管周五才到", by=qing.liu_handles_water, at=at)


def test_who_approves_reads_what_is_asked_and_why(
    qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime
) -> None:
    case = asked(qing, sent, today)

    page = sign_in(qing.wu_supervises).get(address(case)).content.decode()

    assert reverse("console:step", args=[case.number, "approve_delay"]) in page
    assert budget(3, "working_days") in page
    assert "新水管周五才到" in page


def test_the_clock_says_who_granted_what(qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime) -> None:
    case = delaying.approve_delay(asked(qing, sent, today), by=qing.wu_supervises, at=today)
    until = localdate(today) + timedelta(days=4)
    case = delaying.ask_pause(case, until=until, reason="停工", by=qing.liu_handles_water, at=today)
    case = delaying.approve_delay(case, by=qing.wu_supervises, at=today)

    page = sign_in(qing.liu_handles_water).get(address(case))

    extension, pause = page.context["page"].strip.clock.granted
    assert budget(3, "working_days") in extension and qing.centre.name in extension
    assert "24:00" in pause and qing.centre.name in pause
    assert extension in page.content.decode() and pause in page.content.decode()
    assert reverse("console:case", args=[case.number]) + "?step=resume" in page.content.decode()
