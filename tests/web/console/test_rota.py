"""Presence and duty on pages: entered by the system administrator, seen by colleagues and on the place's page."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.people.models import DutyTurn, Presence, StaffLog, Unit
from fengqiao.places.models import WorkDay
from tests.cast import QING, QingCounty
from tests.web.console.conftest import SignIn

A_DAY = timedelta(days=1)


@pytest.fixture
def desk(qing: QingCounty, sign_in: SignIn) -> Client:
    """The system administrator's browser."""
    return sign_in(qing.shi_runs_the_system)


def at(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


def change(client: Client, act: str, **said: object) -> int:
    return client.post(at("change_rota", "centre", act), said).status_code


def pattern(today: datetime, who: str, **changes: object) -> dict[str, object]:
    first = localdate(today)
    said = {"who": who, "weekdays": list("0123456"), "first": first.isoformat(), "shift": "day", "off_days": "on"}
    return said | {"last": (first + 6 * A_DAY).isoformat()} | changes


def test_a_presence_is_entered_and_ended(qing: QingCounty, desk: Client, today: datetime) -> None:
    on = localdate(today)
    assert change(desk, "presence", unit=qing.water.pk, mode="permanent", window="3号窗口", starts_on=on) == 302
    assert change(desk, "presence", unit=qing.water.pk, mode="permanent", window="3号窗口", starts_on=on) == 422
    assert change(desk, "presence", unit="", mode="sometimes", starts_on="soon") == 422

    page = desk.get(at("rota_of", "centre")).content.decode()
    assert "清县水务局" in page and "3号窗口" in page
    row = Presence.objects.get().pk
    assert change(desk, "end", row=row, on="never") == 422
    assert change(desk, "end", row=row, on=(on + A_DAY).isoformat()) == 302
    assert change(desk, "end", row="x", on=on) == 404


def test_a_pattern_fills_the_days_and_leaves_days_off_out(qing: QingCounty, desk: Client, today: datetime) -> None:
    on = localdate(today)
    WorkDay.objects.create(on=on + A_DAY, working=False, name="节日")
    post = qing.liu_handles_water.posts.get()
    wanted = pattern(today, f"post:{post.pk}")
    del wanted["off_days"]

    assert change(desk, "pattern", **wanted) == 302

    days = set(DutyTurn.objects.values_list("on", flat=True))
    assert on + A_DAY not in days and 3 <= len(days) <= 6
    assert {turn.unit for turn in DutyTurn.objects.select_related("unit")} == {qing.water}
    assert change(desk, "pattern", **pattern(today, f"unit:{qing.roads.pk}")) == 302
    assert DutyTurn.objects.filter(unit=qing.roads, post=None).count() == 7


def test_a_pattern_that_makes_no_sense_is_explained(qing: QingCounty, desk: Client, today: datetime) -> None:
    good = pattern(today, f"unit:{qing.water.pk}")
    senseless: list[dict[str, object]] = [
        {"who": ""},
        {"who": "unit:x"},
        {"weekdays": []},
        {"last": "2020-01-01"},
        {"first": "2020-01-01"},
    ]
    for wrong in senseless:
        assert change(desk, "pattern", **(good | wrong)) == 422, wrong
    assert change(desk, "dance", **good) == 404
    assert not DutyTurn.objects.exists()


def test_a_pasted_table_is_entered_whole_or_its_lines_are_named(
    qing: QingCounty, desk: Client, today: datetime
) -> None:
    Unit.objects.filter(pk=qing.water.pk).update(short_name="水务局")
    on = localdate(today)
    table = f"{on.isoformat()}\t水务局\t刘水生\t夜班\t0934-7\n\n{on.month}月{on.day}日，清县交通局"

    wrong = desk.post(
        at("change_rota", "centre", "paste"), {"table": f"{table}\n13-45, 水务局\n{on}, 无此局\n{on},水务局,某某"}
    )
    assert wrong.status_code == 422 and not DutyTurn.objects.exists()
    assert [line for line, _words in wrong.context["looked"].faults] == [4, 5, 6]
    assert "刘水生" in wrong.content.decode()

    assert change(desk, "paste", table=table) == 302
    night, day = DutyTurn.objects.order_by("-shift")
    assert (night.unit, night.shift, night.phone, night.post) == (
        qing.water, "night", "0934-7", qing.liu_handles_water.posts.get(),
    )  # fmt: skip
    assert (day.unit, day.shift, day.post) == (qing.roads, "day", None)


def test_a_turn_is_taken_out(qing: QingCounty, desk: Client, today: datetime) -> None:
    change(desk, "pattern", **pattern(today, f"unit:{qing.water.pk}"))
    row = DutyTurn.objects.order_by("on").first()
    assert row is not None

    assert change(desk, "strike", row=row.pk) == 302
    assert change(desk, "strike", row=row.pk) == 404


def test_the_list_says_where_nobody_is(qing: QingCounty, desk: Client) -> None:
    (row,) = desk.get(at("rota")).context["rows"]
    assert row[0] == qing.centre and row[1].gaps

    for month in ("2026-13", "0001-01", "9999-12"):
        page = desk.get(at("rota_of", "centre"), {"month": month})
        assert page.status_code == 200 and page.context["month"].gaps
        assert desk.get(at("print_rota", "centre"), {"month": month}).context["month"].first.year > 2000
    assert desk.get(at("rota_of", "water")).status_code == 404
    assert desk.get(at("rota_of", "above")).status_code == 404


def test_the_wall_shows_names_only_where_asked_for(qing: QingCounty, desk: Client, today: datetime) -> None:
    post = qing.liu_handles_water.posts.get()
    change(desk, "pattern", **pattern(today, f"post:{post.pk}"))
    wall = at("print_rota", "centre")

    plain, named = desk.get(wall).content.decode(), desk.get(wall, {"names": "yes"}).content.decode()

    assert "清县水务局" in plain and "刘水生" not in plain
    assert "刘水生" in named
    assert desk.get(wall, {"month": "2020-01"}).content.decode().count("本月还没有排班") == 1


def test_the_wall_has_a_row_for_a_day_and_a_column_for_a_shift(qing: QingCounty, desk: Client, today: datetime) -> None:
    wall = at("print_rota", "centre")
    change(desk, "pattern", **pattern(today, f"unit:{qing.water.pk}"))
    by_day = desk.get(wall).content.decode()
    change(desk, "pattern", **pattern(today, f"unit:{qing.roads.pk}") | {"shift": "night"})
    both = desk.get(wall).content.decode()

    days = len(desk.get(wall).context["month"].days)
    assert "夜班" not in by_day and both.count('<th scope="col">') == 3
    assert by_day.count('<th scope="row">') == both.count('<th scope="row">') == days


def test_the_log_says_turns_and_days_in_words(qing: QingCounty, desk: Client, today: datetime) -> None:
    change(desk, "pattern", **pattern(today, f"unit:{qing.water.pk}"))
    line = StaffLog.objects.get(act=StaffLog.Act.CHANGED_ROTA)
    page = desk.get(at("unit", "centre")).content.decode()

    assert f"新排 {DutyTurn.objects.count()} 班" in page and "日起" in page
    assert line.facts["until"] not in page and line.facts["turns"] not in page


def test_colleagues_and_residents_see_who_answers_now(
    qing: QingCounty, sign_in: SignIn, client: Client, today: datetime
) -> None:
    post = qing.liu_handles_water.posts.get()
    for shift in ("day", "night"):
        for on in (localdate(today) - A_DAY, localdate(today)):
            DutyTurn.objects.create(
                county=QING, centre=qing.centre, on=on, shift=shift, unit=qing.water, post=post, phone="0934-7"
            )
    Presence.objects.create(county=QING, centre=qing.centre, unit=qing.roads, mode="permanent", window="2号窗口")

    desk = sign_in(qing.ma_clerks)
    for page in (desk.get(at("home")), desk.get(at("day"))):
        assert "刘水生" in page.content.decode() and "0934-7" in page.content.decode()
    assert not sign_in(qing.bai_audits).get(at("home")).context["on_duty"]
    qing.ma_clerks.posts.update(role="unknown")
    assert not sign_in(qing.ma_clerks).get(at("home")).context["on_duty"]

    public = client.get(reverse("resident:place", args=[qing.willow.code])).content.decode()
    assert "清县水务局" in public and "0934-7" in public and "2号窗口" in public
    assert "刘水生" not in public
