"""Filters that a person keeps: named, renamed, first, forgotten; each person's own."""

import pytest

from fengqiao.desk.models import SavedFilter
from fengqiao.desk.transitions import filters
from fengqiao.kit.verdict import Refused
from tests.cast import MONDAY_9AM, QingCounty


def keep(qing: QingCounty, name: str = "逾期的", query: str = "overdue=on") -> SavedFilter:
    return filters.keep(name, query, by=qing.chen_dispatches, at=MONDAY_9AM)


def test_a_filter_is_kept_under_a_tidy_name(qing: QingCounty) -> None:
    saved = keep(qing, "  逾期　\0 的 ")

    assert (saved.name, saved.query, saved.is_start) == ("逾期 的", "overdue=on", False)


@pytest.mark.parametrize("name", ["", "  ", "长" * 21])
def test_a_name_must_be_one(qing: QingCounty, name: str) -> None:
    with pytest.raises(Refused):
        keep(qing, name)


def test_a_name_is_taken_once_by_each(qing: QingCounty) -> None:
    keep(qing)
    with pytest.raises(Refused):
        keep(qing, query="mine=on")

    filters.keep("逾期的", "overdue=on", by=qing.sun_dispatches_west, at=MONDAY_9AM)
    assert SavedFilter.objects.count() == 2


def test_a_filter_that_narrows_nothing_is_not_kept(qing: QingCounty) -> None:
    with pytest.raises(Refused):
        keep(qing, query="")


def test_no_more_are_kept_than_can_be_found_again(qing: QingCounty) -> None:
    for number in range(filters.MOST):
        keep(qing, f"第{number}个")
    with pytest.raises(Refused):
        keep(qing)


def test_one_filter_opens_first_and_pressing_again_takes_that_back(qing: QingCounty) -> None:
    one, other = keep(qing), keep(qing, "本单位的", "mine=on")
    filters.open_first(one, by=qing.chen_dispatches)
    filters.open_first(other, by=qing.chen_dispatches)
    assert list(SavedFilter.objects.filter(is_start=True)) == [other]

    filters.open_first(other, by=qing.chen_dispatches)
    assert not SavedFilter.objects.filter(is_start=True).exists()


def test_a_filter_is_renamed_also_to_its_own_name(qing: QingCounty) -> None:
    saved = filters.rename(keep(qing), "逾期的", by=qing.chen_dispatches)

    assert filters.rename(saved, "急的", by=qing.chen_dispatches).name == "急的"


def test_nobody_touches_the_filter_of_another(qing: QingCounty) -> None:
    saved, other = keep(qing), qing.sun_dispatches_west
    for act in (
        lambda: filters.rename(saved, "我的", by=other),
        lambda: filters.open_first(saved, by=other),
        lambda: filters.drop(saved, by=other),
    ):
        with pytest.raises(Refused):
            act()
    saved.refresh_from_db()
    assert (saved.name, saved.is_start) == ("逾期的", False)
