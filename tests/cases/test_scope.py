"""What someone cannot see does not exist: one predicate for lists, counts, details and searches."""

from datetime import timedelta

import pytest

from fengqiao.cases.models import Case, NamedViewer
from fengqiao.cases.transitions import dispatching, opening
from fengqiao.people.models import Role, User
from fengqiao.places.models.region import Level
from tests import acts, cast
from tests.cases import steps
from tests.cast import MONDAY_9AM, QingCounty
from tests.waiting import waiting_on


def sees(qing: QingCounty, who: str) -> set[Case]:
    """Collect what a person sees that Monday."""
    found = Case.objects.visible_to(getattr(qing, who), MONDAY_9AM)
    assert found.count() == len(found) == len(set(found))
    return set(found)


def waits(user: User) -> list[Case]:
    """List what waits for someone to dispatch it that Monday."""
    return waiting_on("dispatch", user, MONDAY_9AM)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("ma_clerks", True),
        ("chen_dispatches", True),
        ("chen_dispatches_east", True),
        ("sun_dispatches_west", False),
        ("liu_handles_water", True),
        ("zhao_handles_roads", False),
        ("han_handles_east", False),
        ("wu_supervises", True),
        ("tang_supervises_above", True),
        ("gao_leads", True),
        ("qian_walks_the_grid", False),  # the case lies in the village, not in the grid
        ("bai_audits", False),
        ("deng_is_a_stranger", False),
    ],
)
def test_who_sees_a_case_in_willow_village_that_the_water_bureau_has(
    qing: QingCounty, sent_leak: Case, who: str, seen: bool
) -> None:
    assert sees(qing, who) == ({sent_leak} if seen else set())


def test_a_grid_worker_sees_what_lies_in_the_grid(qing: QingCounty) -> None:
    case = acts.open_leak(qing, region=qing.grid)

    assert sees(qing, "qian_walks_the_grid") == {case}


def test_an_assisting_unit_sees_the_case_once(qing: QingCounty, leak: Case) -> None:
    assist = [qing.roads, qing.east_office]
    case = dispatching.dispatch(leak, to=qing.water, assist=assist, by=qing.chen_dispatches, at=MONDAY_9AM)
    cast.hold(qing.zhao_handles_roads, Role.CLERK, qing.root, qing.roads)

    assert sees(qing, "zhao_handles_roads") == {case}
    assert sees(qing, "ma_clerks") == {case}


def test_a_unit_that_lost_the_case_to_another_no_longer_sees_it(qing: QingCounty) -> None:
    case = dispatching.designate(steps.objected(qing), to=qing.roads, by=qing.wu_supervises, at=MONDAY_9AM)

    assert sees(qing, "zhao_handles_roads") == {case}
    assert sees(qing, "liu_handles_water") == set()


def test_a_post_counts_from_its_first_day_to_the_day_before_its_end(qing: QingCounty, leak: Case) -> None:
    qing.ma_clerks.posts.update(starts_on=MONDAY_9AM.date(), ends_on=MONDAY_9AM.date() + timedelta(days=1))

    assert Case.objects.visible_to(qing.ma_clerks, MONDAY_9AM).exists()
    assert not Case.objects.visible_to(qing.ma_clerks, MONDAY_9AM - timedelta(days=1)).exists()
    assert not Case.objects.visible_to(qing.ma_clerks, MONDAY_9AM + timedelta(days=1)).exists()


def test_someone_who_left_sees_nothing(qing: QingCounty, leak: Case) -> None:
    qing.ma_clerks.is_active = False

    assert sees(qing, "ma_clerks") == set()


def test_a_role_nobody_thought_of_reaches_nothing(qing: QingCounty, leak: Case) -> None:
    qing.ma_clerks.posts.update(role="astrologer")

    assert sees(qing, "ma_clerks") == set()


def test_a_region_whose_code_merely_begins_alike_is_another_region(qing: QingCounty, leak: Case) -> None:
    twin = cast.place("6299011", "清县新区", Level.COUNTY, qing.prefecture, county="629901")
    qing.sun_dispatches_west.posts.update(region=twin)

    assert sees(qing, "sun_dispatches_west") == set()


def test_a_restricted_case_exists_for_the_people_named_only(qing: QingCounty) -> None:
    case = steps.restricted(qing)

    assert sees(qing, "ma_clerks") == {case}
    for who in ("zhou_clerks", "chen_dispatches", "wu_supervises", "gao_leads", "tang_supervises_above"):
        assert sees(qing, who) == set()


def test_being_named_opens_it(qing: QingCounty) -> None:
    case = steps.restricted(qing)
    opening.name_viewer(case, qing.zhao_handles_roads, reason="承办", by=qing.ma_clerks, at=MONDAY_9AM)

    assert sees(qing, "zhao_handles_roads") == {case}


def test_a_post_in_the_unit_complained_of_closes_it_even_to_the_opener(qing: QingCounty) -> None:
    steps.restricted(qing)
    cast.hold(qing.ma_clerks, Role.HANDLER, qing.root, qing.water)

    assert sees(qing, "ma_clerks") == set()


def test_such_a_post_closes_what_waits_too(qing: QingCounty) -> None:
    """A count goes by the posts that owe the act; whom the case bars goes by all of them."""
    case = steps.named(qing)
    assert waits(qing.chen_dispatches) == [case]
    cast.hold(qing.chen_dispatches, Role.HANDLER, qing.root, qing.water)

    assert waits(qing.chen_dispatches) == []


def test_an_administrator_who_is_named_still_sees_no_case(qing: QingCounty) -> None:
    case = steps.restricted(qing)
    facts = {"reason": "误填", "named_by": qing.ma_clerks, "named_at": MONDAY_9AM}
    NamedViewer.objects.create(county=case.county, case=case, user=qing.bai_audits, **facts)  # no step would do it

    assert sees(qing, "bai_audits") == set()


def test_in_region_takes_the_place_and_all_below_it(qing: QingCounty, leak: Case) -> None:
    assert list(Case.objects.in_region(qing.east)) == [leak]
    assert list(Case.objects.in_region(qing.willow)) == [leak]
    assert not Case.objects.in_region(qing.west)
