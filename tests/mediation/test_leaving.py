"""A mediator's post ends with the seat behind it."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Mediator, Membership, Studio
from fengqiao.mediation.seats import seated
from fengqiao.mediation.transitions import leaving
from fengqiao.people.models import Post, Role, StaffLog
from tests.cast import MONDAY_9AM
from tests.mediation.table import Table

TODAY = localdate(MONDAY_9AM)


@pytest.fixture
def he(table: Table) -> Mediator:
    return table.mediator(table.he_mediates_willow)


@pytest.fixture
def post(he: Mediator) -> Post:
    assert he.user is not None
    return he.user.posts.get(role=Role.MEDIATOR)


def end(table: Table, post: Post, **changes: object) -> Membership | None:
    facts = {"on": TODAY, "by": table.qing.feng_secures, "at": MONDAY_9AM} | changes
    return leaving.end_post_and_seat(post, **facts)  # type: ignore[arg-type]


def test_the_seat_ends_on_the_day_of_the_post_and_nobody_is_sent_there(table: Table, he: Mediator, post: Post) -> None:
    assert he in seated(post.unit, MONDAY_9AM)

    seat = end(table, post)

    assert seat is not None and seat.ends_on == Post.objects.get(pk=post.pk).ends_on == TODAY
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
    assert leaving.seat_behind(table.qing.ma_clerks.posts.get()) is None
    post.unit = table.qing.centre
    assert leaving.seat_behind(post) is None
