"""The account after the kills: it finds what is missing and what is there twice."""

from bench.faults import account
from bench.faults.journal import Act, Journal
from fengqiao.cases.transitions import dispatching, handling
from fengqiao.intake.transitions import triaging
from fengqiao.jobs import follow
from tests import acts
from tests.cast import MONDAY_9AM, QingCounty


def test_the_account_finds_what_is_missing_and_what_is_there_twice(qing: QingCounty) -> None:
    report = acts.receive(qing, text="水管爆了，第一号。").report
    case = triaging.open_case(report, acts.opening(qing, title="第二号"), by=qing.ma_clerks, at=MONDAY_9AM)
    dispatching.dispatch(case, to=qing.water, note="第三号", by=qing.chen_dispatches, at=MONDAY_9AM)
    journal = Journal()
    journal.begin(Act("report", "第一号", submission=report.submission, is_acknowledged=True))
    journal.begin(Act("open", "第二号", code=report.code, is_acknowledged=True))
    journal.begin(Act("dispatch", "第三号", case=case.number, is_acknowledged=True))
    assert account.untold() == 1

    follow.follow(MONDAY_9AM)
    told = account.compared(journal)
    assert (told["lost"], told["doubled"], account.untold(), account.examined(), account.orphans()) == (0, 0, 0, [], 0)
    assert account.settled() == {"unfollowed": 0, "abandoned_jobs": 0, "failed_jobs": 0}

    journal.begin(Act("add_progress", "第四号", case=case.number, is_acknowledged=True))
    assert account.compared(journal)["which"] == ["add_progress 第四号"]
    for _twice in range(2):
        handling.add_progress(case, note="第四号", public="", by=qing.liu_handles_water, at=MONDAY_9AM)
    assert account.compared(journal) == {"lost": 0, "doubled": 1, "which": ["add_progress 第四号"]}
