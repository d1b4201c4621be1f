"""One dispute from the day it is told to the last duty, act by act through the real transitions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.intake.transitions.at_once import receive_and_open
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel
from fengqiao.kit.verdict import Refused
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.ladders import ways_up
from fengqiao.mediation.models import Agreement, Dossier, Meeting, Party
from fengqiao.mediation.transitions import agreeing, consenting, ending, meetings, opening, parties, performing, tiers
from fengqiao.mediation.transitions.meetings import Plan, Seat
from fengqiao.mediation.transitions.opening import Dispute
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.transitions.wording import Term, Wording
from fengqiao.mediation.vocabulary import ChosenBy, Ground, MeetingKind, Source, Way
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Level, Region
from fengqiao.playbooks.year import words
from fengqiao.playbooks.year.chances import BETWEEN_MEETINGS, Quarrel
from fengqiao.playbooks.year.people import Bench, Cast

HOUR = timedelta(hours=1)
A_MEETING = timedelta(minutes=90)
TIERS = [Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY]


@dataclass(slots=True)
class Course:
    """One dispute on its way; `at` is the moment that has been reached."""

    cast: Cast
    quarrel: Quarrel
    region: Region
    bench: Bench
    at: datetime
    until: datetime  # nothing is played after this moment

    def run(self) -> Dossier:
        """Play it to its end, or to the moment that the year is told up to."""
        dossier = self._opened()
        if self._asked(dossier) and self._mediated(dossier):
            self._performed(dossier)
        return dossier

    @property
    def _user(self) -> User:
        return self.bench.users[self.quarrel.chance.randrange(len(self.bench.users))]

    def _later(self, least: float, most: float) -> bool:
        """Let some hours pass; say whether that is still before the end."""
        self.at += self.quarrel.chance.uniform(least, most) * HOUR
        return self.at < self.until

    @property
    def _tier(self) -> int:
        return TIERS.index(Level(self.bench.unit.region.level)) + 1

    def _opened(self) -> Dossier:
        cast, said = self.cast, words.told(self.quarrel)
        entry = Entry(
            channel=Channel.WINDOW,
            nature=Nature.HELP,
            text=said.text,
            region=self.region,
            reporter=said.one,
            phone=said.phone,
        )
        what = Opening(title=said.title, kind=Kind.DISPUTE, nature=Nature.HELP, region=self.region, centre=cast.centre)
        report = receive_and_open(cast.county, entry, what, by=cast.clerk, at=self.at).report
        assert report.case is not None  # it was opened in the same act
        self._later(0.1, 2)
        dispute = Dispute(
            type=self.quarrel.type,
            source=Source.APPLICATION,
            facts=said.text,
            amount=self.quarrel.amount,
            wishes=said.wishes,
        )
        dossier = opening.open_dossier(report.case, dispute, to=self.bench.unit, by=cast.dispatcher, at=self.at)
        self._later(0.2, 3)
        user = self._user
        for side, name, phone in ((1, said.one, said.phone), (2, said.other, "")):
            known = Known(
                side=side, name=name, phone=phone, address=self.region.name, report=report.pk if side == 1 else None
            )
            parties.add_party(dossier, known, by=user, at=self.at)
        return dossier

    def _asked(self, dossier: Dossier) -> bool:
        """Ask both sides; one that says no ends it."""
        user = self._user
        for party in dossier.parties.order_by("side"):
            if party.side > 1 and self.quarrel.refuses_at_first():
                self._refused(party, user)
                return False
            consenting.give_consent(party, way=Way.IN_PERSON, by=user, at=self.at)
            consenting.acknowledge(party, way=Way.IN_PERSON, by=user, at=self.at)
        self._choose(dossier)
        consenting.begin(dossier, by=user, at=self.at)
        return True

    def _choose(self, dossier: Dossier) -> None:
        chance, mediators = self.quarrel.chance, self.bench.mediators
        chosen_by = ChosenBy.PARTIES if chance.random() < 1 / 3 else ChosenBy.COMMITTEE
        mediator = mediators[chance.randrange(len(mediators))]
        consenting.choose_mediator(dossier, mediator, chosen_by=chosen_by, by=self._user, at=self.at)

    def _mediated(self, dossier: Dossier) -> bool:
        """Meet as often as the tier has time for; go up where that was not enough. Say whether they agreed."""
        while (outcome := self._meetings_of(dossier)) is None:
            if not self._risen(dossier):
                return False
        return outcome

    def _meetings_of(self, dossier: Dossier) -> bool | None:
        """Meet at one tier until it is settled either way, or its time is nearly over (none)."""
        while True:
            self.at = _by_day(self.at + BETWEEN_MEETINGS[self._tier] * self.quarrel.chance.uniform(0.3, 1))
            dossier.case.refresh_from_db()
            if self.at >= self.until:
                return False
            if dossier.case.due_at is None or self.at + 2 * A_MEETING >= dossier.case.due_at:
                self.at = min(self.at, (dossier.case.due_at or self.at).astimezone(SHANGHAI) - HOUR)
                return None
            if (found := self._met(dossier)) is not None:
                return found

    def _met(self, dossier: Dossier) -> bool | None:
        """Hold one meeting; say what it settled, if anything. One that is still to come stays planned."""
        user, meeting = self._user, self._planned(dossier)
        if meeting.starts_at + 2 * A_MEETING >= self.until:
            return False
        self.quarrel.meet(self._tier)
        self.at = meeting.starts_at + A_MEETING
        present = {party: Seat(True) for party in dossier.parties.all()}
        minutes = words.minutes(self.quarrel, meeting.starts_at, self.at)
        meetings.hold(meeting, minutes, seats=present, by=user, at=self.at)
        if self.quarrel.walks_out():
            self._refused(dossier.parties.get(side=2), user)
            return False
        if self.quarrel.is_near:
            self._agreed(dossier, user)
            return True
        return None

    def _planned(self, dossier: Dossier) -> Meeting:
        """Find the first free hour of the mediator from now on."""
        starts = self.at
        for _try in range(200):
            planned = Plan(kind=MeetingKind.IN_PERSON, starts_at=starts, place=f"{self.bench.unit.name}调解室")
            try:
                return meetings.plan(dossier, planned, by=self._user, at=self.at)
            except Refused:
                starts = _by_day(starts + HOUR)
        raise RuntimeError(f"{self.bench.unit} has no free hour")

    def _risen(self, dossier: Dossier) -> bool:
        """Take it to the tier above, where somebody else is chosen; from the highest there is only the end."""
        if not self.at < self.until:
            return False
        dossier.refresh_from_db()
        above = self._above(ways_up(dossier, self.at))
        if above is None:
            ending.end(dossier, Ground.NO_PROSPECT, "多次调解，双方仍没有谈拢。", by=self._user, at=self.at)
            return False
        tiers.escalate(dossier, to=above.unit, reason="本级多次调解，双方还没有谈拢。", by=self._user, at=self.at)
        self.bench = above
        dossier.refresh_from_db()
        if not self._later(0.5, 4):
            return False
        self._choose(dossier)
        return True

    def _above(self, units: list[Unit]) -> Bench | None:
        """Choose the committee of the township, then that of the county; those of single trades are not asked."""
        known = [self.cast.bench(path) for path in (parent_of(self.region.path), self.cast.county.region.path)]
        return next((bench for bench in known if bench.unit in units), None)

    def _refused(self, party: Party, user: User) -> None:
        consenting.refuse(party, way=Way.IN_PERSON, words="不愿意再调解。", by=user, at=self.at)
        if self._later(0.2, 2):
            party.dossier.refresh_from_db()
            ending.end(party.dossier, Ground.REFUSED, "当事人明确拒绝调解。", by=user, at=self.at)

    def _agreed(self, dossier: Dossier, user: User) -> None:
        wording = self._wording(dossier)
        if self.quarrel.is_small:
            agreeing.agree_orally(dossier, wording, agreed_at=self.at, by=user, at=self.at)
            return
        agreement = agreeing.draft(dossier, wording, by=user, at=self.at)
        for party in dossier.parties.order_by("side"):
            self.at += timedelta(minutes=5)
            agreeing.sign(agreement, party, signed_at=self.at, by=user, at=self.at)
        agreeing.sign_as_mediator(agreement, signed_at=self.at, by=user, at=self.at)
        agreeing.seal(agreement, sealed_at=self.at, by=user, at=self.at)
        agreeing.take_effect(agreement, by=user, at=self.at)

    def _wording(self, dossier: Dossier) -> Wording:
        one, other = dossier.parties.order_by("side")
        due_on = (
            None if self.quarrel.is_small else localdate(self.at) + timedelta(days=self.quarrel.chance.randrange(7, 60))
        )
        term = Term(
            owes=other, to=one, what=words.duty(self.quarrel), amount=self.quarrel.amount, how="当面", due_on=due_on
        )
        return Wording(facts="双方对事实没有争议。", content=term.what, items=[term])

    def _performed(self, dossier: Dossier) -> None:
        """Do what was promised, or not, on its day; then ask how it goes."""
        agreement = dossier.agreements.get(state=Agreement.State.EFFECTIVE)
        item, user = agreement.items.get(), self._user
        if item.due_on is not None:
            self.at = _by_day(self.at + (item.due_on - localdate(self.at) - timedelta(days=1)))
        if self.at >= self.until:
            return
        if self.quarrel.keeps():
            performing.perform(item, done_at=self.at, recovered=item.amount, words="", by=user, at=self.at)
        elif self._later(48, 96):
            performing.breach(item, words="到期没有履行。", by=user, at=self.at)
        if self._later(24 * 20, 24 * 30):
            performing.follow_up(dossier, words.visit(), by=user, at=self.at)


def parent_of(path: str) -> str:
    """Give the path of the place above."""
    return path.rsplit(".", 1)[0]


def _by_day(moment: datetime) -> datetime:
    """Move a moment into the day: nobody is called to a meeting before nine or after eight in the evening."""
    if moment.hour < 9:  # noqa: PLR2004 – an hour of the clock
        return moment.replace(hour=9, minute=0, second=0, microsecond=0)
    if moment.hour >= 20:  # noqa: PLR2004 – an hour of the clock
        return (moment + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    return moment
