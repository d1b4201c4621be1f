"""Lists of grids: looked through row by row, then taken over as a whole or not at all."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fengqiao.kit.verdict import Refused
from fengqiao.people.models import StaffLog
from fengqiao.places.models import County, Region
from fengqiao.playbooks.demo import reading
from fengqiao.playbooks.demo.stage import SINCE
from fengqiao.playbooks.models import PlaceFile
from fengqiao.playbooks.redrawing import files, grid_sheet
from fengqiao.playbooks.redrawing.files import Sent
from fengqiao.playbooks.redrawing.grid_plan import Plan, plan
from tests.cast import MONDAY_9AM, QING, QingCounty

TODAY = MONDAY_9AM.date()
HEAD = "上级代码,类型,代码,名称,四至"
WILLOW = f"{QING}101201"
LIST = f"""{HEAD}
{WILLOW},网格,{WILLOW}001,柳树第一网格,
{WILLOW},网格,{WILLOW}002,柳树第二网格,东至河边
{WILLOW},小组,{WILLOW}901,河湾小区,
{WILLOW}901,网格,{WILLOW}90101,河湾一网格,
{WILLOW}90101,网格,{WILLOW}9010101,河湾一网格东单元,
"""


def kept(qing: QingCounty, text: str = LIST, *, encoding: str = "utf-8", whole: bool = False) -> PlaceFile:
    sent = Sent(PlaceFile.Kind.GRIDS, "网格.csv", text.encode(encoding), TODAY, is_whole=whole)
    return files.keep(sent, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def applied(qing: QingCounty, text: str = LIST, *, whole: bool = False) -> Plan:
    file = kept(qing, text, whole=whole)
    return files.apply_grids(file, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def faults(qing: QingCounty, *rows: str) -> list[tuple[int, str]]:
    made = plan(QING, grid_sheet.read("\n".join([HEAD, *rows])), on=TODAY, is_whole=False)
    assert all(fault.what and fault.remedy for fault in made.faults)
    return [(fault.line, fault.column) for fault in made.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_list_is_read_as_offices_write_it(qing: QingCounty, encoding: str) -> None:
    made = files.plan_of(kept(qing, encoding=encoding))

    assert (made.faults, made.unchanged, len(made.new)) == ([], 1, 4)


def test_what_is_neither_is_refused(qing: QingCounty) -> None:
    sent = Sent(PlaceFile.Kind.GRIDS, "a.xlsx", b"PK\x03\x04\x00\xff\xff", TODAY)
    with pytest.raises(Refused):
        files.keep(sent, by=qing.shi_runs_the_system, at=MONDAY_9AM)


def test_looking_through_changes_nothing_and_taking_over_draws_the_tree(qing: QingCounty) -> None:
    before = Region.objects.count()
    file = kept(qing)
    assert files.plan_of(file).changes == 4 and Region.objects.count() == before

    files.apply_grids(file, by=qing.shi_runs_the_system, at=MONDAY_9AM)

    inner = Region.objects.get(code=f"{WILLOW}9010101")
    assert inner.path == f"{qing.willow.path}.{WILLOW}901.{WILLOW}90101.{WILLOW}9010101"
    assert (inner.valid_from, [one.act for one in inner.changes.all()]) == (TODAY, ["drawn"])
    assert Region.objects.get(code=f"{WILLOW}002").extent == "东至河边"
    line = StaffLog.objects.get(act=StaffLog.Act.DREW_GRIDS)
    assert (line.by, line.facts["file"]) == (qing.shi_runs_the_system, "网格.csv")


def test_a_second_time_nothing_changes(qing: QingCounty) -> None:
    applied(qing)
    before = sorted(map(str, Region.objects.values()))

    again = applied(qing)

    assert (again.changes, again.unchanged) == (0, 5)
    assert sorted(map(str, Region.objects.values())) == before


def test_one_error_and_nothing_is_taken_over(qing: QingCounty) -> None:
    before = Region.objects.count()
    with pytest.raises(Refused):
        applied(qing, LIST + f"000000000000,网格,{WILLOW}003,第三网格,\n")
    assert Region.objects.count() == before


def test_a_name_that_differs_is_a_new_name_and_the_old_one_is_kept(qing: QingCounty) -> None:
    made = applied(qing, f"{HEAD}\n{WILLOW},网格,{qing.grid.code},柳树东头网格,\n")

    qing.grid.refresh_from_db()
    assert (len(made.renamed), qing.grid.name) == (1, "柳树东头网格")
    assert qing.grid.changes.get().was == "柳树第一网格"


def test_a_complete_list_closes_what_it_leaves_out(qing: QingCounty) -> None:
    applied(qing)
    Region.objects.filter(code__startswith=WILLOW).update(valid_from=TODAY - timedelta(days=9))
    short = f"{HEAD}\n{WILLOW},网格,{WILLOW}001,柳树第一网格,\n"

    assert applied(qing, short).closed == []
    made = applied(qing, short, whole=True)

    assert [one.name for one in made.closed] == ["河湾一网格东单元", "河湾一网格", "柳树第二网格", "河湾小区"]
    second = Region.objects.get(code=f"{WILLOW}002")
    assert (second.valid_to, second.successor) == (TODAY, qing.willow)


def test_a_complete_list_that_leaves_out_a_grid_with_a_grid_worker_is_refused_and_says_who(qing: QingCounty) -> None:
    made = files.plan_of(kept(qing, f"{HEAD}\n{WILLOW},网格,{WILLOW}002,柳树第二网格,\n", whole=True))

    (fault,) = made.faults
    assert fault.line == 0 and "钱小路" in fault.what


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (f",网格,{WILLOW}003,三网格,", "上级代码"),
        (f"{WILLOW},网格,6.29901E+14,三网格,", "代码"),
        (f"{WILLOW},网格,,三网格,", "代码"),
        (f"{WILLOW},楼栋,{WILLOW}003,三网格,", "类型"),
        (f"{WILLOW},网格,{WILLOW}003,,", "名称"),
        (f"{WILLOW},网格,{WILLOW}003,{'长' * 61},", "名称"),
        (f"{WILLOW},网格,{WILLOW}003,三网格,{'长' * 201}", "四至"),
        (f"999999999999,网格,{WILLOW}003,三网格,", "上级代码"),
        (f"{QING}101000,网格,{QING}101000001,三网格,", "上级代码"),
        (f"{WILLOW}001,小组,{WILLOW}003,三小组,", "上级代码"),
        (f"{WILLOW},网格,{QING}101202003,三网格,", "代码"),
        (f"{WILLOW},小组,{WILLOW}001,第一网格,", "代码"),
        (f"{WILLOW},网格,{WILLOW}003,柳树第一网格,", "名称"),
        (f"{WILLOW},网格", "代码"),
    ],
)
def test_each_error_names_its_line_and_its_column(qing: QingCounty, row: str, where: str) -> None:
    assert (2, where) in faults(qing, row)


def test_a_code_twice_and_a_name_twice_are_found_within_the_list(qing: QingCounty) -> None:
    rows = [f"{WILLOW},网格,{WILLOW}00{number},{name}," for number, name in ((3, "甲"), (3, "乙"), (4, "甲"))]

    assert faults(qing, *rows) == [(2, "名称"), (3, "代码"), (4, "名称")]


def test_a_place_is_not_moved_by_a_list(qing: QingCounty) -> None:
    applied(qing)

    assert faults(qing, f"{WILLOW}901,网格,{WILLOW}002,柳树第二网格,") == [(2, "上级代码")]


def test_a_code_of_a_closed_place_is_not_used_again(qing: QingCounty) -> None:
    Region.objects.filter(pk=qing.grid.pk).update(valid_to=date(2020, 1, 1))

    assert faults(qing, f"{WILLOW},网格,{qing.grid.code},柳树第一网格,") == [(2, "代码")]


@pytest.mark.parametrize("text", ["", "a,b,c", "\x00", f'{HEAD}\n"{WILLOW}'])
def test_a_table_that_is_none_is_said_to_be_none(qing: QingCounty, text: str) -> None:
    assert plan(QING, grid_sheet.read(text), on=TODAY, is_whole=True).faults


def test_what_goes_out_is_no_formula_and_comes_in_again_as_it_was(qing: QingCounty) -> None:
    applied(qing, f'{HEAD}\n{WILLOW},网格,{WILLOW}004,"=HYPERLINK(1)","@东"\n')

    written = grid_sheet.write(grid_sheet.listed(QING))

    assert "'=HYPERLINK(1)" in written and "'@东" in written and written.startswith("\ufeff")
    assert files.plan_of(kept(qing, written)).changes == 0


def test_the_template_can_be_read(qing: QingCounty) -> None:
    assert grid_sheet.read(grid_sheet.template()).faults == ()


def test_only_the_system_administrator_and_not_ahead_of_the_day(qing: QingCounty) -> None:
    for by, on in ((qing.feng_secures, TODAY), (qing.shi_runs_the_system, TODAY + timedelta(days=1))):
        with pytest.raises(Refused):
            files.keep(Sent(PlaceFile.Kind.GRIDS, "a.csv", b"", on), by=by, at=MONDAY_9AM)


def test_zhenyuan_has_481_grids_and_one_that_was_merged(zhenyuan: County) -> None:
    made = plan(zhenyuan.code, reading.grids(), on=SINCE, is_whole=False)

    assert (made.faults, len(made.new)) == ([], 482)


def test_the_command_looks_through_and_takes_over_only_when_told(qing: QingCounty, tmp_path: Path) -> None:
    path, said = tmp_path / "网格.csv", io.StringIO()
    path.write_text(LIST.replace(f"{WILLOW}001,柳树第一网格", f"{WILLOW}005,柳树第五网格"), encoding="utf-8")

    call_command("import_grids", path, by="shi_runs_the_system", stdout=said)
    assert "5" in said.getvalue() and Region.objects.filter(level="grid").count() == 1
    call_command("import_grids", path, by="shi_runs_the_system", apply=True, stdout=said)
    assert Region.objects.filter(level="grid").count() == 5


def test_the_command_refuses_a_stranger_and_lists_every_error(qing: QingCounty, tmp_path: Path) -> None:
    path, said = tmp_path / "网格.csv", io.StringIO()
    path.write_text(f"{HEAD}\n{WILLOW},网格,x,,\n", encoding="utf-8")

    for by, file in (("nobody", path), ("feng_secures", path), ("shi_runs_the_system", tmp_path / "none.csv")):
        with pytest.raises(CommandError):
            call_command("import_grids", file, by=by)
    with pytest.raises(CommandError):
        call_command("import_grids", path, by="shi_runs_the_system", apply=True, stderr=said)
    assert said.getvalue().count("2: ") == 2
