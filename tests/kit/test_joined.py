"""Queries asked in one statement find what each of them finds alone."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from fengqiao.kit.joined import Joined
from fengqiao.kit.prepared import Prepared
from fengqiao.places.models import Region
from tests.cast import QingCounty

pytestmark = pytest.mark.django_db


def named(_shape: object, code: str) -> QuerySet[Region]:
    return Region.objects.filter(code=code)


def under(_shape: object, county: str) -> QuerySet[Region]:
    return Region.objects.filter(county=county).order_by("path")


def never(_shape: object, code: str) -> QuerySet[Region]:
    return named(_shape, code).none()


def test_each_finds_its_own_in_one_statement(qing: QingCounty) -> None:
    joined, county = Joined(Prepared(named), Prepared(named), Prepared(under)), qing.county.code

    with CaptureQueriesContext(connection) as asked:
        found = joined((qing.willow.code,), ("none such",), (county,))

    assert found == [[qing.willow], [], list(under((), county))]
    assert len(asked) == 1


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_can_find_nothing_has_its_place_and_takes_nobody_else_s(qing: QingCounty, place: int) -> None:
    builds, expected = [named, named, named], [[qing.willow], [qing.east], [qing.west]]
    values = [(qing.willow.code,), (qing.east.code,), (qing.west.code,)]
    builds[place], expected[place] = never, []

    assert Joined(*map(Prepared, builds))(*values) == expected


def test_where_none_can_find_anything_nothing_is_asked(qing: QingCounty) -> None:
    joined = Joined(Prepared(never), Prepared(never))
    joined(("a",), ("b",))

    with CaptureQueriesContext(connection) as asked:
        assert joined(("a",), ("b",)) == [[], []]
    assert len(asked) == 0
