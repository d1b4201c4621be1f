"""The door for files: what is wrong is listed by row, nothing else is lost, and a second run adds nothing."""

import codecs
import csv
import io
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.utils.timezone import now

from fengqiao.cases.models import Case, CaseClock
from fengqiao.intake.importing import replaying
from fengqiao.intake.importing.rows import Checked, check
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Channel
from fengqiao.people.models import User
from tests.cast import SHANGHAI, QingCounty

HEADING = ["message_id", "received_at", "title", "text", "likes", "dislikes"]
SINCE, UNTIL = datetime(2017, 1, 1, tzinfo=SHANGHAI), datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
GOOD = [
    ["9001", "2018-03-05 08:10:00", "路灯不亮", "巷口的路灯坏了半个月，晚上孩子下自习看不见路。", "2", "0"],
    ["9002", "2018-03-05 09:00:00", "盼修水渠", "“老水渠”漏水，\n地里浇不上，请派人看看。", "0", "0"],
    ["9003", "2018-03-06 17:59:59", "", "公交末班车能不能晚十分钟，下班赶不上。", "0", "1"],
]
REAL = settings.REAL_DATA_DIR / "messages.csv"


def write(
    path: Path, rows: Sequence[Sequence[str]], *, heading: Sequence[str] = HEADING, coding: str = "utf-8"
) -> Path:
    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    path.write_bytes(out.getvalue().encode(coding))
    return path


def spoil(path: Path) -> Path:
    """Write the three good rows among one of each kind of bad row."""
    rows = [
        GOOD[0],
        ["9010", "2018-03-05 10:00:00", "没有正文", "  ", "0", "0"],
        ["9011", "三月五日上午", "时间不对", "写错了时间。", "0", "0"],
        ["9001", "2018-03-05 11:00:00", "编号重复", "和第一条同一个编号。", "0", "0"],
        ["9012", "2018-03-05 12:00:00", "太长", "长" * 10_001, "0", "0"],
        GOOD[1],
        ["9013", "2018-03-05 13:00:00", "BROKEN", "这一行会被改成另一种编码。", "0", "0"],
        ["9014", "2018-03-05 14:00:00", "少了一列", "列数不对。"],
        ["9015", "2009-12-31 23:00:00", "太早", "日历还没有开始。", "0", "0"],
        ["9016", "2999-01-01 00:00:00", "太晚", "还没有发生。", "0", "0"],
        ["", "2018-03-05 15:00:00", "没有编号", "没有编号。", "0", "0"],
        GOOD[2],
    ]
    raw = write(path, rows).read_bytes()
    path.write_bytes(raw.replace("这一行会被改成另一种编码".encode(), "这一行会被改成另一种编码".encode("gbk")))
    return path


def faults(checked: Checked) -> dict[int, str]:
    return {fault.number: fault.reason for fault in checked.faults}


def run(path: Path, *words: str) -> str:
    out = io.StringIO()
    call_command("import_messages", str(path), *words, stdout=out)
    return out.getvalue()


def test_every_wrong_row_is_named_with_its_reason_and_the_good_ones_stay(tmp_path: Path) -> None:
    checked = check(spoil(tmp_path / "spoiled.csv"), since=SINCE, until=UNTIL)

    assert [row.message_id for row in checked.rows] == ["9001", "9002", "9003"]
    assert sorted(faults(checked)) == [3, 4, 5, 6, 8, 9, 10, 11, 12]
    assert len(set(faults(checked).values())) == 9


def test_a_quote_that_never_closes_costs_its_own_row_only(tmp_path: Path) -> None:
    path = write(tmp_path / "open.csv", GOOD[:1])
    more = io.StringIO()
    csv.writer(more).writerows(GOOD[1:])
    path.write_bytes(
        path.read_bytes() + '9020,2018-03-05 08:20:00,引号没关,"说到一半\r\n'.encode() + more.getvalue().encode()
    )

    checked = check(path, since=SINCE, until=UNTIL)

    assert [row.message_id for row in checked.rows] == ["9001", "9002", "9003"]
    assert list(faults(checked)) == [3]


def test_rows_come_in_the_order_of_their_times_whatever_the_file_says(tmp_path: Path) -> None:
    checked = check(write(tmp_path / "mixed.csv", GOOD[::-1]), since=SINCE, until=UNTIL)

    assert [row.message_id for row in checked.rows] == ["9001", "9002", "9003"]
    assert checked.rows[0].received_at == datetime(2018, 3, 5, 8, 10, tzinfo=SHANGHAI)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path / "marked.csv", GOOD)
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())

    assert len(check(path, since=SINCE, until=UNTIL).rows) == 3


@pytest.mark.parametrize("coding", ["gbk", "utf-16"])
def test_a_file_wholly_in_another_encoding_is_refused_in_one_sentence(
    qing: QingCounty, tmp_path: Path, coding: str
) -> None:
    with pytest.raises(CommandError, match="UTF-8"):
        run(write(tmp_path / "other.csv", GOOD, coding=coding))
    assert not Report.objects.exists()


@pytest.mark.parametrize("heading", [HEADING[:3], ["编号", "时间", "标题", "内容"], []])
def test_a_file_without_its_columns_is_refused(qing: QingCounty, tmp_path: Path, heading: list[str]) -> None:
    with pytest.raises(CommandError, match="text"):
        run(write(tmp_path / "bare.csv", [], heading=heading))


def test_a_file_that_is_not_there_is_refused(qing: QingCounty, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="none.csv"):
        run(tmp_path / "none.csv")


def test_messages_come_in_as_reports_of_the_county_with_their_own_times(qing: QingCounty, tmp_path: Path) -> None:
    run(write(tmp_path / "good.csv", GOOD))

    report = Report.objects.get(source="mailbox", source_number="9002")
    assert (report.channel, report.region, report.entered_by) == (Channel.MAILBOX, qing.root, None)
    assert report.text == GOOD[1][3]
    assert report.received_at == datetime(2018, 3, 5, 9, tzinfo=SHANGHAI)
    assert report.due_at == datetime(2018, 3, 5, 11, tzinfo=SHANGHAI)


def test_a_second_run_adds_nothing(qing: QingCounty, tmp_path: Path) -> None:
    path = spoil(tmp_path / "spoiled.csv")
    first, second = run(path), run(path)

    assert Report.objects.count() == 3
    assert first != second
    assert first.splitlines()[:9] == second.splitlines()[:9]


def test_a_replay_carries_each_message_to_the_archive_by_real_steps(qing: QingCounty, tmp_path: Path) -> None:
    run(write(tmp_path / "good.csv", GOOD), "--replay")

    assert set(Case.objects.values_list("status", flat=True)) == {"archived"}
    verbs = ["open", "dispatch", "accept", "conclude", "archive"]
    for case in Case.objects.all():
        lines = list(case.log.order_by("line"))
        assert [line.verb for line in lines] == verbs
        assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert Case.objects.filter(title="公交末班车能不能晚十分钟，下班赶不上。").exists()


def test_a_stopped_replay_goes_on_where_it_stopped(
    qing: QingCounty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "good.csv", GOOD)
    run(path)
    rows = check(path, since=SINCE, until=UNTIL).rows
    # It is a moment at which the first message was dispatched and the last had not come in.
    replaying.replay(qing.county, rows, datetime(2018, 3, 5, 16, tzinfo=SHANGHAI), lambda done: None)
    before = Case.objects.exclude(status="archived").count()

    run(path, "--replay")
    again = replaying.replay(qing.county, rows, now(), lambda done: None)

    assert (before > 0, again) == (True, 0)
    assert Case.objects.filter(status="archived").count() == 3


def test_the_scripted_clerks_cannot_sign_in(qing: QingCounty, tmp_path: Path) -> None:
    run(write(tmp_path / "good.csv", GOOD), "--replay")

    scripted = User.objects.filter(username__startswith="import.")
    assert scripted.count() == 4
    assert not any(user.has_usable_password() for user in scripted)


@pytest.mark.skipif(not REAL.is_file(), reason=f"no real messages at {REAL} (FENGQIAO_REAL_DATA)")
def test_real_messages_are_all_accounted_for_none_twice_and_about_15_percent_late(
    qing: QingCounty, tmp_path: Path
) -> None:
    with REAL.open(encoding="utf-8", newline="") as lines:
        heading, *rows = islice(csv.reader(lines), 121)
    said = run(write(tmp_path / "sample.csv", rows, heading=heading), "--replay")

    reports = Report.objects.filter(source="mailbox")
    assert reports.count() == len(rows) == Case.objects.count()
    assert not reports.values("source_number").annotate(times=Count("pk")).filter(times__gt=1)
    late = CaseClock.objects.filter(stage="handle", met_at__gt=F("due_at")).count()
    assert 5 <= 100 * late / len(rows) <= 25
    assert f"{late}" in said.splitlines()[-1]
