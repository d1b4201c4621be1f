"""The parties meet: planned where everyone can come, called off with a reason, held with minutes that bind nobody."""

from datetime import datetime, timedelta

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier, Expert, Meeting, Party
from fengqiao.mediation.transitions import inviting, meetings, parties
from fengqiao.mediation.transitions.inviting import Helper
from fengqiao.mediation.transitions.meetings import Minutes, Plan, Seat
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.vocabulary import MeetingKind
from fengqiao.people.actors import Resident
from fengqiao.places import calendar as calendars
from fengqiao.places.models import WorkDay
from tests.cast import LONG_AGO, MONDAY_9AM, QING, SHANGHAI
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table

TUESDAY = MONDAY_9AM + DAY
OVER = TUESDAY + timedelta(hours=1)


def planned(starts_at: datetime = TUESDAY, **changes: object) -> Plan:
    """A meeting in the village office."""
    facts: dict[str, object] = {"kind": MeetingKind.IN_PERSON, "place": "村委会调解室", "starts_at": starts_at}
    return Plan(**(facts | changes))  # type: ignore[arg-type]


def minutes(**changes: object) -> Minutes:
    """What He wrote down."""
    facts: dict[str, object] = {
        "held_at": TUESDAY,
        "ended_at": OVER,
        "result": "双方同意周四到地头丈量。",
        "statements": "张：埂挪了一尺多。王：没有。",
    }
    return Minutes(**(facts | changes))  # type: ignore[arg-type]


@pytest.fixture
def meeting(table: Table, under_way: Dossier) -> Meeting:
    """A meeting on Tuesday morning."""
    return meetings.plan(under_way, planned(), by=table.he_mediates_willow, at=MONDAY_9AM)


def test_a_meeting_is_planned_where_everyone_can_come(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    for lacking in (
        planned(place=" "),
        planned(kind=MeetingKind.LINK, place="", link=""),
        planned(MONDAY_9AM - DAY),
    ):
        with pytest.raises(Refused):
            meetings.plan(under_way, lacking, by=by, at=MONDAY_9AM)
    meeting = meetings.plan(under_way, planned(), by=by, at=MONDAY_9AM)
    later = planned(TUESDAY + timedelta(hours=2), kind=MeetingKind.PHONE, place="")
    meetings.plan(under_way, later, by=by, at=MONDAY_9AM)
    assert (meeting.mediator, meeting.round.unit) == (table.mediator(by), table.village)
    assert under_way.case.log.filter(verb="mediation", facts__act="plan_meeting").count() == 2


def test_nobody_meets_before_everyone_has_agreed(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    parties.add_party(under_way, Known(side=2, name="王守田妻"), by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="王守田妻"):
        meetings.plan(under_way, planned(), by=by, at=MONDAY_9AM)
    asked = tables.open_dossier(table)
    with pytest.raises(Refused):
        meetings.plan(asked, planned(), by=by, at=MONDAY_9AM)
    assert not Meeting.objects.exists()


def test_a_mediator_sits_at_one_table_at_a_time(table: Table, meeting: Meeting) -> None:
    other, by = tables.begin(table), table.he_mediates_willow
    for minute in (-119, 0, 119):
        with pytest.raises(Refused, match="09:00"):
            meetings.plan(other, planned(TUESDAY + timedelta(minutes=minute)), by=by, at=MONDAY_9AM)
    meetings.call_off(meeting, reason="何老五住院。", by=by, at=MONDAY_9AM)
    assert meetings.plan(other, planned(), by=by, at=MONDAY_9AM).place


def test_a_worked_saturday_is_a_working_day_and_a_holiday_is_named(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    saturday, holiday = datetime(2026, 9, 26, 9, tzinfo=SHANGHAI), datetime(2026, 10, 1, 9, tzinfo=SHANGHAI)
    WorkDay.objects.create(on=saturday.date(), working=True, name="国庆节")
    WorkDay.objects.create(on=holiday.date(), working=False, name="国庆节")
    calendars.forget()
    for moment in (saturday, holiday, MONDAY_9AM):
        meetings.plan(under_way, planned(moment), by=by, at=MONDAY_9AM)
    lines = under_way.case.log.filter(facts__act="plan_meeting").order_by("line")
    days = [line.facts["day"] for line in lines]
    assert days == ["Working day in exchange: 国庆节", "Public holiday: 国庆节", ""]


def test_a_meeting_is_called_off_with_a_reason(table: Table, meeting: Meeting) -> None:
    by = table.he_mediates_willow
    with pytest.raises(Refused, match="reason"):
        meetings.call_off(meeting, reason="", by=by, at=MONDAY_9AM)
    meetings.call_off(meeting, reason="大雪封路。", by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="called off"):
        meetings.call_off(meeting, reason="再说一次。", by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="called off"):
        meetings.hold(meeting, minutes(), seats=_everyone(meeting), by=by, at=OVER)
    assert meeting.dossier.case.log.get(facts__act="call_off_meeting").public == "大雪封路。"


def test_the_minutes_say_who_was_there_and_what_came_of_it(table: Table, meeting: Meeting) -> None:
    by, seats = table.he_mediates_willow, _everyone(meeting)
    said = minutes(verified="2019 年确权图埂宽 0.4 米。", concessions="王愿退半尺。", recorder="金桂香")
    meetings.hold(meeting, said, seats=seats, by=by, at=OVER)
    meeting.refresh_from_db()
    assert (meeting.held_at, meeting.verified, meeting.concessions) == (TUESDAY, said.verified, "王愿退半尺。")
    assert [
        (each.party.name, each.was_there, each.through) for each in meeting.attendances.order_by("party__side")
    ] == [
        ("张福来", True, ""),
        ("王守田", False, "王小军"),
    ]
    line = meeting.dossier.case.log.get(facts__act="hold_meeting")
    assert "王愿退半尺" not in f"{line.note}{line.public}{line.facts}"
    with pytest.raises(Refused, match="minutes already"):
        meetings.hold(meeting, said, seats=seats, by=by, at=OVER)


def test_minutes_that_cannot_be_are_refused(table: Table, meeting: Meeting) -> None:
    by, seats = table.he_mediates_willow, _everyone(meeting)
    for wrong in (
        minutes(result=""),
        minutes(ended_at=TUESDAY - DAY),
        minutes(ended_at=OVER + DAY),
        minutes(held_at=MONDAY_9AM - DAY),
        minutes(undisputed="埂在 1998 年修。"),
    ):
        with pytest.raises(Refused):
            meetings.hold(meeting, wrong, seats=seats, by=by, at=OVER)
    with pytest.raises(Refused, match="王守田"):
        meetings.hold(meeting, minutes(), seats=dict(list(seats.items())[:1]), by=by, at=OVER)
    agreed = minutes(undisputed="埂在 1998 年修。", is_undisputed_agreed=True)
    assert meetings.hold(meeting, agreed, seats=seats, by=by, at=OVER).undisputed


def test_whoever_a_party_does_not_want_does_not_sit_down(table: Table, meeting: Meeting) -> None:
    by, dossier = table.he_mediates_willow, meeting.dossier
    zhang, wang = dossier.parties.order_by("side")
    elder = inviting.invite(dossier, Helper(name="赵长者", role="同族长辈"), by=by, at=MONDAY_9AM)
    inviting.answer(elder, party=zhang, agrees=True, by=by, at=MONDAY_9AM)
    assert inviting.unwelcome(dossier, elder) == ["王守田"]
    inviting.answer(elder, party=wang, agrees=False, by=by, at=MONDAY_9AM)
    elder.refresh_from_db()
    assert (elder.agreed_at, elder.declined_by) == (None, "王守田")
    with pytest.raises(Refused, match="王守田"):
        meetings.hold(meeting, minutes(), seats=_everyone(meeting), guests=[elder], by=by, at=OVER)
    assert not meeting.attendances.exists()

    inviting.answer(elder, party=wang, agrees=True, by=by, at=MONDAY_9AM)
    elder.refresh_from_db()
    assert (elder.agreed_at, elder.declined_at) == (MONDAY_9AM, None)
    meetings.hold(meeting, minutes(), seats=_everyone(meeting), guests=[elder], by=by, at=OVER)
    assert [guest.invitation for guest in meeting.guests.all()] == [elder]


def test_a_party_answers_an_invitation_for_itself_alone(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    zhang, wang = under_way.parties.order_by("side")
    zhang.report = under_way.case.reports.get().pk
    zhang.save()
    elder = inviting.invite(under_way, Helper(name="赵长者", role="同族长辈"), by=by, at=MONDAY_9AM)
    resident = Resident(zhang.report, under_way.case_id)
    inviting.answer(elder, party=zhang, agrees=True, by=resident, at=MONDAY_9AM)
    with pytest.raises(Refused):
        inviting.answer(elder, party=wang, agrees=True, by=resident, at=MONDAY_9AM)
    assert [(each.party, each.agrees) for each in elder.answers.all()] == [(zhang, True)]


def test_only_a_third_is_invited(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    retired = Expert.objects.create(county=QING, name="钱律师", body="律所", field="土地", ended_on=LONG_AGO)
    for helper in (
        Helper(name="王守田", role="邻居"),
        Helper(name="何老五", role="调解员"),
        Helper(name="", role="长辈"),
        Helper(name="钱律师", role="律师", expert=retired),
    ):
        with pytest.raises(Refused):
            inviting.invite(under_way, helper, by=by, at=MONDAY_9AM)
    assert not under_way.invitations.exists()


def _everyone(meeting: Meeting) -> dict[Party, Seat]:
    zhang, wang = meeting.dossier.parties.order_by("side")
    return {zhang: Seat(True), wang: Seat(False, through="王小军")}
