"""One dispute from the day it is told to the last duty, act by act through the real transitions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fengqiao.kit.verdict import Refused
from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.ladders import ways_up
from fengqiao.mediation.models import Dossier, Meeting
from fengqiao.mediation.transitions import ending, meetings, tiers
from fengqiao.mediation.transitions.meetings import Plan, Seat
from fengqiao.mediation.vocabulary import Ground, MeetingKind
from fengqiao.people.models import Unit, User
from fengqiao.playbooks.year import afterwards, beginning, beside, words
from fengqiao.playbooks.year.chances import BETWEEN_MEETINGS, Odds
from fengqiao.playbooks.year.moments import HOUR, Moment, by_day
from fengqiao.playbooks.year.people import Bench

A_MEETING = timedelta(minutes=90)


@dataclass(slots=True)
class Course:
    """The way of one dispute, from tier to tier."""

    now: Moment

    def run(self) -> Dossier:
        """Play it to its end, or to the moment that the year is told up to."""
        dossier = beginning.open_dossier(self.now)
        if beginning.ask(self.now, dossier):
            beside.send_on(self.now, dossier)
            if self._mediated(dossier):
                afterwards.perform(self.now, dossier)
        return dossier

    def _mediated(self, dossier: Dossier) -> bool:
        """Meet as often as the tier has time for; go up where that was not enough. Say whether they agreed."""
        while (outcome := self._meetings_of(dossier)) is None:
            if not self._risen(dossier):
                return False
        return outcome

    def _meetings_of(self, dossier: Dossier) -> bool | None:
        """Meet at one tier until it is settled either way, or its time is over (none)."""
        now = self.now
        beside.wait_for_appraisal(now, dossier)
        while True:
            reached = now.at
            now.at = by_day(now.at + BETWEEN_MEETINGS[now.tier] * now.quarrel.chance.uniform(0.3, 1))
            if now.at >= now.until or self._settled_alone(dossier):
                return False
            due = self._due(dossier)
            if now.at + 2 * A_MEETING < due:
                if (found := self._met(dossier)) is not None:
                    return found
                continue
            now.at = max(reached, min(now.at, due - HOUR))
            if not (now.at < due and beside.give_more_time(now, dossier)):
                return self._met(dossier) if beside.lets_it_run_out(now) else None

    def _due(self, dossier: Dossier) -> datetime:
        """Read when the time of this tier is over."""
        dossier.case.refresh_from_db(fields=["due_at"])
        assert dossier.case.due_at is not None  # a tier has a clock
        return dossier.case.due_at.astimezone(SHANGHAI)

    def _settled_alone(self, dossier: Dossier) -> bool:
        """Let them settle it by themselves between two meetings."""
        if not self.now.quarrel.happens(Odds.SETTLED_ALONE):
            return False
        ending.end(dossier, Ground.SELF_SETTLED, "双方自己谈妥，不再调解。", by=self.now.anyone(), at=self.now.at)
        return True

    def _met(self, dossier: Dossier) -> bool | None:
        """Hold one meeting; say what it settled, if anything. One that is still to come stays planned."""
        now = self.now
        user, meeting = now.anyone(), self._planned(dossier)
        if meeting.starts_at + 2 * A_MEETING >= now.until:
            return False
        if now.quarrel.happens(Odds.CANNOT_COME):
            meetings.call_off(meeting, reason="一方临时有事，改期再谈。", by=user, at=now.at)
            now.at = meeting.starts_at
            return None
        self._held(dossier, meeting, user)
        beside.report_danger(now, dossier)
        return self._came_of_it(dossier, user)

    def _held(self, dossier: Dossier, meeting: Meeting, user: User) -> None:
        """Let both come a part of the way, and write the minutes."""
        now = self.now
        now.quarrel.meet(now.tier)
        now.at = meeting.starts_at + A_MEETING
        present = {party: Seat(True) for party in dossier.parties.all()}
        minutes = words.minutes(now.quarrel, meeting.starts_at, now.at)
        meetings.hold(meeting, minutes, seats=present, by=user, at=now.at)

    def _came_of_it(self, dossier: Dossier, user: User) -> bool | None:
        """Let somebody walk out, or both agree; else it goes on."""
        if self.now.quarrel.walks_out():
            beginning.refuse(self.now, dossier.parties.get(side=2), user)
            return False
        if self.now.quarrel.is_near:
            afterwards.agree(self.now, dossier, user)
            return True
        return None

    def _planned(self, dossier: Dossier) -> Meeting:
        """Find the first free hour of the mediator from now on."""
        now, starts = self.now, self.now.at
        for _try in range(200):
            planned = Plan(kind=MeetingKind.IN_PERSON, starts_at=starts, place=f"{now.bench.unit.name}调解室")
            try:
                return meetings.plan(dossier, planned, by=now.anyone(), at=now.at)
            except Refused:
                starts = by_day(starts + HOUR)
        raise RuntimeError(f"{now.bench.unit} has no free hour")

    def _risen(self, dossier: Dossier) -> bool:
        """Take it to the tier above, where somebody else is chosen; from the highest there is only the end."""
        now = self.now
        if not now.at < now.until:
            return False
        dossier.refresh_from_db()
        above, below = self._above(ways_up(dossier, now.at)), now.bench
        if above is None:
            self._ended(dossier)
            return False
        tiers.escalate(dossier, to=above.unit, reason="本级多次调解，双方还没有谈拢。", by=now.anyone(), at=now.at)
        now.bench = above
        if not now.later(0.5, 4) or not self._looked_at(dossier, below):
            return False
        dossier.refresh_from_db()
        beginning.choose(now, dossier)
        return True

    def _looked_at(self, dossier: Dossier, below: Bench) -> bool:
        """Let those above send it back, now and then and once; say whether the year goes on."""
        now = self.now
        if not now.quarrel.happens(Odds.SENT_BACK) or dossier.rounds.filter(result="sent_back").exists():
            return True
        tiers.send_back(dossier, help_given="派员到村里一起调解。", by=now.anyone(), at=now.at)
        now.bench = below
        return now.later(0.5, 4)

    def _ended(self, dossier: Dossier) -> None:
        """End it at the highest tier: nobody sees a prospect, or the time is over."""
        now = self.now
        is_late = self._due(dossier) <= now.at
        ground = Ground.TIME_OVER if is_late else Ground.NO_PROSPECT
        ending.end(dossier, ground, "多次调解，双方仍没有谈拢。", by=now.anyone(), at=now.at)

    def _above(self, units: list[Unit]) -> Bench | None:
        """Choose the committee of the township, then that of the county; those of single trades are not asked."""
        now = self.now
        known = [now.cast.bench(path) for path in (parent_of(now.region.path), now.cast.county.region.path)]
        return next((bench for bench in known if bench.unit in units), None)


def parent_of(path: str) -> str:
    """Give the path of the place above."""
    return path.rsplit(".", 1)[0]
