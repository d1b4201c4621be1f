import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling
from fengqiao.cases.transitions.taking import as_seen
from fengqiao.cases.vocabulary import Outcome
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Machine
from tests.cast import MONDAY_9AM, QingCounty


def test_silence_counts_as_acceptance_and_the_log_says_so(sent_leak: Case) -> None:
    case = handling.accept(sent_leak, by=Machine("silence counts as acceptance"), at=MONDAY_9AM)

    line = case.log.get(verb="accept")
    assert (line.actor, line.by, line.facts["rule"]) == ("machine", None, "silence counts as acceptance")


def test_public_words_and_internal_notes_stay_apart(qing: QingCounty, sent_leak: Case) -> None:
    handling.add_progress(sent_leak, public="明天换管", note="施工队王师傅", by=qing.liu_handles_water, at=MONDAY_9AM)

    line = sent_leak.log.get(verb="add_progress")
    assert (line.public, line.note) == ("明天换管", "施工队王师傅")
    assert list(sent_leak.log.public()) == [line]


def test_progress_without_words_is_refused(qing: QingCounty, sent_leak: Case) -> None:
    with pytest.raises(Refused, match="Write"):
        handling.add_progress(sent_leak, note="  ", by=qing.liu_handles_water, at=MONDAY_9AM)


def test_concluding_a_case_not_yet_accepted_logs_both(sent_leak: Case, done_leak: Case) -> None:
    verbs = [line.verb for line in done_leak.log.order_by("line")]

    assert verbs == ["open", "dispatch", "accept", "conclude"]


def test_a_refused_conclusion_does_not_leave_an_acceptance_behind(qing: QingCounty, sent_leak: Case) -> None:
    with pytest.raises(Refused):
        handling.conclude(
            sent_leak, outcome=Outcome.NOT_OURS, public_reply="不归我们管", by=qing.liu_handles_water, at=MONDAY_9AM
        )

    sent_leak.refresh_from_db()
    assert (sent_leak.status, sent_leak.line_count) == ("dispatched", 2)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_is_kept_apart(qing: QingCounty, sent_leak: Case, outcome: Outcome) -> None:
    case = handling.conclude(
        sent_leak, outcome=outcome, public_reply="答复", further="下一步", by=qing.liu_handles_water, at=MONDAY_9AM
    )

    assert Case.objects.filter(outcome=outcome).get() == case
    assert case.log.get(verb="conclude").facts["outcome"] == outcome


@pytest.mark.parametrize("outcome", [Outcome.CANNOT_NOW, Outcome.NOT_OURS, Outcome.NOT_SETTLED])
def test_an_outcome_that_settles_nothing_must_say_what_next(
    qing: QingCounty, sent_leak: Case, outcome: Outcome
) -> None:
    with pytest.raises(Refused, match="Say"):
        handling.conclude(sent_leak, outcome=outcome, public_reply="答复", by=qing.liu_handles_water, at=MONDAY_9AM)


def test_a_conclusion_without_a_reply_is_refused(qing: QingCounty, sent_leak: Case) -> None:
    with pytest.raises(Refused, match="reply"):
        handling.conclude(sent_leak, outcome=Outcome.SOLVED, public_reply=" ", by=qing.liu_handles_water, at=MONDAY_9AM)


def test_the_resident_reads_the_plan_with_the_reply(qing: QingCounty, sent_leak: Case) -> None:
    case = handling.conclude(
        sent_leak, outcome=Outcome.CANNOT_NOW, public_reply="今年没有资金", further="已列入明年四月的计划",
        by=qing.liu_handles_water, at=MONDAY_9AM,
    )  # fmt: skip

    assert case.public_reply == "今年没有资金\n\n已列入明年四月的计划"


def test_a_form_opened_before_the_last_line_is_stale(qing: QingCounty, sent_leak: Case) -> None:
    handling.add_note(sent_leak, note="先来的", by=qing.chen_dispatches, at=MONDAY_9AM)

    with pytest.raises(Refused, match="changed while"), as_seen(sent_leak, sent_leak.line_count):
        handling.accept(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM)
    assert not sent_leak.log.filter(verb="accept").exists()
