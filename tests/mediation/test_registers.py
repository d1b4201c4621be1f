"""The registers: committees, mediators, seats, complaints; and what the law asks of a committee."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localdate

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Committee, Mediator, MediatorComplaint, Membership
from fengqiao.mediation.registers_check import counted, warned, warnings_of
from fengqiao.mediation.transitions import committees, complaints, experts, mediators, studios
from fengqiao.mediation.transitions.committees import Registered
from fengqiao.mediation.transitions.experts import Adviser
from fengqiao.mediation.transitions.mediators import Who
from fengqiao.mediation.transitions.studios import Plate
from fengqiao.mediation.vocabulary import CommitteeKind, ComplaintGround
from fengqiao.people.models import StaffLog, Unit, User
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import Table

TODAY = localdate(MONDAY_9AM)
Seat, Status, Finding = Membership.Seat, Mediator.Status, MediatorComplaint.Finding


@pytest.fixture
def admin(table: Table) -> User:
    return table.qing.shi_runs_the_system


def said(table: Table, **changes: object) -> Registered:
    facts: dict[str, object] = {
        "name": "清县医疗纠纷人民调解委员会",
        "region": table.qing.root,
        "kind": CommitteeKind.TRADE,
        "tag": "清医人调",
        "trade": "医疗",
        "set_up_on": date(2024, 1, 1),
        "term_ends_on": date(2027, 1, 1),
    }
    return Registered(**(facts | changes))  # type: ignore[arg-type]


def told(committee: Committee, on: date = TODAY) -> str:
    row = counted(Committee.objects.filter(pk=committee.pk), on).get()
    assert warned(counted(Committee.objects.filter(pk=committee.pk), on), on).exists() == bool(warnings_of(row, on))
    return " ".join(map(str, warnings_of(row, on)))


def test_a_committee_is_entered_with_its_unit_and_disputes_can_go_there(table: Table, admin: User) -> None:
    committee = committees.add_committee(said(table), by=admin, at=MONDAY_9AM)

    assert (committee.unit.kind, committee.unit.name, committee.trade) == (
        "mediation",
        "清县医疗纠纷人民调解委员会",
        "医疗",
    )
    assert tables.open_dossier(table, to=committee.unit).number == "(2026)清医人调字第1号"
    assert set(StaffLog.objects.values_list("act", flat=True)) == {"added_unit", "changed_committee"}


@pytest.mark.parametrize("who", ["feng_secures", "bai_audits", "chen_dispatches", "deng_is_a_stranger"])
def test_nobody_else_keeps_the_registers(table: Table, who: str) -> None:
    by, at = getattr(table.qing, who), MONDAY_9AM
    he = table.mediator(table.he_mediates_willow)
    village = table.village.committee
    tries: list[Callable[[], object]] = [
        lambda: committees.add_committee(said(table), by=by, at=at),
        lambda: committees.change_committee(village, said(table), by=by, at=at),
        lambda: committees.close_committee(village, on=TODAY, successor=table.township, by=by, at=at),
        lambda: mediators.add_mediator(Who(name="新人"), by=by, at=at),
        lambda: mediators.change_mediator(he, Who(name="新人"), by=by, at=at),
        lambda: mediators.set_status(he, Status.LEFT, by=by, at=at),
        lambda: mediators.give_seat(he, village, Seat.MEMBER, on=TODAY, by=by, at=at),
        lambda: mediators.end_seat(he.memberships.get(), on=TODAY, by=by, at=at),
        lambda: studios.open_studio(Plate(name="何老五调解室", committee=village, opened_on=TODAY), he, by=by, at=at),
        lambda: experts.enter_expert(Adviser(name="周", body="县医院", field="骨科"), by=by, at=at),
    ]
    for one in tries:
        with pytest.raises(Refused):
            one()
    assert not StaffLog.objects.exists()
    assert he.memberships.get().ends_on is None


def test_a_sign_is_given_once_and_a_term_ends_after_it_began(table: Table, admin: User) -> None:
    with pytest.raises(Refused, match="柳人调"):
        committees.add_committee(said(table, tag="柳人调"), by=admin, at=MONDAY_9AM)
    with pytest.raises(Refused):
        committees.add_committee(said(table, term_ends_on=date(2023, 1, 1)), by=admin, at=MONDAY_9AM)
    committee = committees.add_committee(said(table), by=admin, at=MONDAY_9AM)
    with pytest.raises(Refused):
        committees.change_committee(committee, said(table), by=admin, at=MONDAY_9AM)
    again = committees.change_committee(
        committee, said(table, name="清县医调委", term_ends_on=date(2029, 1, 1)), by=admin, at=MONDAY_9AM
    )
    assert (again.unit.name, again.term_ends_on) == ("清县医调委", date(2029, 1, 1))
    assert Unit.objects.get(pk=committee.unit_id).former_names.get().name == "清县医疗纠纷人民调解委员会"


def test_a_committee_that_closes_leaves_no_seat(table: Table, admin: User) -> None:
    village = table.village.committee
    committees.close_committee(village, on=TODAY, successor=table.township, by=admin, at=MONDAY_9AM)

    assert set(village.memberships.values_list("ends_on", flat=True)) == {TODAY}
    assert Unit.objects.get(pk=table.village.pk).successor == table.township


def test_a_mediator_without_an_account_has_a_seat_and_changes_it(table: Table, admin: User) -> None:
    at, village = MONDAY_9AM, table.village.committee
    who = mediators.add_mediator(Who(name="白秀英", phone="13900000077", is_woman=True), by=admin, at=at)
    mediators.give_seat(who, village, Seat.MEMBER, on=TODAY, by=admin, at=at)
    later = TODAY + timedelta(days=10)
    mediators.give_seat(who, village, Seat.DEPUTY, on=later, by=admin, at=at)

    seats = list(who.memberships.order_by("starts_on").values_list("seat", "starts_on", "ends_on"))
    assert seats == [("member", TODAY, later), ("deputy", later, None)]
    with pytest.raises(Refused, match="何老五"):
        mediators.give_seat(who, village, Seat.DIRECTOR, on=later, by=admin, at=at)
    assert "13900000077" not in str(list(StaffLog.objects.values_list("facts", flat=True)))


def test_whoever_leaves_leaves_every_seat_and_studio(table: Table, admin: User) -> None:
    he = table.mediator(table.he_mediates_willow)
    plate = Plate(name="何老五调解室", committee=table.village.committee, opened_on=TODAY)
    studio = studios.open_studio(plate, he, by=admin, at=MONDAY_9AM)
    mediators.set_status(he, Status.LEFT, by=admin, at=MONDAY_9AM)

    he.refresh_from_db()
    studio.refresh_from_db()
    assert (he.status, he.left_on, he.memberships.get().ends_on, studio.closed_on) == ("left", TODAY, TODAY, TODAY)
    with pytest.raises(Refused):
        mediators.give_seat(he, table.village.committee, Seat.MEMBER, on=TODAY, by=admin, at=MONDAY_9AM)


def test_an_account_belongs_to_one_mediator_and_to_a_mediator(table: Table, admin: User) -> None:
    for user in (table.he_mediates_willow, table.qing.ma_clerks):
        with pytest.raises(Refused):
            mediators.add_mediator(Who(name="另一个", user=user), by=admin, at=MONDAY_9AM)


def test_a_complaint_is_heard_found_and_whoever_is_removed_leaves(table: Table, admin: User) -> None:
    qing, he = table.qing, table.mediator(table.he_mediates_willow)
    with pytest.raises(Refused):
        complaints.complain(he, ComplaintGround.TAKING, "收了一条烟。", by=admin, at=MONDAY_9AM)
    complaint = complaints.complain(he, ComplaintGround.TAKING, "收了一条烟。", by=qing.ma_clerks, at=MONDAY_9AM)
    with pytest.raises(Refused):
        complaints.find(complaint, Finding.REMOVED, "属实。", by=qing.ma_clerks, at=MONDAY_9AM)
    by = qing.wu_supervises
    complaints.find(complaint, Finding.REMOVED, "属实。", by=by, at=MONDAY_9AM)

    he.refresh_from_db()
    assert (he.status, he.memberships.get().ends_on) == ("left", TODAY)
    assert "一条烟" not in str(list(StaffLog.objects.values_list("facts", flat=True)))
    with pytest.raises(Refused):
        complaints.find(complaint, Finding.UNFOUNDED, "不属实。", by=by, at=MONDAY_9AM)


def test_an_unfounded_complaint_changes_nothing(table: Table) -> None:
    qing, he = table.qing, table.mediator(table.he_mediates_willow)
    complaint = complaints.complain(he, ComplaintGround.FAVOURING, "偏向对方。", by=qing.ma_clerks, at=MONDAY_9AM)
    complaints.find(complaint, Finding.UNFOUNDED, "听了录音，没有。", by=qing.wu_supervises, at=MONDAY_9AM)

    he.refresh_from_db()
    assert (he.status, he.memberships.get().ends_on) == ("serving", None)


def test_what_the_law_asks_of_a_committee_is_told_not_refused(table: Table, admin: User) -> None:
    at, village = MONDAY_9AM, table.village.committee
    assert "2" in told(village)  # He and Jin: three to nine are asked for
    third = mediators.add_mediator(Who(name="白秀英"), by=admin, at=at)
    mediators.give_seat(third, village, Seat.MEMBER, on=TODAY, by=admin, at=at)
    assert told(village) == ""

    jin = table.mediator(table.jin_mediates_willow)
    mediators.change_mediator(jin, Who(name="金桂香", user=jin.user), by=admin, at=at)
    no_woman = told(village)
    assert no_woman != ""
    mediators.end_seat(village.memberships.get(seat="director"), on=TODAY, by=admin, at=at)
    assert len(told(village)) > len(no_woman)


def test_nobody_who_serves_is_told_and_so_is_the_term(table: Table, admin: User) -> None:
    county = table.county.committee
    quiet = told(county)
    mediators.set_status(table.mediator(table.peng_mediates_county), Status.SUSPENDED, by=admin, at=MONDAY_9AM)
    assert len(told(county)) > len(quiet)

    ends = date(2026, 12, 31)
    day = date_format(ends)
    assert day not in told(county, ends - timedelta(days=61))
    assert day in told(county, ends - timedelta(days=60))
    assert told(county, ends) != told(county, ends - timedelta(days=1))
    Committee.objects.filter(pk=county.pk).update(term_ends_on=None)
    assert day not in told(county, ends)
