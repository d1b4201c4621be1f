from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override

from fengqiao.cases.models import Case, CaseClock, CaseLog, Stage, Unfollowed
from fengqiao.cases.transitions import handling
from fengqiao.jobs import pulse
from fengqiao.jobs.doctor import chains, clocks, machine, worker
from fengqiao.jobs.doctor.findings import Finding, Mark
from fengqiao.oversight.models import Fault
from fengqiao.places import calendar
from fengqiao.places.models import CalendarYear, WorkDay
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty


def faults(findings: Any) -> list[Finding]:
    return [each for each in findings if each.mark is Mark.FAULT]


def sql(statement: str, *values: Any) -> None:
    """Change the record as somebody with the database's password could."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def tamper(case: Case, line: int, change: str, *values: Any) -> None:
    sql(f"UPDATE cases_caselog SET {change} WHERE case_id = %s AND line = %s", *values, case.pk, line)


def named(case: Case, line: int) -> str:
    """Say what the doctor must find: this case, this line, and nothing else."""
    (found,) = faults(chains.chains(MONDAY_9AM))
    assert case.number in found.text
    assert f" {line} " in found.text
    return found.text


def test_an_untouched_record_is_whole(qing: QingCounty, done_leak: Case) -> None:
    acts.open_leak(qing)

    assert not faults(chains.chains(MONDAY_9AM))


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("note = %s", "改过的话"),
        ("public = %s", "改过的答复"),
        ("at = %s", MONDAY_9AM - timedelta(days=1)),
        ("verb = %s", "archive"),
        ("facts = %s", '{"unit": "another"}'),
        ("by_id = NULL, actor = %s", "machine"),
    ],
)
def test_a_changed_line_is_named(qing: QingCounty, done_leak: Case, change: str, value: object) -> None:
    acts.open_leak(qing)
    tamper(done_leak, 2, change, value)

    named(done_leak, 2)


def test_a_changed_line_sealed_anew_is_betrayed_by_the_next(qing: QingCounty, done_leak: Case) -> None:
    tamper(done_leak, 2, "note = %s", "改过的话")
    first, second = done_leak.log.order_by("line")[:2]
    tamper(done_leak, 2, "digest = %s", second.sealed(first.digest))

    named(done_leak, 3)


def test_the_last_line_sealed_anew_is_betrayed_by_the_case(qing: QingCounty, sent_leak: Case) -> None:
    tamper(sent_leak, 2, "note = %s", "改过的话")
    first, second = sent_leak.log.order_by("line")
    tamper(sent_leak, 2, "digest = %s", second.sealed(first.digest))

    named(sent_leak, 2)


@pytest.mark.parametrize("line", [1, 2, 4])
def test_a_deleted_line_is_named(qing: QingCounty, done_leak: Case, line: int) -> None:
    assert done_leak.line_count == 4
    gone = done_leak.log.get(line=line)
    Unfollowed.objects.filter(line=gone).delete()
    sql("DELETE FROM cases_caselog WHERE id = %s", gone.pk)

    with override("en"):
        assert "is missing" in named(done_leak, line)


def test_all_lines_deleted_are_missed(qing: QingCounty, sent_leak: Case) -> None:
    Unfollowed.objects.all().delete()
    sql("DELETE FROM cases_caselog WHERE case_id = %s", sent_leak.pk)

    named(sent_leak, 1)


def test_an_added_line_is_named(qing: QingCounty, sent_leak: Case) -> None:
    last = sent_leak.log.latest("line")
    forged = CaseLog(county=last.county, case=sent_leak, line=3, round=1, verb="accept", actor="machine", at=MONDAY_9AM)
    forged.digest = forged.sealed(last.digest)
    forged.save(force_insert=True)

    named(sent_leak, 3)


def test_reordered_lines_are_named(qing: QingCounty, done_leak: Case) -> None:
    second, third = (done_leak.log.get(line=line).pk for line in (2, 3))
    sql("UPDATE cases_caselog SET line = 99 WHERE id = %s", second)
    sql("UPDATE cases_caselog SET line = 2 WHERE id = %s", third)
    sql("UPDATE cases_caselog SET line = 3 WHERE id = %s", second)

    named(done_leak, 2)


def test_a_step_taken_while_we_read_is_no_break(
    qing: QingCounty, sent_leak: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads = chains._lines

    def meanwhile(cases: Any) -> Any:
        handling.accept(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM)
        return heads(cases)

    monkeypatch.setattr(chains, "_lines", meanwhile)

    assert not faults(chains.chains(MONDAY_9AM))


def test_more_cases_than_a_batch_are_all_read(qing: QingCounty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "BATCH", 2)
    cases = [acts.open_leak(qing) for _ in range(5)]
    tamper(cases[4], 1, "note = %s", "改过的话")

    named(cases[4], 1)


def test_a_moved_due_time_is_found(qing: QingCounty, sent_leak: Case) -> None:
    assert not faults(clocks.all_derivations(MONDAY_9AM))
    CaseClock.objects.filter(stage=Stage.HANDLE).update(due_at=MONDAY_9AM + timedelta(days=30))

    (found,) = faults(clocks.all_derivations(MONDAY_9AM))
    assert sent_leak.number in found.text
    assert faults(clocks.running_derivations(MONDAY_9AM))


def test_a_clock_of_an_earlier_calendar_keeps_its_promise_and_is_said(qing: QingCounty, sent_leak: Case) -> None:
    WorkDay.objects.create(on=(MONDAY_9AM + timedelta(days=2)).date(), working=False, name="清县建县日")
    calendar.forget()

    findings = list(clocks.running_derivations(MONDAY_9AM))
    assert [each.mark for each in findings] == [Mark.WATCH, Mark.GOOD]


def test_a_tampered_explanation_is_found_while_the_calendar_is_the_same(qing: QingCounty, sent_leak: Case) -> None:
    clock = CaseClock.objects.get(stage=Stage.HANDLE)
    clock.skipped = [["2026-03-04", "编造的假日"], *clock.skipped]
    clock.due_at += timedelta(days=1)  # Monday 9:00 and one day more: the forged story holds in itself
    clock.save()

    assert faults(clocks.all_derivations(MONDAY_9AM))


def test_an_open_case_and_a_waiting_report_without_a_clock_are_found(qing: QingCounty, leak: Case) -> None:
    waiting = acts.receive(qing).report
    assert not faults(clocks.without_clock(MONDAY_9AM))
    CaseClock.objects.filter(case=leak).update(stopped_at=MONDAY_9AM)
    waiting.clocks.all().delete()

    texts = " ".join(each.text for each in faults(clocks.without_clock(MONDAY_9AM)))
    assert leak.number in texts
    assert waiting.spoken_code in texts


def test_provisional_due_times_are_counted(qing: QingCounty, sent_leak: Case) -> None:
    assert [each.mark for each in clocks.provisional(MONDAY_9AM)] == [Mark.GOOD]
    CaseClock.objects.filter(stage=Stage.HANDLE).update(is_provisional=True)

    assert [each.mark for each in clocks.provisional(MONDAY_9AM)] == [Mark.WATCH]


def test_a_year_without_an_official_notice_is_a_fault_and_the_next_one_a_word(qing: QingCounty) -> None:
    assert [each.mark for each in machine.calendar(MONDAY_9AM)] == [Mark.WATCH]
    CalendarYear.objects.update(provisional=True)

    assert [each.mark for each in machine.calendar(MONDAY_9AM)] == [Mark.FAULT]


def test_a_silent_worker_is_a_fault_and_a_living_one_is_not(db: None) -> None:
    assert len(faults(worker.pulse(MONDAY_9AM))) == 1
    pulse.beat(MONDAY_9AM)

    assert not faults(worker.pulse(MONDAY_9AM + timedelta(seconds=30)))
    assert len(faults(worker.pulse(MONDAY_9AM + timedelta(minutes=5)))) == 1


def test_owed_follow_ups_and_alerts_are_faults_when_they_wait(qing: QingCounty, leak: Case) -> None:
    pulse.beat(MONDAY_9AM + timedelta(hours=3))

    assert len(faults(worker.pulse(MONDAY_9AM + timedelta(hours=3)))) == 2


def test_what_was_put_aside_is_named(qing: QingCounty, leak: Case) -> None:
    Unfollowed.objects.update(failures=3)
    Fault.objects.create(
        county=leak.county, kind="clock", subject=leak.pk, error="NobodyOwes", last_at=MONDAY_9AM, retry_at=MONDAY_9AM
    )

    found = faults(worker.faults(MONDAY_9AM))
    assert len(found) == 2
    assert all(leak.number in each.text for each in found)


def test_a_key_that_others_can_read_or_that_does_not_last_is_a_fault(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR, settings.LASTING_KEY = tmp_path, "k" * 64
    key = tmp_path / "secret.key"
    key.write_text("k" * 64)
    key.chmod(0o644)
    assert faults(machine.secrets(MONDAY_9AM))
    key.chmod(0o600)
    assert not faults(machine.secrets(MONDAY_9AM))
    settings.LASTING_KEY = ""
    assert faults(machine.secrets(MONDAY_9AM))


def test_the_database_and_the_disk_are_examined(db: None) -> None:
    assert not faults(machine.database(MONDAY_9AM))
    assert len(list(machine.disk(MONDAY_9AM))) == 1
