"""A rehearsal says what would happen and leaves nothing behind."""

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import dispatching
from fengqiao.desk.rehearsal import rehearse
from tests.cast import MONDAY_9AM, QingCounty


def trace(case: Case) -> tuple[object, ...]:
    case.refresh_from_db()
    return case.status, case.lead, case.line_count, case.last_digest, case.log.count(), case.clocks.count()


def test_what_would_be_done_is_taken_back(qing: QingCounty, leak: Case) -> None:
    before = trace(leak)

    verdict = rehearse(lambda: dispatching.dispatch(leak, to=qing.water, by=qing.chen_dispatches, at=MONDAY_9AM))

    assert verdict
    assert trace(leak) == before


def test_what_would_be_refused_is_refused_in_the_words_of_the_step(qing: QingCounty, leak: Case) -> None:
    before = trace(leak)

    verdict = rehearse(lambda: dispatching.dispatch(leak, to=qing.water, by=qing.sun_dispatches_west, at=MONDAY_9AM))

    assert not verdict
    assert verdict.reason == "此事项不在您负责的区域内。"
    assert trace(leak) == before
