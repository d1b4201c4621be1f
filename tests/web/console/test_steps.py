"""Taking a step on the case page: done, refused, stale, pressed twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling
from fengqiao.cases.workflow import Status
from fengqiao.web.console.steps import ACTS
from tests import neighbours
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn
from tests.web.console.preparing import prepared

HTMX = {"HX-Request": "true"}
REPLY = "水管已更换，今天恢复供水。"


def take(client: Client, case: Case, verb: str, *, seen: int | None = None, htmx: bool = False, **answers: Any) -> Any:
    case.refresh_from_db()
    data = {"seen": case.line_count if seen is None else seen, **answers}
    return client.post(reverse("console:step", args=[case.number, verb]), data, headers=HTMX if htmx else {})


def stored(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


ANSWERS: list[tuple[str, str, dict[str, Any]]] = [
    ("dispatch", "chen_dispatches", {"to": "water", "note": "请今天联系"}),
    ("accept", "liu_handles_water", {}),
    ("object", "liu_handles_water", {"reason": "not_our_duty", "basis": "《公路法》第八条", "names": "roads"}),
    ("designate", "wu_supervises", {"to": "roads", "note": "以现场为准"}),
    ("add_progress", "liu_handles_water", {"public": "已到现场", "note": ""}),
    ("assign", "liu_handles_water", {"to": "liu_handles_water", "note": "请跟进"}),
    ("accept_assist", "han_handles_east", {}),
    ("finish_assist", "han_handles_east", {"note": "路障已清"}),
    ("add_note", "chen_dispatches", {"note": "与村里核对过"}),
    ("undo_note", "liu_handles_water", {}),
    ("supervise", "wu_supervises", {"note": "请今天到场"}),
    ("conclude", "liu_handles_water", {"outcome": "cannot_now", "public_reply": REPLY, "further": "十二月十日前更换"}),
    ("correct", "ma_clerks", {"kind": "hazard", "urgency": "ordinary", "region": "west", "reason": "在西镇"}),
    ("mediate", "chen_dispatches", {"to": "water", "type": "land", "source": "police", "story": "争埂", "people": 2}),
    ("ask_assistants", "liu_handles_water", {"assist": "roads", "note": "请协助封路"}),
    ("raise_up", "liu_handles_water", {"reason": "主管网归市里管"}),
    ("hand_on", "liu_handles_water", {"to": neighbours.BAI, "reason": "水管在白县境内"}),
    ("ask_withdraw", "ma_clerks", {"report": "its report", "words": "邻居帮忙修好了"}),
    ("ask_extension", "liu_handles_water", {"more": "3", "reason": "等新水管"}),
    ("ask_pause", "liu_handles_water", {"until": str(localdate() + timedelta(days=5)), "reason": "等新水管"}),
    ("approve_delay", "wu_supervises", {"note": "已核实", "may_ask_again": "on"}),
    ("refuse_delay", "wu_supervises", {"reason": "库存里有水管"}),
    ("resume", "liu_handles_water", {"note": "水管到了"}),
    ("evaluate", "ma_clerks", {"channel": "call", "contacted": "yes", "solved": "yes", "satisfied": "very"}),
    ("archive", "chen_dispatches", {}),
    ("revisit", "ma_clerks", {"channel": "call", "solved": "yes", "words": "一直正常"}),
    ("ask_reopen", "ma_clerks", {"words": "又停水了"}),
    ("reopen", "chen_dispatches", {"note": "理由成立"}),
    ("refuse_reopen", "chen_dispatches", {"reason": "已复核", "other_road": "可申请复查"}),
    ("name_viewer", "ma_clerks", {"person": "chen_dispatches", "reason": "由其分办"}),
    ("unname_viewer", "ma_clerks", {"person": "chen_dispatches", "reason": "已调离"}),
]


@pytest.mark.parametrize(("verb", "who", "answers"), ANSWERS, ids=[verb for verb, *_ in ANSWERS])
def test_every_step_can_be_taken_from_its_form(
    qing: QingCounty, sign_in: SignIn, today: datetime, verb: str, who: str, answers: dict[str, Any]
) -> None:
    neighbours.build(qing)
    case = prepared(qing, verb, today)
    answers = {name: case.reports.get().code if value == "its report" else value for name, value in answers.items()}
    typed = {name: getattr(getattr(qing, str(value), None), "pk", value) for name, value in answers.items()}
    client = sign_in(getattr(qing, who))
    client.post(reverse("console:look", args=[case.number]), {"reason": "step"})
    form = client.get(reverse("console:case", args=[case.number]), {"step": verb}).content.decode()
    before = stored(case).line_count

    answer = take(client, case, verb, **typed)

    assert reverse("console:step", args=[case.number, verb]) in form
    assert answer.status_code == 302
    line = case.log.get(line=before + 1)
    assert (line.verb, line.by) == (verb, getattr(qing, who))


def test_there_is_a_form_for_every_row_of_the_table_above() -> None:
    assert {verb for verb, *_ in ANSWERS} == set(ACTS)


def test_htmx_gets_the_case_as_it_now_stands(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    answer = take(sign_in(qing.liu_handles_water), sent, "accept", htmx=True)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert str(Status.HANDLING.label) in page
    assert answer.headers["HX-Replace-Url"] == reverse("console:case", args=[sent.number])


def test_a_bad_form_keeps_what_was_typed(qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime) -> None:
    handling.accept(sent, by=qing.liu_handles_water, at=today)

    answer = take(sign_in(qing.liu_handles_water), sent, "conclude", public_reply=REPLY)

    assert answer.status_code == 422
    assert REPLY in answer.content.decode()
    assert stored(sent).status == Status.HANDLING


def test_a_refusal_stands_beside_the_form_with_what_was_typed(
    qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime
) -> None:
    handling.accept(sent, by=qing.liu_handles_water, at=today)

    answer = take(
        sign_in(qing.liu_handles_water), sent, "conclude", outcome="cannot_now", public_reply=REPLY, htmx=True
    )

    assert answer.status_code == 422 and "HX-Replace-Url" not in answer.headers
    assert REPLY in answer.content.decode()
    assert "error-summary" in answer.content.decode()


def test_a_stale_form_is_refused_and_keeps_what_was_typed(
    qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime
) -> None:
    seen = sent.line_count
    handling.add_note(sent, note="刚刚补充", by=qing.chen_dispatches, at=today)

    answer = take(sign_in(qing.liu_handles_water), sent, "add_progress", seen=seen, public="已派人去看")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已派人去看" in page
    assert "刚刚补充" in page
    assert f'name="seen" value="{stored(sent).line_count}"' in page
    assert not sent.log.filter(verb="add_progress").exists()


def test_sent_again_after_reading_it_goes_through(
    qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime
) -> None:
    client = sign_in(qing.liu_handles_water)
    take(client, sent, "add_progress", seen=1, public="已派人去看")

    assert take(client, sent, "add_progress", public="已派人去看").status_code == 302


@pytest.mark.parametrize("seen", ["", "-1", "abc", "９", "99999999999999"])
def test_a_form_without_a_sensible_mark_counts_as_stale(
    qing: QingCounty, sign_in: SignIn, sent: Case, seen: str
) -> None:
    client = sign_in(qing.liu_handles_water)

    answer = client.post(reverse("console:step", args=[sent.number, "accept"]), {"seen": seen})

    assert answer.status_code == 422
    assert stored(sent).status == Status.DISPATCHED


def test_a_button_pressed_twice_takes_the_step_once(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    client, seen = sign_in(qing.liu_handles_water), sent.line_count

    first = take(client, sent, "accept", seen=seen)
    second = take(client, sent, "accept", seen=seen)

    assert (first.status_code, second.status_code) == (302, 302)
    assert sent.log.filter(verb="accept").count() == 1


def test_a_second_note_from_an_old_page_is_not_swallowed(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    client, seen = sign_in(qing.liu_handles_water), sent.line_count
    take(client, sent, "add_note", seen=seen, note="先联系施工队")

    answer = take(client, sent, "add_note", seen=seen, note="再联系村委会")

    assert answer.status_code == 422
    assert "再联系村委会" in answer.content.decode()


def test_a_step_out_of_order_is_refused(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    answer = take(sign_in(qing.chen_dispatches), sent, "dispatch", to=qing.roads.pk)

    assert answer.status_code == 422
    assert stored(sent).lead == qing.water


def test_a_unit_that_closed_is_refused_by_name(
    qing: QingCounty, sign_in: SignIn, new_leak: Case, today: datetime
) -> None:
    qing.roads.valid_to = today.date() - timedelta(days=1)
    qing.roads.save()

    answer = take(sign_in(qing.chen_dispatches), new_leak, "dispatch", to=qing.roads.pk, note="请今天联系")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert qing.roads.name in page
    assert "请今天联系" in page
    assert stored(new_leak).lead is None


def test_words_that_are_too_many_are_counted_not_cut(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    long = "水" * 5_003

    answer = take(sign_in(qing.liu_handles_water), sent, "add_progress", public=long)

    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert "maxlength" not in answer.content.decode()


def test_one_who_may_not_take_it_is_told_why(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    answer = take(sign_in(qing.chen_dispatches), sent, "accept")

    assert answer.status_code == 422
    assert stored(sent).status == Status.DISPATCHED


def test_a_stranger_finds_no_case_to_take_a_step_on(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    assert take(sign_in(qing.zhao_handles_roads), sent, "accept").status_code == 404


def test_a_step_is_posted(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    address = reverse("console:step", args=[sent.number, "accept"])

    assert sign_in(qing.liu_handles_water).get(address).status_code == 405


def test_there_are_no_other_steps(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    assert take(sign_in(qing.liu_handles_water), sent, "plan_revisit").status_code == 404


def test_a_case_that_leaves_ones_sight_leads_back_to_the_list(
    qing: QingCounty, sign_in: SignIn, today: datetime
) -> None:
    case = prepared(qing, "designate", today)
    # The objector names roads; the supervisor designates roads; the case is gone for water but not for the supervisor.
    answer = take(sign_in(qing.wu_supervises), case, "designate", to=qing.roads.pk)

    assert answer.headers["Location"] == reverse("console:case", args=[case.number])
    assert sign_in(qing.liu_handles_water).get(answer.headers["Location"]).status_code == 404
