"""The system administrator's pages of the rules: clocks, hours, working days, categories, reply templates."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.cases.models import Case, Category, ClockRule, Stage
from fengqiao.places.models import CalendarYear, WorkDay, WorkHours
from fengqiao.playbooks.models import ReplyTemplate
from tests.cast import QingCounty
from tests.places.test_holidays import OF_2026
from tests.web.console.conftest import SignIn


@pytest.fixture
def desk(qing: QingCounty, sign_in: SignIn) -> Client:
    """The system administrator's browser."""
    return sign_in(qing.shi_runs_the_system)


def at(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def handling(qing: QingCounty) -> ClockRule:
    return ClockRule.objects.get(county=qing.county.code, stage=Stage.HANDLE, urgency="ordinary")


def test_a_clock_is_changed_from_tomorrow_and_both_stand_on_the_list(qing: QingCounty, desk: Client) -> None:
    rule, tomorrow = handling(qing), localdate() + timedelta(days=1)
    said = {"amount": 7, "unit": "working_days", "extendable_by": "", "pausable_days": 10, "on": tomorrow.isoformat()}
    assert desk.post(at("change_rule", rule.pk), said).status_code == 302

    page = desk.get(at("rules")).content.decode()
    assert "5 个工作日" in page and "7 个工作日" in page
    assert f"{tomorrow:%Y-%m-%d}" in page  # the day as it is here, not the one before


def test_a_clock_is_not_changed_for_the_past_and_what_was_typed_stays(qing: QingCounty, desk: Client) -> None:
    said = {"amount": 7, "unit": "working_days", "pausable_days": 10, "on": "2020-01-01"}
    page = desk.post(at("change_rule", handling(qing).pk), said)

    assert page.status_code == 422 and 'value="7"' in page.content.decode()
    assert ClockRule.objects.filter(stage=Stage.HANDLE, urgency="ordinary").count() == 1


def test_office_hours_are_one_stretch_or_two(qing: QingCounty, desk: Client) -> None:
    half = desk.post(at("hours"), {"opens": "09:00", "closes": "12:00", "opens_again": "14:00", "closes_again": ""})
    assert half.status_code == 422 and half.context["form"]["closes_again"].errors

    assert desk.post(at("hours"), {"opens": "09:00", "closes": "17:00"}).status_code == 302
    assert WorkHours.objects.filter(county=qing.county.code).count() == 1


def test_a_pasted_notice_is_shown_before_it_is_taken_over(qing: QingCounty, desk: Client) -> None:
    CalendarYear.objects.filter(year=2026).delete()
    said = {"year": 2026, "edition": "通知", "text": OF_2026}
    seen = desk.post(at("publish"), said)
    assert "2026年：放假 33 天，周末上班 6 天" in seen.content.decode()
    assert not CalendarYear.objects.filter(year=2026).exists()

    done = desk.post(at("publish"), {**said, "sure": "yes"})
    assert done.headers["Location"] == at("calendar") + "?year=2026"
    assert WorkDay.objects.filter(on__year=2026).count() == 39
    assert "通知" in desk.get(done.headers["Location"]).content.decode()


def test_a_notice_of_another_year_is_refused_with_its_reasons(qing: QingCounty, desk: Client) -> None:
    page = desk.post(at("publish"), {"year": 2025, "edition": "通知", "text": OF_2026, "sure": "yes"})

    assert page.status_code == 422 and "年份选对了吗" in page.content.decode()
    assert OF_2026[:20] in page.content.decode()
    assert not CalendarYear.objects.filter(edition="通知").exists()


def test_categories_are_found_added_renamed_and_closed(qing: QingCounty, desk: Client) -> None:
    desk.post(at("subjects"), {"name": "梯田管护"})
    heading = Category.objects.get(name="梯田管护")
    desk.post(at("change_subject", heading.code, "add"), {"new-name": "田埂"})
    desk.post(at("change_subject", heading.code, "rename"), {"name": "梯田维护"})
    twice = desk.post(at("change_subject", heading.code, "add"), {"new-name": "田埂"})
    assert twice.status_code == 422

    assert "田埂" in desk.get(at("subjects"), {"q": "田埂"}).content.decode()
    assert "梯田维护" in desk.get(at("subjects")).content.decode()
    assert desk.post(at("change_subject", heading.code, "close")).status_code == 302
    assert not Category.objects.filter(code__startswith=heading.code, valid_to=None).exists()
    assert desk.post(at("change_subject", heading.code, "promote")).status_code == 404


def test_a_template_begins_a_reply_and_its_blanks_hold_it_back(
    qing: QingCounty, desk: Client, sign_in: SignIn, sent_leak: Case
) -> None:
    words = {"use": "reply", "name": "修好了", "text": "已于【填：日期】修好。"}
    desk.post(at("replies"), words)
    assert desk.post(at("replies"), words).status_code == 422

    liu = sign_in(qing.liu_handles_water)
    liu.post(at("step", sent_leak.number, "accept"), {"seen": sent_leak.line_count})
    sent_leak.refresh_from_db()
    page = liu.get(at("case", sent_leak.number), {"step": "conclude"}).content.decode()
    assert "已于【填：日期】修好。" in page
    said = {"seen": sent_leak.line_count, "outcome": "solved", "public_reply": words["text"]}
    held = liu.post(at("step", sent_leak.number, "conclude"), said)
    assert held.status_code == 422 and "请先把【填：日期】填好" in held.content.decode()

    desk.post(at("switch_reply", ReplyTemplate.objects.get(name="修好了").pk))
    assert "已于【填" not in liu.get(at("case", sent_leak.number), {"step": "conclude"}).content.decode()


@pytest.mark.parametrize("year", ["1900", "²", "9" * 5000])
def test_a_year_that_nobody_published_shows_the_last_one(desk: Client, year: str) -> None:
    assert desk.get(at("calendar"), {"year": year}).context["shown"] == CalendarYear.objects.order_by("year").last()


@pytest.mark.parametrize("name", ["rules", "hours", "calendar", "publish", "subjects", "replies"])
def test_another_administrator_has_no_business_here(qing: QingCounty, sign_in: SignIn, name: str) -> None:
    assert sign_in(qing.feng_secures).get(at(name)).status_code == 403


@pytest.mark.parametrize(
    "name", ["rules", "hours", "spot_limits", "calendar", "regions", "grids", "boundaries", "rota"]
)
def test_the_bar_says_where_one_is(desk: Client, name: str) -> None:
    bar = desk.get(at(name)).content.decode().split('class="desk-nav"')[1].split("</nav>")[0]

    assert bar.count('aria-current="page"') == 1


def test_a_rule_says_since_when_it_holds_and_whose_it_is(qing: QingCounty, desk: Client) -> None:
    ClockRule.objects.filter(county=qing.county.code).update(version="zhenyuan-1")
    page = desk.get(at("rules")).content.decode()

    assert "镇原“1+4”模式的规定（第1版）" in page and "zhenyuan" not in page
