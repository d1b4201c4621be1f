"""Qing County at work, committed: cases in every state, reports that wait, a unit and a place that may be closed."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID, uuid4

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import opening
from fengqiao.cases.vocabulary import Kind as Matter
from fengqiao.cases.workflow import Status
from fengqiao.intake.models import Report
from fengqiao.people.models import Role, Unit, User
from fengqiao.places.models import Region
from fengqiao.places.models.region import Kind, Level
from tests import acts, cast, neighbours, photos
from tests.cast import QingCounty

MOST_LINES = 40
VILLAGES = 201  # the last number of a village that Qing County has of itself
MOST_REPORTS = 6
AT_WORK = 6  # cases in hand at a time
RESTRICTED, WITH_A_PHOTO, AN_OLDER_REPORT, DISPUTE = 0.15, 0.2, 0.7, 0.3


@dataclass(frozen=True, slots=True)
class Scene:
    """Where hands meet: the same case, report, unit, place and form, each as they were read before."""

    world: "World"
    case: Case
    report: Report
    unit: Unit
    place: Region
    at: datetime
    form: UUID
    chance: Random


class World:
    """The county, and what its people have in hand."""

    def __init__(self, at: datetime) -> None:
        self.qing: QingCounty = cast.build()
        self.bai = neighbours.build(self.qing)
        self.at = at
        self.cases: list[Case] = []
        self.reports: list[Report] = []
        self._made = 0
        self.handlers: dict[UUID, User] = {
            self.qing.water.pk: self.qing.liu_handles_water,
            self.qing.roads.pk: self.qing.zhao_handles_roads,
            self.qing.east_office.pk: self.qing.han_handles_east,
        }
        self.unit, self.place = self._new_unit(), self._new_place()

    def scene(self, chance: Random) -> Scene:
        """Set the next scene; what has ended is replaced by something new."""
        self._settle(chance)
        case = chance.choice(self.cases)
        older = self.reports and chance.random() < AN_OLDER_REPORT
        report = (
            Report.objects.get(pk=chance.choice(self.reports[-MOST_REPORTS:]).pk) if older else self._new_report(chance)
        )
        case = Case.objects.select_related("lead", "centre__region", "region__parent").get(pk=case.pk)
        return Scene(self, case, report, self.unit, self.place, self.at, uuid4(), chance)

    def handler_of(self, unit: UUID | None) -> User:
        """Name who handles for a unit; the water bureau's where there is none."""
        return self.handlers.get(unit or self.qing.water.pk, self.qing.liu_handles_water)

    def dispatcher_of(self, case: Case) -> User:
        """Name who dispatches for the centre of a case."""
        raised = case.centre_id == self.qing.centre_above.pk
        return self.qing.fang_dispatches_above if raised else self.qing.chen_dispatches

    def leads(self) -> list[Unit]:
        """List the units to which a case may be sent."""
        return [self.qing.water, self.qing.roads, self.unit]

    def _settle(self, chance: Random) -> None:
        self.cases = _alive(self.cases)
        while len(self.cases) < AT_WORK:
            self.cases.append(self._new_case(chance))
        if self.unit.pk in _closed(Unit, self.unit):
            self.unit = self._new_unit()
        if self.place.pk in _closed(Region, self.place):
            self.place = self._new_place()

    def _new_case(self, chance: Random) -> Case:
        if chance.random() >= RESTRICTED:
            where = chance.choice([self.qing.willow, self.place])
            kind = Matter.DISPUTE if chance.random() < DISPUTE else Matter.REQUEST
            return acts.open_leak(self.qing, at=self.at, region=where, kind=kind)
        case = acts.open_accusation(self.qing, at=self.at)
        for person in (self.qing.chen_dispatches, self.qing.zhao_handles_roads, self.qing.wu_supervises):
            case = opening.name_viewer(case, person, reason="经办", by=self.qing.ma_clerks, at=self.at)
        return case

    def _new_report(self, chance: Random) -> Report:
        report = acts.receive(self.qing, at=self.at).report
        if chance.random() < WITH_A_PHOTO:
            photos.on_report(report.pk)
        self.reports.append(report)
        return report

    def _new_unit(self) -> Unit:
        self._made += 1
        unit = cast.body(f"passing-{self._made}", f"清县临时{self._made}办", Unit.Kind.DEPARTMENT, self.qing.root)
        name = f"passing_handler_{self._made}"
        self.handlers[unit.pk] = cast.person(name, f"经办{self._made}", Role.HANDLER, self.qing.root, unit)
        return unit

    def _new_place(self) -> Region:
        self._made += 1
        code = f"{cast.QING}101{VILLAGES + self._made}"
        return cast.place(code, f"临时{self._made}村", Level.VILLAGE, self.qing.east, kind=Kind.VILLAGE_COMMITTEE)


def _alive(cases: list[Case]) -> list[Case]:
    """Keep the cases in which steps can still meet: not handed on, and their record not endless."""
    which = Case.objects.filter(pk__in=[case.pk for case in cases], line_count__lt=MOST_LINES)
    gone = Case.objects.filter(continues__isnull=False).values("continues")
    return list(which.exclude(status=Status.REVISITED).exclude(pk__in=gone).order_by("pk"))


def _closed(kind: type[Unit] | type[Region], thing: Unit | Region) -> list[UUID]:
    """Find whether it was closed meanwhile."""
    return list(kind._default_manager.filter(pk=thing.pk, valid_to__isnull=False).values_list("pk", flat=True))
