"""A query asked by a structure answers as the query it was made from, whatever the values, and is written once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from gc import collect
from typing import Any
from weakref import ReferenceType, ref

import pytest
from django.db import connection
from django.db.models import Count, QuerySet, Window

from fengqiao.cases.models import Case
from fengqiao.kit.keys import Keys, apart, together
from fengqiao.kit.prepared import Value
from fengqiao.places.models import Region
from fengqiao.places.scope import Place, inside, place_of
from tests.cast import MONDAY_9AM, QingCounty

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Asked:
    """Regions of one of these names in a place."""

    names: tuple[str, ...]
    place: Place
    most: int = 9
    since: datetime | None = None


def build(asked: Asked) -> QuerySet[Any, Any]:
    found = Region.objects.filter(inside("path", asked.place), name__in=asked.names).order_by("path")
    return found.values_list("name", "pk")[: asked.most]


def test_it_finds_what_the_query_finds_and_is_written_once_for_each_shape(qing: QingCounty) -> None:
    written: list[Asked] = []

    def noted(asked: Asked) -> QuerySet[Any, Any]:
        written.append(asked)
        return build(asked)

    keys = Keys(noted)
    for root in (qing.root, qing.east, qing.willow, qing.west):
        for names in ((qing.east.name, qing.willow.name), (qing.willow.name, "nowhere")):
            asked = Asked(names, place_of(root))
            assert keys(asked) == list(build(asked)), (root, names)

    assert keys(Asked((qing.east.name, qing.willow.name), place_of(qing.root)))  # something was found at all
    assert len({each.place.depth for each in written}) == 3
    assert len(written) == 2 * 3  # twice here: tests/other_marks.py
    assert not {name for each in written for name in each.names} & {qing.east.name, qing.willow.name, "nowhere"}


def test_a_structure_is_put_together_as_it_was(qing: QingCounty) -> None:
    asked = Asked(("a", "b"), place_of(qing.willow), since=MONDAY_9AM)
    values: list[Value] = []
    shape = apart(asked, values)

    assert together(shape, iter(values)) == asked
    assert values == ["a", "b", qing.willow.path, MONDAY_9AM]
    assert apart(replace(asked, names=("c", "d"), since=MONDAY_9AM + timedelta(1)), []) == shape
    for other in ({"names": ("a",)}, {"most": 3}, {"since": None}, {"place": place_of(qing.root)}):
        assert apart(replace(asked, **other), []) != shape, other


def test_a_value_that_the_query_never_mentions_is_refused(qing: QingCounty) -> None:
    keys = Keys(build)
    for _turn in range(2):
        with pytest.raises(ValueError, match=r"\[3\]"):
            keys(Asked(("a", "b"), place_of(qing.root), since=MONDAY_9AM))


def test_what_is_made_of_a_value_is_refused_here(qing: QingCounty) -> None:
    """By whoever runs these tests (tests/other_marks.py): the moment itself is in its place, the day after is kept."""

    def made(asked: Asked) -> QuerySet[Any, Any]:
        assert asked.since is not None
        until = asked.since + timedelta(1)
        found = Case.objects.filter(due_at__gte=asked.since, due_at__lt=until, title__in=asked.names)
        return found.filter(inside("path", asked.place)).values_list("pk")

    with pytest.raises(AssertionError):
        Keys(made)(Asked(("a",), place_of(qing.root), since=MONDAY_9AM))


def test_what_nothing_can_meet_is_not_asked(qing: QingCounty) -> None:
    assert Keys(build)(Asked((), place_of(qing.root))) == []


@pytest.mark.parametrize("count", [Count("pk"), Window(Count("pk"))])
def test_what_a_query_was_written_from_is_let_go_of(qing: QingCounty, count: Count | Window) -> None:
    """A page with a dozen of them for each kind of reader would hold on to much."""
    written: list[ReferenceType[Any]] = []

    def counted(asked: Asked) -> QuerySet[Any, Any]:
        found = Region.objects.filter(inside("path", asked.place), name__in=asked.names).values_list("level")
        counts = found.annotate(count=count).order_by("level")[: asked.most]
        written.append(ref(counts.query))
        return counts

    found = Keys(counted)(Asked((qing.east.name,), place_of(qing.root)))

    collect()
    assert found == [(qing.east.level, 1)] and type(found[0][1]) is int
    assert [each() for each in written] == [None, None]  # twice here


@pytest.mark.parametrize(("keeps_plan", "most"), [(False, 901), (True, 902)])
def test_only_what_says_so_is_planned_once_for_all_values(qing: QingCounty, keeps_plan: bool, most: int) -> None:
    keys = Keys(build, keeps_plan=keeps_plan)
    found = [keys(Asked((name,), place_of(qing.root), most)) for name in ("nobody", qing.east.name)]
    link: Any = connection
    kept = link.ask("SELECT statement FROM pg_prepared_statements", [], keeps_plan=False).fetchall()

    assert [len(rows) for rows in found] == [0, 1]
    assert len([sql for (sql,) in kept if f"LIMIT {most}" in sql]) == keeps_plan
