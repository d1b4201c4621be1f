"""Ten thousand people: what someone may see is looked up by index, not by reading everybody."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import QuerySet

from fengqiao.cases.models import Assist, NamedViewer
from fengqiao.cases.scope import held_posts
from fengqiao.people.models import Post, Role, User
from tests.cast import MONDAY_9AM, QingCounty

MANY = 10_000


@pytest.fixture
def crowd(qing: QingCounty) -> list[User]:
    """Ten thousand people with a post each."""
    users = User.objects.bulk_create(User(username=f"u{n}", county=qing.root.county, name=f"u{n}") for n in range(MANY))
    common = {"county": qing.root.county, "region": qing.root, "unit": qing.water, "starts_on": date(2025, 1, 1)}
    Post.objects.bulk_create(Post(user=user, role=Role.HANDLER, **common) for user in users)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_user, people_post")
    return users


def read_whole(asked: QuerySet[Post]) -> bool:
    """Test if the plan reads the table of posts from end to end."""
    return "Seq Scan on people_post" in asked.explain()


def test_the_posts_of_one_among_ten_thousand_are_found_by_index(crowd: list[User]) -> None:
    asked = crowd[MANY // 2].posts.held_on(MONDAY_9AM.date()).select_related("region", "unit__region")

    assert not read_whole(asked)
    assert [post.user_id for post in held_posts(crowd[MANY // 2], MONDAY_9AM)] == [crowd[MANY // 2].pk]
    assert read_whole(Post.objects.filter(role=Role.HANDLER))  # the plan says so where it is true


@pytest.mark.parametrize(("table", "column"), [(NamedViewer, "user_id"), (Assist, "unit_id"), (Post, "unit_id")])
def test_what_scope_joins_by_has_an_index_that_begins_with_it(
    db: None, table: type[NamedViewer | Assist | Post], column: str
) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table._meta.db_table).values()

    assert any(each["index"] and each["columns"][:1] == [column] for each in found)
