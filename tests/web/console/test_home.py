"""What needs me now: true counts, each for the one who owes the act."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from fengqiao.cases.models import Case
from fengqiao.cases.queries import NEEDS
from fengqiao.cases.transitions import handling
from fengqiao.intake.transitions import triaging
from fengqiao.intake.workflow import DeclineReason
from fengqiao.people.actors import Resident
from fengqiao.people.models import Post
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn
from tests.web.console.preparing import prepared
from tests.written_anew import written_anew

QUERIES = 35  # mostly the posts, asked for anew by each scope: half a millisecond each, and never stale


def waiting(client: Client) -> dict[str, int]:
    """Read how many of each sort the page says are waiting."""
    page = client.get(reverse("console:home"))
    assert page.status_code == 200
    return {group.key: group.count for group in page.context["groups"]}


def late(qing: QingCounty, at: datetime) -> Case:
    return acts.dispatch(qing, acts.open_leak(qing, at=at - timedelta(days=40)), at=at - timedelta(days=40))


def for_step(verb: str) -> Callable[[QingCounty, datetime], Case]:
    return lambda qing, at: prepared(qing, verb, at)


def done_and_answered(qing: QingCounty, at: datetime) -> Case:
    return prepared(qing, "archive", at)


@pytest.mark.parametrize(
    ("key", "who", "prepare"),
    [
        ("late", "liu_handles_water", late),
        ("accept", "liu_handles_water", for_step("accept")),
        ("handle", "liu_handles_water", for_step("conclude")),
        ("dispatch", "chen_dispatches", for_step("dispatch")),
        ("designate", "wu_supervises", for_step("designate")),
        ("designate", "tang_supervises_above", for_step("designate")),
        ("decide", "chen_dispatches", for_step("reopen")),
        ("delay", "wu_supervises", for_step("approve_delay")),
        ("overdue", "wu_supervises", late),
        ("evaluate", "ma_clerks", for_step("evaluate")),
        ("archive", "chen_dispatches", done_and_answered),
        ("revisit", "ma_clerks", for_step("revisit")),
    ],
)
def test_each_thing_waits_for_the_one_who_owes_it(
    qing: QingCounty,
    sign_in: SignIn,
    today: datetime,
    key: str,
    who: str,
    prepare: Callable[[QingCounty, datetime], Case],
) -> None:
    case = prepare(qing, today)
    client = sign_in(getattr(qing, who))

    assert waiting(client)[key] == 1
    listed = client.get(reverse("console:cases"), {"waiting": key}).context["page"]
    assert ([row.number for row in listed.rows], listed.total) == ([case.number], 1)
    assert key not in waiting(sign_in(qing.zhao_handles_roads))
    assert key not in waiting(sign_in(qing.sun_dispatches_west))


def test_a_case_due_within_a_day_is_called_soon(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    case = acts.open_leak(qing, at=today, urgency="urgent")
    handling.accept(acts.dispatch(qing, case, at=today - timedelta(hours=1)), by=qing.liu_handles_water, at=today)

    assert waiting(sign_in(qing.liu_handles_water)) == {"soon": 1}


def test_reports_wait_for_triage_and_declined_ones_for_another_clerk(
    qing: QingCounty, sign_in: SignIn, today: datetime
) -> None:
    acts.receive(qing, at=today)
    declined = acts.receive(qing, at=today).report
    triaging.decline(declined, reason=DeclineReason.NO_CONTENT, route="请说明地点", by=qing.ma_clerks, at=today)
    triaging.ask_review(declined, by=Resident(declined.pk, None), at=today)

    assert waiting(sign_in(qing.zhou_clerks)) == {"triage": 1, "review": 1}
    assert waiting(sign_in(qing.ma_clerks)) == {"triage": 1}  # nobody reviews what they declined
    assert waiting(sign_in(qing.sun_dispatches_west)) == {}


def test_the_count_is_true_when_only_the_first_are_shown(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    for _ in range(7):
        acts.open_leak(qing, at=today)

    page = sign_in(qing.chen_dispatches).get(reverse("console:home"))

    group = page.context["groups"][0]
    assert (group.key, group.count, len(group.cases)) == ("dispatch", 7, 5)


def test_someone_without_a_post_is_told_whom_to_ask(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    page = sign_in(qing.deng_is_a_stranger).get(reverse("console:home"))

    assert page.status_code == 200
    assert sent.title not in page.content.decode()
    assert 'class="empty"' in page.content.decode()


def test_it_costs_the_same_however_much_waits(
    qing: QingCounty, sign_in: SignIn, today: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        acts.open_leak(qing, at=today)
        acts.receive(qing, at=today)
    client = sign_in(qing.chen_dispatches)

    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("console:home"))


def test_it_writes_no_statement_anew(qing: QingCounty, sign_in: SignIn, today: datetime) -> None:
    acts.receive(qing, at=today)
    for prepare in (late, for_step("dispatch"), for_step("evaluate")):
        prepare(qing, today)
    for user in (qing.ma_clerks, qing.chen_dispatches, qing.liu_handles_water):
        desk = sign_in(user)
        assert waiting(desk)

        with written_anew() as anew:
            waiting(desk)

        assert anew == [], user


def test_every_need_has_a_name_and_someone_who_owes_it() -> None:
    assert all(str(need.label) and need.roles for need in NEEDS.values())


def test_it_is_only_read(qing: QingCounty, sign_in: SignIn) -> None:
    assert sign_in(qing.ma_clerks).post(reverse("console:home")).status_code == 405


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [("shi_runs_the_system", "replies"), ("feng_secures", "new_person"), ("bai_audits", "audit")],
)
def test_an_administrator_finds_their_pages_and_no_list_of_cases(
    qing: QingCounty, sign_in: SignIn, who: str, leads_to: str
) -> None:
    page = sign_in(getattr(qing, who)).get(reverse("console:home")).content.decode()

    assert f'class="keep" href="{reverse(f"console:{leads_to}")}' in page
    assert f'href="{reverse("console:cases")}"' not in page


def test_what_is_late_in_an_area_does_not_wait_for_whoever_looks_on(
    qing: QingCounty, sign_in: SignIn, today: datetime
) -> None:
    late(qing, today)

    page = sign_in(qing.gao_leads).get(reverse("console:home"))

    assert [(group.key, group.count) for group in page.context["groups"]] == [("overdue", 1)]
    assert "等您处理" not in page.content.decode()


@pytest.mark.parametrize(("who", "offered"), [("qian_walks_the_grid", True), ("gao_leads", False)])
def test_whoever_takes_in_reports_is_offered_that_when_nothing_waits(
    qing: QingCounty, sign_in: SignIn, who: str, offered: bool
) -> None:
    page = sign_in(getattr(qing, who)).get(reverse("console:home")).content.decode()

    assert "没有等您处理的事" in page
    assert (f'<a class="btn btn-primary" href="{reverse("console:receive")}"' in page) == offered


def test_whoever_gives_posts_is_told_which_roles_nobody_holds(qing: QingCounty, sign_in: SignIn) -> None:
    desk, home = sign_in(qing.feng_secures), reverse("console:home")
    assert "还没有人担任" not in desk.get(home).content.decode()

    Post.objects.filter(role__in=["clerk", "handler"]).update(ends_on=localdate())
    assert "还没有人担任：受理员、承办人。" in desk.get(home).content.decode()
    assert "还没有人担任" not in sign_in(qing.bai_audits).get(home).content.decode()
