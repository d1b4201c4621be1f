"""Two administrators at once, or one against a step: nobody is left without a unit, a place or an auditor."""

from datetime import date, timedelta
from functools import partial

import pytest

from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.transitions import dispatching, succeeding
from fengqiao.jobs import resettling, succession
from fengqiao.oversight import transitions as notices
from fengqiao.oversight.models import Notice
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.people.transitions import accounts, posts
from fengqiao.places.models import Region
from fengqiao.places.models.region import Kind, Level
from fengqiao.playbooks.redrawing import acts as redrawing
from fengqiao.playbooks.redrawing.acts import Change
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QING, QingCounty
from tests.together.hands import together
from tests.together.whole import faults_of, faults_of_the_worker

pytestmark = pytest.mark.django_db(transaction=True)
TODAY: date = MONDAY_9AM.date()


def close(unit: Unit, qing: QingCounty, *, heir: Unit | None, by: User | None = None) -> Unit:
    """Close a unit from today on."""
    by = by or qing.shi_runs_the_system
    return succeeding.close_unit(unit, on=TODAY, successor=heir, by=by, at=MONDAY_9AM)


@pytest.mark.parametrize("first", ["dispatch", "close"])
def test_no_case_is_sent_to_a_unit_that_closes_without_a_successor(qing: QingCounty, first: str) -> None:
    case = acts.open_leak(qing)
    send = partial(dispatching.dispatch, case, to=qing.roads, by=qing.chen_dispatches, at=MONDAY_9AM)
    shut = partial(close, qing.roads, qing, heir=None)

    told = together(*((send, shut) if first == "dispatch" else (shut, send)), held=qing.roads, in_order=True)

    assert [each.won for each in told] == [True, False] and told[1].words, told
    case = Case.objects.select_related("lead").get(pk=case.pk)
    assert case.lead is None or case.lead.is_open_on(TODAY)
    assert faults_of(case) == []


def test_two_units_do_not_close_for_one_another(qing: QingCounty) -> None:
    ways = [(qing.water, qing.roads), (qing.roads, qing.water)]

    hands = [partial(close, unit, qing, heir=heir) for unit, heir in ways]
    told = together(*hands, held=qing.shi_runs_the_system, in_order=True)  # whom both name when they are done

    assert [each.won for each in told] == [True, False] and told[1].words, told
    assert not Unit.objects.get(pk=qing.water.pk).is_open_on(TODAY)
    assert Unit.objects.get(pk=qing.roads.pk).is_open_on(TODAY)


@pytest.mark.parametrize("way", ["posts", "accounts"])
def test_the_last_auditor_stays_when_both_are_let_go_at_once(qing: QingCounty, way: str) -> None:
    second = cast.person("second_audits", "白二", Role.AUDIT_ADMIN, qing.root, qing.centre)
    by = qing.feng_secures

    def let_go(person: User) -> object:
        if way == "accounts":
            return accounts.deactivate(person, by=by, at=MONDAY_9AM)
        return posts.end_post(Post.objects.get(user=person), on=TODAY, by=by, at=MONDAY_9AM)

    told = together(partial(let_go, qing.bai_audits), partial(let_go, second), held=by, in_order=True)

    assert [each.won for each in told] == [True, False] and told[1].words, told
    left = Post.objects.held_on(TODAY).filter(role=Role.AUDIT_ADMIN, county=QING, user__is_active=True)
    assert left.count() == 1


def test_two_villages_are_not_closed_for_one_another(qing: QingCounty) -> None:
    poplar = cast.place(f"{QING}101202", "白杨村委会", Level.VILLAGE, qing.east, kind=Kind.VILLAGE_COMMITTEE)
    elm = cast.place(f"{QING}101203", "榆树村委会", Level.VILLAGE, qing.east, kind=Kind.VILLAGE_COMMITTEE)
    change = Change(TODAY, qing.shi_runs_the_system, MONDAY_9AM)
    ways = [(poplar, elm), (elm, poplar)]

    told = together(*(partial(redrawing.close, [gone], into, change) for gone, into in ways), held=poplar)

    assert sorted(each.won for each in told) == [False, True] and not any(each.fault for each in told), told
    assert Region.objects.filter(pk__in=[poplar.pk, elm.pk], valid_to=None).count() == 1


@pytest.mark.parametrize("carry_on", [succession.carry_on, resettling.carry_on])
def test_two_workers_let_a_case_go_along_once(qing: QingCounty, carry_on: object) -> None:
    cases = [steps.handling_(qing) for _ in range(3)]
    close(qing.water, qing, heir=qing.roads)
    redrawing.move(qing.willow, qing.west, Change(TODAY, qing.shi_runs_the_system, MONDAY_9AM))
    assert callable(carry_on)
    at = MONDAY_9AM + timedelta(minutes=1)

    told = together(partial(carry_on, at), partial(carry_on, at), held=cases[0])

    assert [each.fault for each in told] == [None, None]
    assert sum(int(str(each.given)) for each in told) == len(cases)
    assert CaseLog.objects.filter(verb="repoint").count() == len(cases)
    assert [fault for case in cases for fault in faults_of(case)] + faults_of_the_worker() == []


def test_of_two_who_open_a_case_the_first_has_seen_the_notice(qing: QingCounty) -> None:
    case = steps.dispatched(qing)
    second = cast.person("second_handles_water", "刘二", Role.HANDLER, qing.root, qing.water)
    line = case.log.get(verb="dispatch")
    notice = Notice(county=QING, unit=qing.water, role=Role.HANDLER, case=case, line=line, kind=Notice.Kind.DISPATCHED)
    notice.made_at = notice.visible_from = MONDAY_9AM
    notice.save()
    people = [qing.liu_handles_water, second]

    told = together(*(partial(notices.see_case, case, by=by, at=MONDAY_9AM) for by in people))

    assert sorted(int(str(each.given)) for each in told) == [0, 1], told
