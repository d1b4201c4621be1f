"""A mediator's post ends with the seat behind it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Mediator, Membership, Studio
from fengqiao.mediation.seats import seated
from fengqiao.mediation.transitions import leaving
from fengqiao.mediation.transitions.committees import close_committee
from fengqiao.mediation.transitions.mediators import end_seat, give_seat, set_status
from fengqiao.people.models import Post, Role, StaffLog
from tests.cast import MONDAY_9AM
from tests.mediation.table import Table

TODAY = localdate(MONDAY_9AM)
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def he(table: Table) -> Mediator:
    return table.mediator(table.he_mediates_willow)


@pytest.fixture
def post(he: Mediator) -> Post:
    assert he.user is not None
    return he.user.posts.get(role=Role.MEDIATOR)


def end(table: Table, post: Post, **changes: object) -> list[Membership]:
    facts = {"on": TODAY, "by": table.qing.feng_secures, "at": MONDAY_9AM} | changes
    return leaving.end_post_and_seat(post, **facts)  # type: ignore[arg-type]


def test_the_seat_ends_on_the_day_of_the_post_and_nobody_is_sent_there(table: Table, he: Mediator, post: Post) -> None:
    assert he in seated(post.unit, MONDAY_9AM)

    [seat] = end(table, post)

    assert seat.ends_on == Post.objects.get(pk=post.pk).ends_on == TODAY
    assert he not in seated(post.unit, MONDAY_9AM)
    lines = StaffLog.objects.filter(about=he.user, at=MONDAY_9AM).values_list("act", "by")
    assert sorted(lines) == [(act, table.qing.feng_secures.pk) for act in ("changed_mediator", "ended_post")]


def test_a_studio_of_that_seat_closes_with_it(table: Table, he: Mediator, post: Post) -> None:
    committee = he.memberships.get().committee
    studio = Studio.objects.create(
        county=he.county, name="老何调解室", mediator=he, committee=committee, opened_on=TODAY - timedelta(days=90)
    )

    end(table, post)

    studio.refresh_from_db()
    assert studio.closed_on == TODAY


def test_a_post_that_cannot_end_leaves_the_seat(table: Table, he: Mediator, post: Post) -> None:
    for refused in ({"on": TODAY - timedelta(days=1)}, {"by": table.qing.ma_clerks}):
        with pytest.raises(Refused):
            end(table, post, **refused)

    assert he in seated(post.unit, MONDAY_9AM)


def test_other_posts_and_other_committees_have_no_seat_behind_them(table: Table, he: Mediator, post: Post) -> None:
    assert not leaving.seats_behind(table.qing.ma_clerks.posts.get(), TODAY).exists()
    post.unit = table.qing.centre
    assert not leaving.seats_behind(post, TODAY).exists()


def test_a_post_that_ends_sooner_than_was_said_takes_the_seat_along(table: Table, he: Mediator, post: Post) -> None:
    end(table, post, on=LATER)
    assert he in seated(post.unit, MONDAY_9AM)

    end(table, post)

    assert he.memberships.get().ends_on == TODAY
    assert he not in seated(post.unit, MONDAY_9AM)


def test_a_post_that_ends_later_than_was_said_leaves_the_seat_as_it_ends(
    table: Table, he: Mediator, post: Post
) -> None:
    end(table, post)
    again = Post.objects.create(
        county=post.county, user=post.user, role=post.role, region=post.region, unit=post.unit, starts_on=TODAY
    )

    assert end(table, again, on=LATER) == []
    assert he.memberships.get().ends_on == TODAY


def test_the_seat_of_today_and_the_one_to_come_end_together(table: Table, he: Mediator, post: Post) -> None:
    committee, admin = he.memberships.get().committee, table.qing.shi_runs_the_system
    deputy = give_seat(he, committee, Membership.Seat.DEPUTY, on=LATER, by=admin, at=MONDAY_9AM)

    end(table, post)

    deputy.refresh_from_db()
    assert (deputy.starts_on, deputy.ends_on) == (LATER, LATER)
    assert not he.memberships.lasting_beyond(TODAY).exists()


def test_a_seat_whose_end_lies_ahead_is_still_a_seat(table: Table, he: Mediator, post: Post) -> None:
    """It can be ended sooner, it goes with whoever leaves and with its committee, and nobody sits twice meanwhile."""
    end(table, post, on=LATER)
    seat, admin, at = he.memberships.get(), table.qing.shi_runs_the_system, MONDAY_9AM
    acts: list[Callable[[], object]] = [
        lambda: end_seat(seat, on=TODAY, by=admin, at=at),
        lambda: set_status(he, Mediator.Status.LEFT, by=admin, at=at),
        lambda: close_committee(seat.committee, on=TODAY, successor=table.township, by=admin, at=at),
        lambda: give_seat(he, seat.committee, Membership.Seat.DEPUTY, on=TODAY, by=admin, at=at),
    ]
    for act in acts:
        with transaction.atomic():
            act()
            assert Membership.objects.get(pk=seat.pk).ends_on == TODAY
            transaction.set_rollback(True)


def test_a_director_whose_end_lies_ahead_is_the_only_one_until_then(table: Table) -> None:
    jin, admin, at = table.mediator(table.jin_mediates_willow), table.qing.shi_runs_the_system, MONDAY_9AM
    director = Membership.objects.get(committee__unit=table.village, seat=Membership.Seat.DIRECTOR)
    Membership.objects.filter(pk=director.pk).update(ends_on=LATER)

    with pytest.raises(Refused):
        give_seat(jin, director.committee, Membership.Seat.DIRECTOR, on=TODAY, by=admin, at=at)

    assert give_seat(jin, director.committee, Membership.Seat.DIRECTOR, on=LATER, by=admin, at=at).starts_on == LATER
