"""Posts: rights follow from them, so who gives what to whom is fenced, and what was held stays on record."""

from datetime import date, timedelta

import pytest

from fengqiao.cases.models import Case
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import ADMINISTRATORS, Post, Role, StaffLog, User
from fengqiao.people.transitions.posts import Holding, end_post, give_post
from fengqiao.places.models import Region
from tests.cast import MONDAY_9AM, QingCounty, hold

TODAY = MONDAY_9AM.date()
DAY = timedelta(days=1)


def what(qing: QingCounty, **changes: object) -> Holding:
    said: dict[str, object] = {"role": Role.CLERK, "region": qing.root, "unit": qing.centre, "starts_on": TODAY}
    return Holding(**(said | changes))  # type: ignore[arg-type]


def give(qing: QingCounty, to: User, by: User | None = None, **changes: object) -> Post:
    return give_post(to, what(qing, **changes), by=by or qing.feng_secures, at=MONDAY_9AM)


def test_a_post_opens_the_cases_of_its_area_from_its_first_day(qing: QingCounty, leak: Case) -> None:
    deng = qing.deng_is_a_stranger

    post = give(qing, deng, starts_on=TODAY + DAY)

    assert not Case.objects.visible_to(deng, MONDAY_9AM).exists()
    assert Case.objects.visible_to(deng, MONDAY_9AM + DAY).exists()
    line = StaffLog.objects.get()
    assert (line.act, line.by, line.about, line.unit) == ("gave_post", qing.feng_secures, deng, post.unit)
    assert line.facts == {"role": "clerk", "unit": "清县综治中心", "region": "清县", "from": "2026-03-03"}


def test_a_post_knows_where_its_unit_sits_also_where_it_answers_for_another_area(qing: QingCounty) -> None:
    here = give(qing, qing.deng_is_a_stranger)
    over_east = give(qing, qing.deng_is_a_stranger, region=qing.east)

    assert (here.seat, over_east.seat) == (qing.root, qing.root)


@pytest.mark.parametrize("who", ["shi_runs_the_system", "bai_audits", "wu_supervises"])
def test_only_the_security_administrator_gives_posts(qing: QingCounty, who: str) -> None:
    with pytest.raises(Refused):
        give(qing, qing.deng_is_a_stranger, by=getattr(qing, who))
    assert not StaffLog.objects.exists()


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.AUDIT_ADMIN])
def test_nobody_gives_themselves_a_post(qing: QingCounty, role: Role) -> None:
    with pytest.raises(Refused):
        give(qing, qing.feng_secures, role=role)


@pytest.mark.parametrize("held", ADMINISTRATORS)
@pytest.mark.parametrize("role", [*ADMINISTRATORS, Role.CLERK, Role.LEADER])
def test_an_administrator_holds_no_other_role(qing: QingCounty, held: Role, role: Role) -> None:
    hold(qing.deng_is_a_stranger, held, qing.root, qing.centre)
    if held == role:
        give(qing, qing.deng_is_a_stranger, role=role, unit=qing.east_office)
        return
    with pytest.raises(Refused):
        give(qing, qing.deng_is_a_stranger, role=role)


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_who_works_on_cases_becomes_an_administrator_only_after_it_ended(qing: QingCounty, role: Role) -> None:
    with pytest.raises(Refused, match="马晓兰"):
        give(qing, qing.ma_clerks, role=role)

    end_post(qing.ma_clerks.posts.get(), on=TODAY + DAY, by=qing.feng_secures, at=MONDAY_9AM)
    with pytest.raises(Refused):
        give(qing, qing.ma_clerks, role=role)
    give(qing, qing.ma_clerks, role=role, starts_on=TODAY + DAY)


def test_ordinary_roles_go_together(qing: QingCounty) -> None:
    give(qing, qing.ma_clerks, role=Role.DISPATCHER)

    assert qing.ma_clerks.posts.held_on(TODAY).count() == 2


def test_the_same_post_is_not_given_twice(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        give(qing, qing.ma_clerks)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [(TODAY - DAY, None), (TODAY, TODAY), (TODAY + DAY, TODAY)], ids=["past", "none", "back"]
)
def test_days_that_make_no_sense_are_refused(qing: QingCounty, starts_on: date, ends_on: date | None) -> None:
    with pytest.raises(Refused):
        give(qing, qing.deng_is_a_stranger, starts_on=starts_on, ends_on=ends_on)


def test_places_of_another_county_and_closed_ones_are_refused(qing: QingCounty) -> None:
    for changes in ({"region": qing.prefecture}, {"unit": qing.centre_above}):
        with pytest.raises(Refused):
            give(qing, qing.deng_is_a_stranger, **changes)
    Region.objects.filter(pk=qing.west.pk).update(valid_to=TODAY)
    qing.west.refresh_from_db()
    with pytest.raises(Refused, match="西镇"):
        give(qing, qing.deng_is_a_stranger, region=qing.west)


def test_an_ended_post_stays_as_a_row_and_gives_nothing(qing: QingCounty, leak: Case) -> None:
    post = qing.ma_clerks.posts.get()

    end_post(post, on=TODAY, by=qing.feng_secures, at=MONDAY_9AM)

    post.refresh_from_db()
    assert post.ends_on == TODAY
    assert not Case.objects.visible_to(qing.ma_clerks, MONDAY_9AM).exists()
    assert StaffLog.objects.get().act == "ended_post"
    with pytest.raises(Refused):
        end_post(post, on=TODAY + DAY, by=qing.feng_secures, at=MONDAY_9AM)


def test_a_post_given_by_mistake_ends_the_day_it_began(qing: QingCounty) -> None:
    post = give(qing, qing.deng_is_a_stranger)

    end_post(post, on=TODAY, by=qing.feng_secures, at=MONDAY_9AM)

    assert not qing.deng_is_a_stranger.posts.held_on(TODAY).exists()


def test_a_post_does_not_end_in_the_past_nor_by_its_holder(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        end_post(qing.ma_clerks.posts.get(), on=TODAY - DAY, by=qing.feng_secures, at=MONDAY_9AM)
    with pytest.raises(Refused):
        end_post(qing.feng_secures.posts.get(), on=TODAY, by=qing.feng_secures, at=MONDAY_9AM)


@pytest.mark.parametrize("who", ["bai_audits", "shi_runs_the_system"])
def test_the_last_administrator_of_a_kind_stays(qing: QingCounty, who: str) -> None:
    with pytest.raises(Refused):
        end_post(getattr(qing, who).posts.get(), on=TODAY, by=qing.feng_secures, at=MONDAY_9AM)
