"""From when an agreement binds and until when a court can be asked: against a count of one's own, day by day."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fengqiao.kit.workdays import Calendar, Day
from fengqiao.mediation import effect
from tests.cast import SHANGHAI

SPRING = {date(2026, 2, 15) + timedelta(days=n): Day(False, "春节") for n in range(9)}
MADE_UP = {date(2026, 2, 14): Day(True, "春节"), date(2026, 2, 28): Day(True, "春节")}
OF_2026 = Calendar(SPRING | MADE_UP, ((time(8, 30), time(18)),), date(2026, 12, 31), "2026")

moments = st.datetimes(datetime(2025, 11, 1), datetime(2027, 3, 1)).map(lambda each: each.replace(tzinfo=SHANGHAI))


def by_hand(effective: datetime) -> date:
    """Count thirty days one by one, then go on while the day is a rest day of a published year."""
    on = effective.astimezone(SHANGHAI).date()
    for _ in range(30):
        on = date.fromordinal(on.toordinal() + 1)
    rests = {date(2026, 2, day) for day in range(15, 24)}
    worked = {date(2026, 2, 14), date(2026, 2, 28)}
    while on.year <= 2026 and on not in worked and (on in rests or on.strftime("%a") in ("Sat", "Sun")):
        on = date.fromordinal(on.toordinal() + 1)
    return on


@given(moments)
def test_thirty_days_are_counted_as_by_hand(effective: datetime) -> None:
    assert effect.confirm_until(effective, OF_2026) == by_hand(effective)


@given(st.permutations(range(5)), st.lists(moments, min_size=5, max_size=5))
def test_the_last_hand_counts_in_whatever_order_they_come(order: list[int], hands: list[datetime]) -> None:
    assert effect.effective_at(hands[n] for n in order) == sorted(hands)[-1]


def test_the_day_of_effect_does_not_count() -> None:
    assert effect.confirm_until(datetime(2026, 3, 2, 23, 59, tzinfo=SHANGHAI), OF_2026) == date(2026, 4, 1)
    assert effect.confirm_until(datetime(2026, 3, 3, 0, 0, tzinfo=SHANGHAI), OF_2026) == date(2026, 4, 2)


def test_spring_festival_moves_the_last_day_and_a_make_up_saturday_does_not() -> None:
    def until(month: int, day: int) -> date:
        return effect.confirm_until(datetime(2026, month, day, 10, tzinfo=SHANGHAI), OF_2026)

    assert until(1, 20) == date(2026, 2, 24)  # the thirtieth day is the fifth of the holiday
    assert until(1, 15) == date(2026, 2, 14)  # a Saturday that is worked
    assert until(1, 29) == date(2026, 2, 28)  # the other one
    assert until(2, 5) == date(2026, 3, 9)  # a plain Saturday


def test_a_year_that_is_not_published_moves_nothing() -> None:
    assert effect.confirm_until(datetime(2026, 12, 3, 10, tzinfo=SHANGHAI), OF_2026) == date(2027, 1, 2)
