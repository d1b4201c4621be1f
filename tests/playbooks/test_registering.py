"""Committees and mediators by table: every fault with its line and column, all or nothing, GBK and BOM taken."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Committee, Mediator, Membership
from fengqiao.people.models import StaffLog, Unit
from fengqiao.playbooks.registering import committees, files, mediators, sheet
from fengqiao.playbooks.registering.files import Register
from tests.cast import MONDAY_9AM, QING, QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table

WILLOW = "柳树村人民调解委员会"


@pytest.fixture
def table(qing: QingCounty) -> Table:
    return tables.build(qing)


def benches(qing: QingCounty, *rows: tuple[str, ...]) -> str:
    seat = qing.root.code
    usual = (("清县医疗纠纷人民调解委员会", "行业", seat, "清医人调", "医疗", "2024-01-15", "2027年1月15日", "0934-1"),)
    return sheet.write(committees.COLUMNS, rows or usual)


def people(*rows: tuple[str, ...]) -> str:
    usual = (
        ("白秀英", "女", WILLOW, "委员", "专职", "婚姻家庭、邻里", "方言", "13900000077", "2024/1/5"),
        ("田大山", "男", WILLOW, "调解员", "", "", "", "", ""),
    )
    return sheet.write(mediators.COLUMNS, rows or usual)


def take(qing: QingCounty, register: Register, text: str) -> files.Plan:
    return files.apply(register, text, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def faults(qing: QingCounty, register: Register, text: str) -> set[tuple[int, str]]:
    made = files.look_through(register, text, by=qing.shi_runs_the_system, at=MONDAY_9AM)
    assert all(fault.what and fault.remedy for fault in made.faults)
    return {(fault.line, fault.column) for fault in made.faults}


def test_committees_come_in_with_their_units_and_a_second_time_changes_nothing(table: Table) -> None:
    qing = table.qing
    take(qing, "committees", benches(qing))
    found = Committee.objects.get(tag="清医人调")

    assert (found.unit.kind, found.unit.region, found.kind, found.trade) == ("mediation", qing.root, "trade", "医疗")
    assert str(found.term_ends_on) == "2027-01-15"
    again = take(qing, "committees", benches(qing))
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 1)
    later = benches(qing).replace("2027年1月15日", "2030-01-15")
    assert len(take(qing, "committees", later).changed) == 1
    assert str(Committee.objects.get(tag="清医人调").term_ends_on) == "2030-01-15"
    assert StaffLog.objects.filter(act="changed_committee").count() == 3


def test_mediators_come_in_with_their_seats(table: Table) -> None:
    qing = table.qing
    take(qing, "mediators", people())

    bai = Mediator.objects.get(name="白秀英")
    assert (bai.is_woman, bai.engagement, bai.types) == (True, "full_time", ["family", "neighbours"])
    seat = bai.memberships.get()
    assert (seat.committee.unit, seat.seat, str(seat.starts_on)) == (table.village, "member", "2024-01-05")
    again = take(qing, "mediators", people())
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 2)


def test_one_person_in_two_committees_is_one_mediator(table: Table) -> None:
    row = ("白秀英", "女", WILLOW, "委员", "专职", "", "", "13900000077", "")
    other = ("白秀英", "女", "东镇人民调解委员会", "调解员", "专职", "", "", "13900000077", "")
    take(table.qing, "mediators", people(row, other))

    assert Mediator.objects.get(name="白秀英").memberships.count() == 2


def test_a_seat_whose_end_lies_ahead_is_not_given_twice(table: Table) -> None:
    ends = localdate(MONDAY_9AM) + timedelta(days=30)
    Membership.objects.filter(committee__unit=table.village).update(ends_on=ends)
    director = Membership.objects.get(committee__unit=table.village, seat=Membership.Seat.DIRECTOR).mediator
    held = Membership.objects.count()

    take(table.qing, "mediators", people((director.name, "男", WILLOW, "主任", "", "", "", "", "")))

    assert Membership.objects.count() == held
    another = people(("田大山", "男", WILLOW, "主任", "", "", "", "", ""))
    assert faults(table.qing, "mediators", another) == {(2, "职务")}


def test_every_fault_of_a_spoiled_list_of_committees_is_told(table: Table) -> None:
    qing, seat = table.qing, table.qing.root.code
    text = benches(
        qing,
        ("好调委会", "行业", seat, "好人调", "", "", "", ""),
        ("", "行业", seat, "甲人调", "", "", "", ""),
        ("乙调委会", "公司", seat, "乙人调", "", "", "", ""),
        ("丙调委会", "行业", "999999999999", "丙人调", "", "", "", ""),
        ("丁调委会", "行业", seat, "柳人调", "", "", "", ""),
        ("戊调委会", "行业", seat, "戊人调", "", "2026-02-30", "", ""),
        ("己调委会", "行业", seat, "己人调", "", "2026-02-03", "2025-02-03", ""),
        ("好调委会", "行业", seat, "庚人调", "", "", "", ""),
        ("清县水务局", "行业", seat, "辛人调", "", "", "", ""),
        ("壬调委会", "行业", seat, "一二三四五六七八九十人调", "", "", "", ""),
    )
    assert faults(qing, "committees", text) == {
        (3, "名称"), (4, "类型"), (5, "所在地代码"), (6, "文号字"), (7, "设立日期"), (8, "届满日期"),
        (9, "名称"), (10, "名称"), (11, "文号字"),
    }  # fmt: skip
    before = Committee.objects.count()
    with pytest.raises(Refused):
        take(qing, "committees", text)
    assert Committee.objects.count() == before and not StaffLog.objects.exists()


def test_every_fault_of_a_spoiled_list_of_mediators_is_told(table: Table) -> None:
    text = people(
        ("白秀英", "女", WILLOW, "委员", "专职", "", "", "", ""),
        ("甲", "不详", WILLOW, "委员", "", "", "", "", ""),
        ("乙", "男", "没有的调委会", "委员", "", "", "", "", ""),
        ("丙", "男", WILLOW, "主任", "", "", "", "", ""),
        ("丁", "男", WILLOW, "主席", "", "", "", "", ""),
        ("戊", "男", WILLOW, "委员", "", "邻里、吵架", "", "", ""),
        ("白秀英", "女", WILLOW, "委员", "专职", "", "", "", ""),
        ("何老五", "男", WILLOW, "委员", "", "", "", "", ""),
        ("己", "男", WILLOW, "委员", "", "", "", "", "去年"),
    )
    assert faults(table.qing, "mediators", text) == {
        (3, "性别"), (4, "调委会"), (5, "职务"), (6, "职务"), (7, "擅长类型"), (8, "姓名"),
        (9, "职务"), (10, "任职日期"),
    }  # fmt: skip
    with pytest.raises(Refused):
        take(table.qing, "mediators", text)
    assert not Mediator.objects.filter(name="白秀英").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_what_spreadsheets_write_is_read(table: Table, encoding: str) -> None:
    raw = people().lstrip("\ufeff").encode(encoding)
    take(table.qing, "mediators", files.text_of(raw))
    assert Membership.objects.filter(mediator__name="白秀英").exists()


def test_a_table_without_its_head_and_one_that_is_too_long_are_refused(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert faults(table.qing, "mediators", "甲,乙\n1,2\n") == {(1, "")}
    with pytest.raises(Refused):
        files.text_of(b"\xff\xfe\x00")
    monkeypatch.setattr(sheet, "MOST_ROWS", 1)
    assert faults(table.qing, "mediators", people()) == {(3, "")}


def test_the_template_can_be_read_in_again() -> None:
    for columns in (committees.COLUMNS, mediators.COLUMNS):
        assert sheet.read(sheet.template(columns), columns).faults == []


@pytest.mark.parametrize("who", ["feng_secures", "chen_dispatches", "deng_is_a_stranger"])
def test_nobody_else_takes_a_table_over(table: Table, who: str) -> None:
    with pytest.raises(Refused):
        files.apply("mediators", people(), by=getattr(table.qing, who), at=MONDAY_9AM)
    assert not Mediator.objects.filter(name="白秀英").exists()


def test_the_command_looks_through_and_takes_over(table: Table, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(people(), encoding="utf-8")
    call_command("import_register", "mediators", file, by="shi_runs_the_system")
    assert not Mediator.objects.filter(name="白秀英").exists()
    call_command("import_register", "mediators", file, by="shi_runs_the_system", apply=True)
    assert Mediator.objects.filter(county=QING, name="白秀英").exists()
    with pytest.raises(CommandError):
        call_command("import_register", "mediators", file, by="nobody")


def test_a_county_of_1509_committees_and_7125_mediators_comes_in_with_few_statements(
    table: Table, django_assert_max_num_queries: object
) -> None:
    qing, seat = table.qing, table.qing.root.code
    names = [f"第{number}人民调解委员会" for number in range(1509)]
    units = benches(qing, *((name, "村", seat, f"{number}人调", "", "", "", "") for number, name in enumerate(names)))
    seats = people(
        *(
            (f"调解员{number}", "女" if number % 3 else "男", names[number % 1509], "委员", "兼职", "邻里", "", "", "")
            for number in range(7125)
        )
    )
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        take(qing, "committees", units)
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        take(qing, "mediators", seats)
    assert Unit.objects.filter(kind="mediation").count() == 1509 + 3
    assert Membership.objects.filter(mediator__name__startswith="调解员").count() == 7125
