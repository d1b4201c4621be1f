"""The address of one's dates: told once, one a person, ended with the account; and what it may tell."""

from datetime import datetime, timedelta

from fengqiao.cases.models import Case, ObjectionReason
from fengqiao.cases.queries import NEEDS
from fengqiao.cases.transitions import dispatching, handling
from fengqiao.cases.vocabulary import Solved
from fengqiao.desk.models import CalendarFeed
from fengqiao.desk.queries import OWED, dates_owed
from fengqiao.desk.transitions import feeds
from fengqiao.people.models import User
from fengqiao.people.transitions import accounts
from tests import acts
from tests.cases.steps import BASIS
from tests.cast import MONDAY_9AM, QingCounty

LATER = MONDAY_9AM + timedelta(days=60)


def names(qing: QingCounty, case: Case, at: datetime = MONDAY_9AM) -> set[str]:
    """Name the people of Qing County in whose calendar a case stands."""
    people = {name: user for name, user in vars(qing).items() if isinstance(user, User)}
    return {name for name, user in people.items() if case in list(dates_owed(user, at))}


def test_a_due_time_stands_with_whoever_owes_it(qing: QingCounty, leak: Case) -> None:
    assert names(qing, leak) == {"chen_dispatches", "chen_dispatches_east", "fang_dispatches_above"}

    acts.dispatch(qing, leak)
    assert names(qing, leak) == names(qing, leak, LATER) == {"liu_handles_water"}

    reason = ObjectionReason.NOT_OUR_DUTY
    dispatching.object_to(leak, reason=reason, basis=BASIS, names=qing.roads, by=qing.liu_handles_water, at=MONDAY_9AM)
    assert names(qing, leak) == names(qing, leak, LATER) == {"wu_supervises", "tang_supervises_above"}


def test_what_has_no_more_to_be_done_leaves_the_calendar(qing: QingCounty, sent_leak: Case) -> None:
    handling.accept(sent_leak, by=qing.liu_handles_water, at=MONDAY_9AM)
    assert names(qing, sent_leak) == {"liu_handles_water"}
    acts.conclude(qing, sent_leak)
    assert names(qing, sent_leak) == set()

    acts.evaluate(sent_leak, solved=Solved.NO, words="没修好")
    assert "chen_dispatches" in names(qing, sent_leak)
    assert "liu_handles_water" not in names(qing, sent_leak)


def test_a_restricted_case_is_in_no_calendar(qing: QingCounty) -> None:
    assert names(qing, acts.open_accusation(qing)) == set()


def test_every_name_of_what_is_owed_is_one_of_the_desk() -> None:
    assert set(OWED) <= set(NEEDS)


def test_the_address_is_not_stored(qing: QingCounty) -> None:
    token = feeds.make(by=qing.chen_dispatches, at=MONDAY_9AM)

    feed = CalendarFeed.objects.get()
    assert token not in str(vars(feed))
    assert feeds.fetch(token, at=LATER) == qing.chen_dispatches
    feed.refresh_from_db()
    assert feed.fetched_at == LATER


def test_a_new_address_ends_the_old_one(qing: QingCounty) -> None:
    old, new = (feeds.make(by=qing.chen_dispatches, at=MONDAY_9AM) for _ in "12")

    assert (feeds.fetch(old, at=LATER), feeds.fetch(new, at=LATER)) == (None, qing.chen_dispatches)
    assert CalendarFeed.objects.count() == 1


def test_a_revoked_address_shows_nothing(qing: QingCounty) -> None:
    token = feeds.make(by=qing.chen_dispatches, at=MONDAY_9AM)

    assert feeds.revoke(by=qing.chen_dispatches)
    assert not feeds.revoke(by=qing.chen_dispatches)
    assert feeds.fetch(token, at=LATER) is None


def test_an_account_that_was_closed_takes_its_address_along(qing: QingCounty) -> None:
    user, by = qing.chen_dispatches, qing.feng_secures
    token = feeds.make(by=user, at=MONDAY_9AM)
    accounts.deactivate(user, by=by, at=MONDAY_9AM)
    accounts.reactivate(user, by=by, at=LATER)  # nobody fetched in between

    assert feeds.fetch(token, at=LATER) is None
    assert not CalendarFeed.objects.exists()
    assert feeds.fetch(feeds.make(by=user, at=LATER), at=LATER) == user


def test_a_password_set_anew_ends_the_address(qing: QingCounty) -> None:
    token = feeds.make(by=qing.chen_dispatches, at=MONDAY_9AM)
    accounts.reset_password(qing.chen_dispatches, by=qing.feng_secures, at=LATER)

    assert feeds.fetch(token, at=LATER) is None
