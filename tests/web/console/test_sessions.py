"""The account that is read together with a session is the session's, as it is now, and nothing is asked twice."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from fengqiao.people.models import Post, User
from fengqiao.people.transitions import sessions as ending
from fengqiao.web.shared import sessions
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

pytestmark = pytest.mark.django_db
PAGE = "/console/cases/"


@pytest.fixture
def desk(qing: QingCounty, sign_in: SignIn) -> Client:
    client = sign_in(qing.ma_clerks)
    assert client.get(PAGE).status_code == 200
    return client


def begins_with(desk: Client) -> list[str]:
    """Give what a page asks that names the session, the account or its posts."""
    with CaptureQueriesContext(connection) as asked:
        desk.get(PAGE)
    tables = ('FROM "django_session"', 'FROM "people_user"', 'FROM "people_post"')
    return [each["sql"] for each in asked if any(table in each["sql"] for table in tables)]


def test_a_page_asks_for_session_account_and_posts_at_once(desk: Client) -> None:
    assert len(begins_with(desk)) == 1


def test_of_the_account_no_more_is_read_than_a_request_looks_at(desk: Client, qing: QingCounty) -> None:
    [asked] = begins_with(desk)

    assert '"people_user"."password"' in asked  # a session ends with the password it began with
    assert not [name for name in (*User.DJANGO_KEEPS, "expire_date", "starts_on") if f'"{name}",' in asked]
    assert asked.count('JOIN "places_region"') == 1


def test_a_session_that_was_ended_is_over(desk: Client, qing: QingCounty) -> None:
    ending.end_silently(qing.ma_clerks)
    desk.session.delete()

    assert desk.get(PAGE).status_code == 302


def test_an_account_that_was_closed_is_shut_out_at_once(desk: Client, qing: QingCounty) -> None:
    qing.ma_clerks.is_active = False
    qing.ma_clerks.save()

    assert desk.get(PAGE).status_code == 302


def test_a_password_that_was_changed_ends_the_session(desk: Client, qing: QingCounty) -> None:
    qing.ma_clerks.set_password("another-password-9")
    qing.ma_clerks.save()

    assert desk.get(PAGE).status_code == 302


def test_a_post_that_was_ended_is_gone_from_the_next_page(desk: Client, qing: QingCounty) -> None:
    Post.objects.filter(user=qing.ma_clerks).update(ends_on=now().date(), starts_on=now().date())

    assert "/console/intake/" not in desk.get("/console/").content.decode()


def test_a_wrong_guess_of_whose_it_is_lets_nobody_in_as_another(desk: Client, qing: QingCounty) -> None:
    """The guess only chooses what is read with the session; who it is, the session says."""
    sessions._WHOSE[str(desk.session.session_key)] = qing.wu_supervises.pk

    page = desk.get("/console/").content.decode()

    assert qing.ma_clerks.name in page
    assert qing.wu_supervises.name not in page


def test_a_session_taken_away_meanwhile_is_not_made_anew(desk: Client) -> None:
    store = desk.session
    store["kept"] = "words"
    sessions.SessionStore(store.session_key).delete()

    with pytest.raises(UpdateError):
        store.save()
