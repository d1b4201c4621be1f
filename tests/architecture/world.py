"""One small world for the whole matrix: two counties, matters in every relation to a reader, a mark in every word."""

from dataclasses import dataclass, field
from datetime import datetime

from fengqiao.cases.models import Case
from fengqiao.desk.models import BulkRun, SavedFilter
from fengqiao.files.models import Attachment
from fengqiao.intake.models import Report
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.reception.models import Booking, ReceptionDay
from tests.architecture import crowd
from tests.architecture.oracle import Matter, Person, Place, sees
from tests.cast import QingCounty
from tests.neighbours import BaiCounty

COMMON = "同檐"  # stands in every text, so that one search finds all of them
ALIKE = f"{COMMON}漏水成河"
READERS = [
    "clerk@qing", "dispatcher@west", "supervisor@prefecture", "leader@qing", "grid_worker@grid", "handler of water",
    "clerk@bai", "mediator@qing", "security_admin@qing", "astrologer@qing", "named dispatcher",
    "named clerk who serves at water too", "clerk until yesterday", "clerk in the west and handler of roads",
]  # fmt: skip


@dataclass
class Thing:
    """A case with its report, or a report that is in none; `by` says as which matters it is seen."""

    key: str
    matter: Matter
    report: Report
    mark: str  # stands in the title and the record of the case
    said: str  # stands in what the resident said
    case: Case | None = None
    also: Matter | None = None  # the other leg: whoever sees that reads the report, too
    files: list[Attachment] = field(default_factory=list)

    def shows_case(self, person: Person) -> bool:
        """Say whether its case exists for somebody."""
        return self.case is not None and sees(person, self.matter)

    def shows_report(self, person: Person) -> bool:
        """Say whether its report exists for somebody."""
        return sees(person, self.matter) or (self.also is not None and sees(person, self.also))


@dataclass
class World:
    """Everything the matrix walks through."""

    at: datetime
    qing: QingCounty
    bai: BaiCounty
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)
    runs: dict[str, BulkRun] = field(default_factory=dict)
    kept: dict[str, SavedFilter] = field(default_factory=dict)
    days: dict[str, ReceptionDay] = field(default_factory=dict)
    bookings: dict[str, Booking] = field(default_factory=dict)

    def region(self, place: Place) -> Region:
        """Find the region of a place."""
        return crowd.places_of(self.qing, self.bai)[place[-1]]
