"""Named studios, experts and co-mediators: entered, changed, ended with a day and a reason."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Expert, Membership, Studio
from fengqiao.mediation.transitions import committees, experts, inviting, mediators, studios
from fengqiao.mediation.transitions.experts import Adviser
from fengqiao.mediation.transitions.inviting import Helper
from fengqiao.mediation.transitions.studios import Plate
from fengqiao.people.models import StaffLog, User
from tests.cast import MONDAY_9AM, QING
from tests.mediation import table as tables
from tests.mediation.table import Table

TODAY = localdate(MONDAY_9AM)
Seat = Membership.Seat
ZHOU = Adviser(name="周明", body="县医院", field="骨科", phone="0934-1")


@pytest.fixture
def admin(table: Table) -> User:
    return table.qing.shi_runs_the_system


@pytest.fixture
def studio(table: Table, admin: User) -> Studio:
    plate = Plate(name="何老五调解室", committee=table.village.committee, opened_on=TODAY)
    return studios.open_studio(plate, table.mediator(table.he_mediates_willow), by=admin, at=MONDAY_9AM)


def test_a_studio_carries_the_name_of_one_who_sits_in_the_committee(table: Table, studio: Studio, admin: User) -> None:
    he = table.mediator(table.he_mediates_willow)
    elsewhere = Plate(name="何老五二室", committee=table.county.committee, opened_on=TODAY)
    again = Plate(name=studio.name, committee=table.village.committee, opened_on=TODAY)
    for plate in (elsewhere, again):
        with pytest.raises(Refused):
            studios.open_studio(plate, he, by=admin, at=MONDAY_9AM)
        if plate is elsewhere:
            with pytest.raises(Refused):
                studios.change_studio(studio, plate, by=admin, at=MONDAY_9AM)
    assert Studio.objects.get().committee.unit == table.village


def test_a_studio_is_changed_and_closes_once_with_a_reason(table: Table, studio: Studio, admin: User) -> None:
    same = Plate(name=studio.name, committee=studio.committee, opened_on=studio.opened_on)
    with pytest.raises(Refused):
        studios.change_studio(studio, same, by=admin, at=MONDAY_9AM)
    other = Plate(name="老何说事", committee=studio.committee, opened_on=TODAY)
    studios.change_studio(studio, other, by=admin, at=MONDAY_9AM)
    for on, because in ((TODAY - timedelta(days=1), "撤并。"), (TODAY, " ")):
        with pytest.raises(Refused):
            studios.close_studio(studio, on=on, because=because, by=admin, at=MONDAY_9AM)
    closed = studios.close_studio(studio, on=TODAY, because="房子拆了。", by=admin, at=MONDAY_9AM)

    assert (closed.name, closed.closed_on, closed.closed_because) == ("老何说事", TODAY, "房子拆了。")
    with pytest.raises(Refused):
        studios.close_studio(studio, on=TODAY, because="再来。", by=admin, at=MONDAY_9AM)
    with pytest.raises(Refused):
        studios.change_studio(studio, same, by=admin, at=MONDAY_9AM)
    assert [line.facts.get("because") for line in StaffLog.objects.order_by("pk")][-1] == "房子拆了。"


def test_a_studio_closes_with_its_mediator_or_its_committee(table: Table, studio: Studio, admin: User) -> None:
    committees.close_committee(table.village.committee, on=TODAY, successor=table.township, by=admin, at=MONDAY_9AM)
    studio.refresh_from_db()
    assert studio.closed_on == TODAY and studio.closed_because != ""
    luo = table.mediator(table.luo_mediates_east)
    plate = Plate(name="老罗调解室", committee=table.township.committee, opened_on=TODAY)
    second = studios.open_studio(plate, luo, by=admin, at=MONDAY_9AM)
    mediators.set_status(luo, luo.Status.LEFT, by=admin, at=MONDAY_9AM)
    second.refresh_from_db()
    assert second.closed_on == TODAY and second.closed_because not in ("", studio.closed_because)


def test_a_studio_closes_with_the_seat_it_stands_on(table: Table, studio: Studio, admin: User) -> None:
    he, luo = table.mediator(table.he_mediates_willow), table.mediator(table.luo_mediates_east)
    plate = Plate(name="老罗调解室", committee=table.township.committee, opened_on=TODAY)
    other = studios.open_studio(plate, luo, by=admin, at=MONDAY_9AM)
    seat, on = mediators.give_seat(he, studio.committee, Seat.MEMBER, on=TODAY, by=admin, at=MONDAY_9AM), TODAY
    assert not Studio.objects.filter(closed_on__isnull=False)  # another seat in the same committee: it goes on

    mediators.end_seat(seat, on=on, by=admin, at=MONDAY_9AM)
    studio.refresh_from_db()
    other.refresh_from_db()
    assert (studio.closed_on, bool(studio.closed_because), other.closed_on) == (TODAY, True, None)
    assert StaffLog.objects.order_by("pk").last().facts["studio"] == studio.name  # type: ignore[union-attr]


def test_a_studio_in_a_seat_that_ends_later_ends_with_it(table: Table, admin: User) -> None:
    he, ends = table.mediator(table.he_mediates_willow), TODAY + timedelta(days=30)
    mediators.end_seat(he.memberships.get(), on=ends, by=admin, at=MONDAY_9AM)
    for opened_on in (ends, ends + timedelta(days=1)):
        with pytest.raises(Refused):
            late = Plate(name="何老五调解室", committee=table.village.committee, opened_on=opened_on)
            studios.open_studio(late, he, by=admin, at=MONDAY_9AM)
    plate = Plate(name="何老五调解室", committee=table.village.committee, opened_on=TODAY)
    opened = studios.open_studio(plate, he, by=admin, at=MONDAY_9AM)
    assert (opened.closed_on, bool(opened.closed_because)) == (ends, True)
    assert StaffLog.objects.order_by("pk").last().facts["until"] == ends.isoformat()  # type: ignore[union-attr]

    mediators.give_seat(he, table.township.committee, Seat.MEMBER, on=TODAY, by=admin, at=MONDAY_9AM)
    plate = Plate(name="老何说事", committee=table.township.committee, opened_on=TODAY)
    second = studios.open_studio(plate, he, by=admin, at=MONDAY_9AM)
    moved = Plate(name="老何说事", committee=table.village.committee, opened_on=TODAY)
    assert second.closed_on is None
    assert studios.change_studio(second, moved, by=admin, at=MONDAY_9AM).closed_on == ends


def test_a_studio_that_ends_later_is_changed_moved_and_closed_sooner(table: Table, admin: User) -> None:
    he, ends = table.mediator(table.he_mediates_willow), TODAY + timedelta(days=30)
    mediators.end_seat(he.memberships.get(), on=ends, by=admin, at=MONDAY_9AM)
    here = Plate(name="何老五调解室", committee=table.village.committee, opened_on=TODAY)
    studio = studios.open_studio(here, he, by=admin, at=MONDAY_9AM)
    named = Plate(name="老何说事", committee=table.village.committee, opened_on=TODAY)
    assert studios.change_studio(studio, named, by=admin, at=MONDAY_9AM).closed_on == ends

    with pytest.raises(Refused):
        studios.close_studio(studio, on=ends + timedelta(days=1), because="撤并。", by=admin, at=MONDAY_9AM)
    sooner = ends - timedelta(days=10)
    closed = studios.close_studio(studio, on=sooner, because="房子拆了。", by=admin, at=MONDAY_9AM)
    assert (closed.closed_on, closed.closed_because) == (sooner, "房子拆了。")

    mediators.give_seat(he, table.township.committee, Seat.MEMBER, on=TODAY, by=admin, at=MONDAY_9AM)
    moved = Plate(name="老何说事", committee=table.township.committee, opened_on=TODAY)
    there = studios.change_studio(studio, moved, by=admin, at=MONDAY_9AM)
    there.refresh_from_db()
    assert (there.closed_on, there.closed_because) == (None, "")


def test_a_studio_goes_on_where_another_seat_in_the_committee_follows(table: Table, admin: User) -> None:
    he, later = table.mediator(table.he_mediates_willow), TODAY + timedelta(days=30)
    mediators.give_seat(he, table.village.committee, Seat.MEMBER, on=later, by=admin, at=MONDAY_9AM)
    plate = Plate(name="何老五调解室", committee=table.village.committee, opened_on=TODAY)
    assert studios.open_studio(plate, he, by=admin, at=MONDAY_9AM).closed_on is None


def test_a_studio_in_a_committee_that_closes_later_closes_with_it(table: Table, admin: User) -> None:
    he, closes = table.mediator(table.he_mediates_willow), TODAY + timedelta(days=30)
    plate = Plate(name="何老五调解室", committee=table.village.committee, opened_on=TODAY)
    stood = studios.open_studio(plate, he, by=admin, at=MONDAY_9AM)
    committees.close_committee(table.village.committee, on=closes, successor=table.township, by=admin, at=MONDAY_9AM)
    plate = Plate(name="老何说事", committee=table.village.committee, opened_on=TODAY)
    opened = studios.open_studio(plate, he, by=admin, at=MONDAY_9AM)
    stood.refresh_from_db()
    assert (opened.closed_on, opened.closed_because) == (stood.closed_on, stood.closed_because)


def test_experts_are_entered_once_and_changed(table: Table, admin: User) -> None:
    expert = experts.enter_expert(ZHOU, by=admin, at=MONDAY_9AM)
    with pytest.raises(Refused):
        experts.enter_expert(ZHOU, by=admin, at=MONDAY_9AM)
    with pytest.raises(Refused):
        experts.change_expert(expert, ZHOU, by=admin, at=MONDAY_9AM)
    said = Adviser(name="周明", body="县医院", field="外科", phone="0934-2")
    experts.change_expert(expert, said, by=admin, at=MONDAY_9AM)
    assert (Expert.objects.get(county=QING).field, Expert.objects.get().phone) == ("外科", "0934-2")
    assert "0934-2" not in str(list(StaffLog.objects.values_list("facts", flat=True)))


def test_whoever_is_invited_no_more_is_not_invited_from_that_day(table: Table, admin: User) -> None:
    expert, dossier = experts.enter_expert(ZHOU, by=admin, at=MONDAY_9AM), tables.begin(table)
    by, helper = table.he_mediates_willow, Helper(name="周明", role="医生", expert=expert)
    with pytest.raises(Refused):
        experts.end_expert(expert, on=TODAY, because="", by=admin, at=MONDAY_9AM)
    tomorrow = TODAY + timedelta(days=1)
    ended = experts.end_expert(expert, on=tomorrow, because="退休。", by=admin, at=MONDAY_9AM)
    assert inviting.may_be_invited(ended, TODAY) and not inviting.may_be_invited(ended, tomorrow)
    with pytest.raises(Refused):
        experts.end_expert(expert, on=TODAY, because="退休。", by=admin, at=MONDAY_9AM)

    Expert.objects.update(ended_on=TODAY)
    expert.refresh_from_db()
    with pytest.raises(Refused, match="周明"):
        inviting.invite(dossier, helper, by=by, at=MONDAY_9AM)
    again = experts.invite_again(expert, by=admin, at=MONDAY_9AM)
    assert (again.ended_on, again.ended_because) == (None, "")
    with pytest.raises(Refused):
        experts.invite_again(expert, by=admin, at=MONDAY_9AM)


@pytest.mark.parametrize("who", ["feng_secures", "ma_clerks", "wu_supervises", "deng_is_a_stranger"])
def test_nobody_but_the_administrator_changes_or_ends(table: Table, studio: Studio, admin: User, who: str) -> None:
    by, at, expert = getattr(table.qing, who), MONDAY_9AM, experts.enter_expert(ZHOU, by=admin, at=MONDAY_9AM)
    plate = Plate(name="别的", committee=studio.committee, opened_on=TODAY)
    lines = StaffLog.objects.count()
    for one in (
        lambda: studios.change_studio(studio, plate, by=by, at=at),
        lambda: studios.close_studio(studio, on=TODAY, because="撤。", by=by, at=at),
        lambda: experts.change_expert(expert, Adviser(name="周", body="医院", field="骨"), by=by, at=at),
        lambda: experts.end_expert(expert, on=TODAY, because="退。", by=by, at=at),
        lambda: experts.invite_again(expert, by=by, at=at),
    ):
        with pytest.raises(Refused):
            one()
    assert StaffLog.objects.count() == lines
