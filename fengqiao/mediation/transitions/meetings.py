"""The parties meet, in person, by phone or by link: planned, called off, or held with its minutes."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.kit.holding import hold as hold_row
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.completeness import present_parties, who_mediates
from fengqiao.mediation.models import Attendance, Dossier, Guest, Invitation, Mediator, Meeting, Party
from fengqiao.mediation.transitions.acting import acting, present_round
from fengqiao.mediation.transitions.inviting import unwelcome
from fengqiao.mediation.vocabulary import Consent, MeetingKind, Road
from fengqiao.people.models import User
from fengqiao.places import calendar as calendars

TAKES = timedelta(hours=2)  # one mediator does not begin another meeting within this time


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When, where and how a meeting is to be."""

    kind: MeetingKind
    starts_at: datetime
    place: str = ""
    link: str = ""
    recorder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What is written down of a meeting; concessions stand apart, since they are no evidence later."""

    held_at: datetime
    ended_at: datetime
    result: str
    subject: str = ""
    recorder: str = ""
    statements: str = ""
    verified: str = ""
    undisputed: str = ""
    is_undisputed_agreed: bool = False
    concessions: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Whether a party was there, and who spoke for it."""

    was_there: bool
    through: str = ""


def plan(dossier: Dossier, planned: Plan, *, by: User, at: datetime) -> Meeting:
    """Plan a meeting; the line says if its day is a holiday, or a weekend that is worked."""
    facts: dict[str, Fact] = {
        "kind": str(planned.kind),
        "starts": planned.starts_at.isoformat(),
        "place": planned.place,
        "day": day_of(dossier.county, planned.starts_at),
    }
    with acting("plan_meeting", dossier, by=by, at=at, words=Words(facts=facts)) as dossier:
        _must_say_where(planned)
        _must_all_consent(dossier)
        running = present_round(dossier)
        if planned.starts_at < running.began_at:
            raise Refused(_("A meeting does not begin before its tier."))
        mediator = _free_mediator(dossier, planned.starts_at, at) if dossier.road == Road.PEOPLES else None
        return Meeting.objects.create(
            county=dossier.county, dossier=dossier, round=running, mediator=mediator, **asdict(planned)
        )


def call_off(meeting: Meeting, *, reason: str, by: User, at: datetime) -> Meeting:
    """Call a meeting off; the parties read why."""
    words = Words(public=reason, facts={"starts": meeting.starts_at.isoformat()})
    with acting("call_off_meeting", meeting.dossier, by=by, at=at, words=words):
        meeting = _open_one(meeting)
        if not reason.strip():
            raise Refused(_("Give the reason."))
        meeting.called_off_at, meeting.called_off_why = at, reason
        meeting.save(update_fields=["called_off_at", "called_off_why"])
    return meeting


def hold(
    meeting: Meeting,
    minutes: Minutes,
    *,
    seats: Mapping[Party, Seat],
    guests: Collection[Invitation] = (),
    by: User,
    at: datetime,
) -> Meeting:
    """Write the minutes: who was there, what was said and found, what came of it."""
    facts: dict[str, Fact] = {"held": minutes.held_at.isoformat(), "guests": [each.name for each in guests]}
    with acting("hold_meeting", meeting.dossier, by=by, at=at, words=Words(facts=facts)) as dossier:
        meeting = _open_one(meeting)
        _must_be_in_order(meeting, minutes, at)
        _seat(dossier, meeting, seats)
        _let_in(dossier, meeting, guests)
        for name, value in asdict(minutes).items():
            setattr(meeting, name, value)
        meeting.save()
    return meeting


def day_of(county: str, moment: datetime) -> str:
    """Name what is special about the day of a meeting: a holiday it falls on, or the one a weekend makes up for."""
    on, calendar = localdate(moment), calendars.of(county)
    named = calendar.exceptions.get(on)
    if named is None:
        return ""
    if not named.working:
        return _("Public holiday: %(name)s") % {"name": named.name}
    return _("Working day in exchange: %(name)s") % {"name": named.name}


def _open_one(meeting: Meeting) -> Meeting:
    """Read a meeting as it is now, or refuse one that was held or called off."""
    meeting = Meeting.objects.select_related("dossier", "round").get(pk=meeting.pk)
    if meeting.held_at is not None:
        raise Refused(_("This meeting has its minutes already."))
    if meeting.called_off_at is not None:
        raise Refused(_("This meeting was called off."))
    return meeting


def _must_say_where(planned: Plan) -> None:
    """Refuse a meeting nobody could find."""
    if planned.kind == MeetingKind.IN_PERSON and not planned.place.strip():
        raise Refused(_("Say where the parties meet."))
    if planned.kind == MeetingKind.LINK and not planned.link.strip():
        raise Refused(_("Give the link the parties come by."))


def _must_all_consent(dossier: Dossier) -> None:
    """Refuse a meeting as long as somebody in the dispute has not agreed to be mediated."""
    parties = present_parties(dossier)
    if len({party.side for party in parties}) < 2:  # noqa: PLR2004 – a dispute has two sides
        raise Refused(_("There must be a party on each side."))
    silent = [party.name for party in parties if party.consent != Consent.GIVEN]
    if silent:
        raise Refused(_("First every party agrees to mediation; missing: %(names)s.") % {"names": "、".join(silent)})


def _free_mediator(dossier: Dossier, starts_at: datetime, at: datetime) -> Mediator:
    """Find who mediates, held against a second plan at this moment, with no other meeting around that time."""
    mediator = who_mediates(dossier, at)
    if mediator is None:
        raise Refused(_("Nobody mediates yet: the parties choose, or the committee assigns."))
    mediator = hold_row(Mediator, mediator.pk)
    around = mediator.meetings.filter(starts_at__gt=starts_at - TAKES, starts_at__lt=starts_at + TAKES)
    other = around.filter(called_off_at__isnull=True).order_by("starts_at").first()
    if other is not None:
        said = _("%(mediator)s has a meeting at %(time)s; leave two hours between.")
        raise Refused(said % {"mediator": mediator, "time": f"{localtime(other.starts_at):%H:%M}"})
    return mediator


def _must_be_in_order(meeting: Meeting, minutes: Minutes, at: datetime) -> None:
    """Refuse minutes of impossible times, without a result, or with facts the parties did not agree to record."""
    if not meeting.round.began_at <= minutes.held_at <= minutes.ended_at <= at:
        raise Refused(_("A meeting begins within its tier and ends before its minutes are written."))
    if not minutes.result.strip():
        raise Refused(_("Say what came of the meeting."))
    if minutes.undisputed.strip() and not minutes.is_undisputed_agreed:
        raise Refused(_("Facts not in dispute are recorded only if the parties agree to that."))


def _seat(dossier: Dossier, meeting: Meeting, seats: Mapping[Party, Seat]) -> None:
    """Write down for each party in the dispute whether it was there."""
    said = {party.pk: seat for party, seat in seats.items()}
    for party in present_parties(dossier):
        seat = said.pop(party.pk, None)
        if seat is None:
            raise Refused(_("Say whether %(party)s was there.") % {"party": party})
        Attendance.objects.create(county=meeting.county, meeting=meeting, party=party, **asdict(seat))
    if said:
        raise Refused(_("Somebody named there is not in this dispute."))


def _let_in(dossier: Dossier, meeting: Meeting, guests: Collection[Invitation]) -> None:
    """Write down who of those invited was there; whoever a party has not agreed to was not."""
    for invitation in guests:
        if invitation.dossier_id != dossier.pk:
            raise Refused(_("Somebody named there is not in this dispute."))
        if silent := unwelcome(dossier, invitation):
            said = _("%(name)s takes part only if every party agrees; missing: %(names)s.")
            raise Refused(said % {"name": invitation.name, "names": "、".join(silent)})
        Guest.objects.create(county=meeting.county, meeting=meeting, invitation=invitation)
