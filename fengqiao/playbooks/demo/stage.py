"""The county as the demonstration's scripts see it: people, units and places by the short names the files use."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib.auth.hashers import make_password

from fengqiao.kit.workdays import SHANGHAI, Calendar
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places import calendar as calendars
from fengqiao.places import tree
from fengqiao.places.models import County, Region
from fengqiao.places.transitions import Day
from fengqiao.playbooks.demo import reading
from fengqiao.playbooks.demo.reading import Person
from fengqiao.playbooks.redrawing.boundary_plan import draw_boundaries, plan_boundaries
from fengqiao.playbooks.redrawing.grid_plan import carry_out, plan

PASSWORD = "fengqiao-demo"
SINCE = date(2024, 1, 1)
SYNTHETIC = "演示用的虚拟边界，不是测绘成果"


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a script names."""

    county: County
    calendar: Calendar
    users: dict[str, User]
    units: dict[str, Unit]
    handlers: dict[str, User]

    def region(self, short: str) -> Region:
        """Find a place of the county by its short code."""
        return Region.objects.get(county=self.county.code, code=tree.full(short))


def build(county: County) -> Stage:
    """Bring the people and grids in, those that are missing, and give the stage."""
    _draw(county)
    units = {unit.code: unit for unit in Unit.objects.filter(county=county.code).select_related("region")}
    # Hashed once: a slow hash for each of forty people would make the start wait for half a minute.
    hashed = make_password(PASSWORD)
    people = reading.people()
    users = {person.username: _enlist(county, person, hashed) for person in people}
    handlers = {person.unit: users[person.username] for person in people if person.role == Role.HANDLER}
    return Stage(county, calendars.of(county.code), users, units, handlers)


def _draw(county: County) -> None:
    """Draw the grids, and the made-up boundaries of two townships; a second time nothing changes."""
    day = Day(SINCE, datetime.combine(SINCE, time(9), SHANGHAI))
    carry_out(plan(county.code, reading.grids(), on=SINCE, is_whole=False), county.code, day)
    draw_boundaries(plan_boundaries(county.code, reading.boundaries(), on=SINCE), SYNTHETIC, day)


def _enlist(county: County, person: Person, hashed: str) -> User:
    home = person.county or county.code
    unit = Unit.objects.select_related("region").get(county=home, code=person.unit)
    region = Region.objects.get(county=home, code=tree.full(person.region)) if person.region else unit.region
    said = {"name": person.name, "county": home, "password": hashed}
    user, _new = User.objects.get_or_create(username=person.username, defaults=said)
    Post.objects.get_or_create(
        county=home, user=user, role=Role(person.role), region=region, unit=unit, starts_on=SINCE
    )
    return user
