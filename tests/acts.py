"""The steps of a case by the people of Qing County, for tests that start from a later state."""

from datetime import datetime, timedelta

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import closing, dispatching, handling
from fengqiao.cases.transitions.closing import Answer
from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Nature, Outcome, Solved
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import receiving, triaging
from fengqiao.intake.transitions.receiving import Entry, Receipt
from fengqiao.intake.workflow import Channel
from fengqiao.people.actors import Resident
from tests.cast import MONDAY_9AM, QingCounty

HOUR = timedelta(hours=1)
LEAK = "东镇柳树村自来水管爆了，水漫到路上，家里停水两天了。"


def receive(qing: QingCounty, *, text: str = LEAK, at: datetime = MONDAY_9AM, nature: Nature = Nature.HELP) -> Receipt:
    """A resident of Willow Village reports."""
    entry = Entry(
        channel=Channel.WEB, nature=nature, text=text, region=qing.willow, reporter="何秀英", phone="13900000012"
    )
    return receiving.receive(qing.county, entry, by=None, at=at)


def opening(qing: QingCounty, **changes: object) -> Opening:
    """What the clerk decides about the leak."""
    facts: dict[str, object] = {
        "title": "柳树村自来水管爆裂",
        "kind": Kind.REQUEST,
        "nature": Nature.HELP,
        "region": qing.willow,
        "centre": qing.centre,
    }
    return Opening(**(facts | changes))  # type: ignore[arg-type]


def open_leak(qing: QingCounty, *, at: datetime = MONDAY_9AM, **changes: object) -> Case:
    """The burst pipe in Willow Village, received and opened."""
    report = receive(qing, at=at).report
    return triaging.open_case(report, opening(qing, **changes), by=qing.ma_clerks, at=at)


def open_accusation(qing: QingCounty, *, at: datetime = MONDAY_9AM) -> Case:
    """An accusation against the water bureau: restricted, its opener named."""
    report = receive(qing, text="水务局收费不开票。", nature=Nature.ACCUSATION, at=at).report
    changes = {"kind": Kind.LEAD, "nature": Nature.ACCUSATION, "is_restricted": True, "complained_unit": qing.water}
    return triaging.open_case(report, opening(qing, **changes), by=qing.ma_clerks, at=at)


def dispatch(qing: QingCounty, case: Case, *, at: datetime = MONDAY_9AM) -> Case:
    """The case goes to the water bureau."""
    return dispatching.dispatch(case, to=qing.water, by=qing.chen_dispatches, at=at)


def conclude(qing: QingCounty, case: Case, *, at: datetime = MONDAY_9AM) -> Case:
    """The water bureau says it is solved."""
    return handling.conclude(
        case, outcome=Outcome.SOLVED, public_reply="水管已更换，今天恢复供水。", by=qing.liu_handles_water, at=at
    )


def evaluate(case: Case, *, solved: Solved = Solved.YES, words: str = "", at: datetime = MONDAY_9AM) -> Case:
    """The resident answers by code and secret."""
    report = Report.objects.get(case=case)
    answer = Answer(solved=solved, words=words, report=report.pk)
    return closing.evaluate(case, answer, by=Resident(report.pk, case.pk), at=at)


def archive(qing: QingCounty, case: Case, *, at: datetime = MONDAY_9AM) -> Case:
    """The dispatcher files it."""
    return closing.archive(case, by=qing.chen_dispatches, at=at)
