"""Walks through a dossier by chance, and what a reader of the law knows of each party along the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from fengqiao.cases.models import Case
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Agreement, Dossier, Party
from fengqiao.mediation.transitions import agreeing, consenting, ending, meetings, parties, succession, tiers
from fengqiao.mediation.transitions.dangers import Danger, report_danger
from fengqiao.mediation.transitions.meetings import Plan
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.transitions.wording import Term, Wording
from fengqiao.mediation.vocabulary import ChosenBy, Ground, MeetingKind, Way
from fengqiao.mediation.workflow import ACTS
from fengqiao.people.models import User
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import Table


@dataclass
class Walk:
    """One dossier, and what was said in it, kept apart from the program: who is present, who agreed, who said no."""

    table: Table
    chance: Random
    dossier: Dossier
    at: datetime = MONDAY_9AM
    agreed: dict[UUID, bool] = field(default_factory=dict)
    present: dict[UUID, int] = field(default_factory=dict)  # the side of each
    taken: list[str] = field(default_factory=list)
    was_refused: bool = False
    after_refusal: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, table: Table, seed: int) -> "Walk":
        """Begin with two parties, nobody asked."""
        walk = cls(table, Random(seed), tables.open_dossier(table))  # noqa: S311 – a walk, not a secret
        walk._came(*tables.seat_parties(table, walk.dossier))
        walk._read()
        return walk

    def step(self) -> str | None:
        """Try an act by chance; give its name if it was taken. One that was refused leaves no line."""
        self.at += timedelta(minutes=self.chance.randrange(1, 300))
        verb = self._verb()
        lines = Case.objects.get(pk=self.dossier.case_id).line_count
        try:
            MOVES[verb](self)
        except Refused:
            assert Case.objects.get(pk=self.dossier.case_id).line_count == lines, verb
            return None
        finally:
            self._read()
        if self.was_refused:
            self.after_refusal.add(verb)
        self.was_refused |= verb == "refuse"
        self.taken.append(verb)
        return verb

    def everyone_agreed(self) -> bool:
        """Say whether there are two sides and each party present has agreed, by what was heard alone."""
        return {*self.present.values()} >= {1, 2} and all(self.agreed.get(pk) for pk in self.present)

    @property
    def by(self) -> User:
        """Whoever mediates where the dossier is."""
        heads = {
            self.table.village: self.table.he_mediates_willow,
            self.table.township: self.table.luo_mediates_east,
            self.table.county: self.table.peng_mediates_county,
        }
        lead = self.dossier.case.lead
        assert lead is not None
        return heads[lead]

    def anybody(self) -> Party:
        """Somebody who was ever in the dispute."""
        return self.chance.choice(list(self.dossier.parties.order_by("joined_at", "id")))

    def _verb(self) -> str:
        """Choose an act: mostly one the table allows here, else any at all."""
        fitting = [each for each in MOVES if self.dossier.stand in ACTS[HANDS.get(each, each)].leaves]
        verbs = fitting if self.chance.random() < 0.8 else list(MOVES)
        return self.chance.choices(verbs, [OFTEN.get(each, 1) for each in verbs])[0]

    def _read(self) -> None:
        self.dossier = Dossier.objects.select_related("case", "mediator").get(pk=self.dossier.pk)

    def _came(self, *who: Party) -> None:
        self.present.update({party.pk: party.side for party in who})

    def give(self) -> None:
        """Somebody agrees."""
        party = self.anybody()
        consenting.give_consent(party, way=Way.IN_PERSON, by=self.by, at=self.at)
        self.agreed[party.pk] = True

    def refuse(self) -> None:
        """Somebody says no, or takes back a yes."""
        party = self.anybody()
        consenting.refuse(party, way=Way.PHONE, by=self.by, at=self.at)
        self.agreed[party.pk] = False

    def add(self) -> None:
        """One more on a side."""
        known = Known(side=self.chance.choice([1, 2]), name=f"李{len(self.taken)}")
        self._came(parties.add_party(self.dossier, known, by=self.by, at=self.at))

    def replace(self) -> None:
        """Somebody dies; a child steps in or nobody does."""
        party = self.anybody()
        heirs = [Known(side=party.side, name=f"{party.name}之子")] if self.chance.random() < 0.8 else []
        came = succession.replace_party(party, why="去世。", heirs=heirs, by=self.by, at=self.at)
        del self.present[party.pk]
        self._came(*came)

    def choose(self) -> None:
        """The committee names its own."""
        mediator = self.table.mediator(self.by)
        consenting.choose_mediator(self.dossier, mediator, chosen_by=ChosenBy.COMMITTEE, by=self.by, at=self.at)

    def draft(self) -> None:
        """Two of those present are written into a draft."""
        agreeing.draft(self.dossier, self._wording(), by=self.by, at=self.at)

    def orally(self) -> None:
        """They agree by word of mouth."""
        agreeing.agree_orally(self.dossier, self._wording(), agreed_at=self.at, by=self.by, at=self.at)

    def sign(self) -> None:
        """Somebody signs the latest wording."""
        agreeing.sign(self._latest(), self.anybody(), signed_at=self.at, by=self.by, at=self.at)

    def plan(self) -> None:
        """A meeting is planned."""
        planned = Plan(kind=MeetingKind.IN_PERSON, place="村委会", starts_at=self.at + timedelta(hours=1))
        meetings.plan(self.dossier, planned, by=self.by, at=self.at)

    def call_off(self) -> None:
        """A meeting is called off."""
        if (meeting := self.dossier.meetings.order_by("?").first()) is None:
            raise Refused
        meetings.call_off(meeting, reason="下雨。", by=self.by, at=self.at)

    def end(self) -> None:
        """It ends without agreement."""
        ground = self.chance.choice([Ground.REFUSED, Ground.NO_PROSPECT])
        ending.end(self.dossier, ground, "谈不拢。", by=self.by, at=self.at)

    def _latest(self) -> Agreement:
        latest = self.dossier.agreements.order_by("-version").first()
        if latest is None:
            raise Refused
        return latest

    def _wording(self) -> Wording:
        sides = [[pk for pk, side in self.present.items() if side == which] for which in (1, 2)]
        if not all(sides):
            raise Refused
        asks, owes = (Party.objects.get(pk=pks[0]) for pks in sides)
        term = Term(owes=owes, to=asks, what="把地埂恢复到原处", how="当面", due_on=date(2027, 3, 8))
        return Wording(facts="挪了地埂。", content="恢复原处。", items=(term,))


MOVES: dict[str, Callable[[Walk], object]] = {
    "give_consent": Walk.give,
    "refuse": Walk.refuse,
    "acknowledge": lambda w: consenting.acknowledge(w.anybody(), way=Way.IN_PERSON, by=w.by, at=w.at),
    "add_party": Walk.add,
    "replace_party": Walk.replace,
    "choose_mediator": Walk.choose,
    "begin": lambda w: consenting.begin(w.dossier, by=w.by, at=w.at),
    "plan_meeting": Walk.plan,
    "call_off_meeting": Walk.call_off,
    "escalate": lambda w: tiers.escalate(w.dossier, to=None, reason="谈不拢。", by=w.by, at=w.at),
    "send_back": lambda w: tiers.send_back(w.dossier, help_given="指导。", by=w.by, at=w.at),
    "extend": lambda w: tiers.extend(w.dossier, days=1, agreed_by=w.dossier.parties.all(), by=w.by, at=w.at),
    "pause": lambda w: tiers.pause(w.dossier, until=w.at.date(), reason="测绘。", by=w.by, at=w.at),
    "resume": lambda w: tiers.resume(w.dossier, by=w.by, at=w.at),
    "report_danger": lambda w: report_danger(w.dossier, Danger(to="派出所", words="扬言动手。"), by=w.by, at=w.at),
    "draft": Walk.draft,
    "sign": Walk.sign,
    "sign_as_mediator": lambda w: agreeing.sign_as_mediator(w._latest(), signed_at=w.at, by=w.by, at=w.at),
    "seal": lambda w: agreeing.seal(w._latest(), sealed_at=w.at, by=w.by, at=w.at),
    "take_effect": lambda w: agreeing.take_effect(w._latest(), by=w.by, at=w.at),
    "agree_orally": Walk.orally,
    "end": Walk.end,
}

HANDS = {"sign_as_mediator": "sign", "seal": "sign"}
OFTEN = {
    "give_consent": 10,
    "acknowledge": 10,
    "choose_mediator": 5,
    "begin": 5,
    "draft": 2,
    "escalate": 0.5,
    "sign": 12,
    "sign_as_mediator": 4,
    "seal": 4,
    "take_effect": 5,
    "refuse": 0.2,
    "add_party": 0.2,
    "replace_party": 0.4,
    "agree_orally": 0.5,
    "end": 0.2,
    "plan_meeting": 2,
}
