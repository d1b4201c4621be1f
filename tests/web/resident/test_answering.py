import pytest
from django.test import Client
from django.utils.timezone import now

from fengqiao.cases.models import Case, Evaluation, ReopenRequest, Stage
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import triaging
from fengqiao.intake.transitions.receiving import Receipt
from fengqiao.intake.workflow import DeclineReason
from tests import acts
from tests.cast import QingCounty, set_clock

ANSWER = {"contacted": "yes", "solved": "yes", "satisfied": "very", "words": "水来了，谢谢。"}


@pytest.fixture
def concluded(qing: QingCounty, report: Report) -> Case:
    """The bureau says that the pipe is mended."""
    case = triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=now())
    acts.dispatch(qing, case, at=now())
    return acts.conclude(qing, case, at=now())


@pytest.fixture
def declined(qing: QingCounty, report: Report) -> Report:
    """The clerk does not take the report up."""
    return triaging.decline(
        report, reason=DeclineReason.NOT_PUBLIC_DUTY, route="请找司法所咨询。", by=qing.ma_clerks, at=now()
    )


def test_a_resident_evaluates_what_is_concluded(bearer: Client, report: Report, concluded: Case) -> None:
    assert bearer.get(f"/track/{report.code}/evaluate/").status_code == 200
    answered = bearer.post(f"/track/{report.code}/evaluate/", ANSWER)

    assert answered["Location"] == f"/track/{report.code}/"
    evaluation = Evaluation.objects.get(case=concluded)
    assert (evaluation.contacted, evaluation.solved, evaluation.satisfied) == (True, "yes", "very")
    assert (evaluation.channel, evaluation.by) == ("code", None)


def test_not_solved_asks_for_reopening(bearer: Client, report: Report, concluded: Case) -> None:
    bearer.post(f"/track/{report.code}/evaluate/", {"solved": "no", "words": "只修了一半。"})

    assert ReopenRequest.objects.get(case=concluded).words == "只修了一半。"


def test_the_pages_promise_a_decision_when_the_rules_say(bearer: Client, report: Report, concluded: Case) -> None:
    set_clock(Stage.DECIDE, 2)
    address = f"/track/{report.code}/reopen/"

    assert "中心会在 2 个工作日内决定" in bearer.get(f"/track/{report.code}/evaluate/").content.decode()
    assert "不由办理单位决定，2 个工作日内答复" in bearer.get(address).content.decode()
    assert "2 个工作日内由中心" in bearer.post(address, {"words": "只修了一半。"}, follow=True).content.decode()


def test_whoever_comes_before_there_is_a_matter_reads_whole_sentences(bearer: Client, report: Report) -> None:
    for page in ("evaluate", "reopen"):
        assert "1 个工作日内" in bearer.get(f"/track/{report.code}/{page}/").content.decode(), page


def test_answering_twice_says_so_and_keeps_the_words(bearer: Client, report: Report, concluded: Case) -> None:
    bearer.post(f"/track/{report.code}/evaluate/", ANSWER)
    page = bearer.post(f"/track/{report.code}/evaluate/", ANSWER)

    assert page.status_code == 422
    assert ANSWER["words"] in page.content.decode()
    assert Evaluation.objects.count() == 1


def test_without_the_secret_nobody_answers(client: Client, report: Report, concluded: Case) -> None:
    assert client.get(f"/track/{report.code}/evaluate/")["Location"] == f"/track/{report.code}/"
    page = client.post(f"/track/{report.code}/evaluate/", ANSWER)

    assert page.status_code == 422
    assert not Evaluation.objects.exists()


def test_after_the_half_hour_the_secret_is_asked_once_more_and_the_words_are_kept(
    client: Client, receipt: Receipt, concluded: Case
) -> None:
    address = f"/track/{receipt.report.code}/evaluate/"
    page = client.post(address, ANSWER)
    assert ANSWER["words"] in page.content.decode()
    assert 'name="secret"' in page.content.decode()

    assert client.post(address, ANSWER | {"secret": receipt.secret}).status_code == 302
    assert Evaluation.objects.count() == 1


def test_a_wrong_secret_sent_with_an_answer_counts_as_a_try(client: Client, receipt: Receipt, concluded: Case) -> None:
    wrong = "0" + receipt.secret[1:] if receipt.secret[0] != "0" else "1" + receipt.secret[1:]
    page = client.post(f"/track/{receipt.report.code}/evaluate/", ANSWER | {"secret": wrong})

    assert page.status_code == 422
    receipt.report.refresh_from_db()
    assert receipt.report.secret_tries == 1


def test_an_answer_without_its_main_question_is_asked_again(bearer: Client, report: Report, concluded: Case) -> None:
    page = bearer.post(f"/track/{report.code}/evaluate/", {"words": "说不清"})

    assert page.context["form"].errors.keys() == {"solved"}
    assert "说不清" in page.content.decode()


def test_over_long_words_are_refused_and_kept(bearer: Client, report: Report, concluded: Case) -> None:
    words = "长" * 2_001
    page = bearer.post(f"/track/{report.code}/evaluate/", ANSWER | {"words": words})

    assert page.status_code == 422
    assert words in page.content.decode()


def test_a_case_that_is_not_concluded_cannot_be_evaluated(bearer: Client, qing: QingCounty, report: Report) -> None:
    triaging.open_case(report, acts.opening(qing), by=qing.ma_clerks, at=now())
    page = bearer.post(f"/track/{report.code}/evaluate/", ANSWER)

    assert page.status_code == 422
    assert ANSWER["words"] in page.content.decode()


def test_a_report_without_a_case_has_nothing_to_evaluate(bearer: Client, report: Report) -> None:
    assert bearer.post(f"/track/{report.code}/evaluate/", ANSWER).status_code == 404


def test_a_resident_asks_to_reopen(bearer: Client, report: Report, concluded: Case) -> None:
    asked = bearer.post(f"/track/{report.code}/reopen/", {"words": "又漏了。"})

    assert asked.status_code == 302
    assert ReopenRequest.objects.get(case=concluded).words == "又漏了。"
    assert bearer.get(f"/track/{report.code}/").context["doors"].reopen is None


def test_asking_to_reopen_needs_a_reason(bearer: Client, report: Report, concluded: Case) -> None:
    assert bearer.post(f"/track/{report.code}/reopen/", {"words": "  "}).status_code == 422


def test_asking_twice_says_that_it_waits(bearer: Client, report: Report, concluded: Case) -> None:
    bearer.post(f"/track/{report.code}/reopen/", {"words": "又漏了。"})

    assert bearer.post(f"/track/{report.code}/reopen/", {"words": "还在漏。"}).status_code == 422


def test_a_declined_report_is_reviewed_on_request_once(bearer: Client, declined: Report) -> None:
    assert bearer.get(f"/track/{declined.code}/").context["doors"].review
    assert bearer.post(f"/track/{declined.code}/review/").status_code == 302
    declined.refresh_from_db()
    assert declined.status == "in_review"
    assert bearer.post(f"/track/{declined.code}/review/").status_code == 422


@pytest.mark.parametrize("page", ["evaluate", "reopen", "review"])
def test_only_reading_and_sending_are_understood(client: Client, report: Report, page: str) -> None:
    assert client.delete(f"/track/{report.code}/{page}/").status_code == 405
    assert client.get(f"/track/QX22222222Z/{page}/").status_code == 404
