"""The people of every county, by the names they sign in with, and the directory by which others find them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.contrib.auth.hashers import make_password

from bench.invented import GIVEN, SURNAMES
from bench.kept import country
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places import models as places
from fengqiao.places.models import Level, Region

PASSWORD = "fengqiao-bench"
SINCE = date(2023, 1, 1)
AT_THE_CENTRE = (
    ("clerk1", Role.CLERK), ("clerk2", Role.CLERK), ("dispatcher1", Role.DISPATCHER),
    ("dispatcher2", Role.DISPATCHER), ("supervisor1", Role.SUPERVISOR), ("leader", Role.LEADER),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff: the name to sign in with, and the unit of their post."""

    id: UUID
    username: str
    role: str
    unit: UUID
    unit_code: str
    unit_name: str


@dataclass(frozen=True)
class County:
    """One county with its people."""

    code: str
    tag: str
    people: tuple[Person, ...]

    def of(self, role: str) -> list[Person]:
        """List those with one role."""
        return self._by_role.get(role, [])

    @cached_property
    def _by_role(self) -> dict[str, list[Person]]:
        return {role: [person for person in self.people if person.role == role] for role in Role.values}

    @cached_property
    def handlers(self) -> list[Person]:
        """The handlers of the departments, as the dispatcher chooses among them."""
        return [person for person in self.of(Role.HANDLER) if not person.unit_code.startswith("office-")]

    @cached_property
    def offices(self) -> dict[str, Person]:
        """The handler of each township's office, by the township's short code."""
        offices = [person for person in self.of(Role.HANDLER) if person.unit_code.startswith("office-")]
        return {person.unit_code.removeprefix("office-"): person for person in offices}


def enlist() -> None:
    """Give every county its people; the password is hashed once, or the start would take an hour."""
    hashed = make_password(PASSWORD)
    posts = [post for county in country.counties() for post in _posts_of(county)]
    posts += [_post("leader", Role.LEADER, unit) for unit in _above()]
    for number, post in enumerate(posts):
        post.user.password, post.user.name = hashed, _name(number)
    User.objects.bulk_create((post.user for post in posts), batch_size=2000)
    Post.objects.bulk_create(posts, batch_size=2000)


def directory() -> list[County]:
    """List the counties with their people, as they stand in the database."""
    held: dict[str, list[Person]] = {}
    for post in Post.objects.select_related("user", "unit").order_by("county", "user__username"):
        held.setdefault(post.county, []).append(_person(post))
    known = places.County.objects.order_by("code").values_list("code", "tag")
    return [County(code, tag, tuple(held[code])) for code, tag in known]


def leaders_above() -> list[Person]:
    """List the leaders of the prefectures."""
    posts = Post.objects.filter(role=Role.LEADER, region__level=Level.PREFECTURE).select_related("user", "unit")
    return [_person(post) for post in posts.order_by("county")]


def _person(post: Post) -> Person:
    return Person(post.user_id, post.user.username, post.role, post.unit_id, post.unit.code, post.unit.name)


def _posts_of(county: Region) -> list[Post]:
    units = Unit.objects.filter(county=county.county).select_related("region").order_by("code")
    centre = next(unit for unit in units if unit.code == "centre")
    posts = [_post(name, role, centre) for name, role in AT_THE_CENTRE]
    return posts + [_post(unit.code, Role.HANDLER, unit) for unit in units if unit.kind != Unit.Kind.CENTRE]


def _post(name: str, role: Role, unit: Unit) -> Post:
    """Build the unsaved post of an unsaved person."""
    user = User(username=f"{name}.{unit.county}", county=unit.county)
    return Post(county=unit.county, user=user, role=role, region=unit.region, unit=unit, starts_on=SINCE)


def _above() -> Iterable[Unit]:
    """List the centres of the prefectures."""
    return (
        Unit.objects.filter(code="centre", region__level=Level.PREFECTURE).select_related("region").order_by("county")
    )


def _name(number: int) -> str:
    """Give one of many names."""
    return (
        SURNAMES[number % len(SURNAMES)] + GIVEN[number * 7 % len(GIVEN)] + GIVEN[number // len(SURNAMES) % len(GIVEN)]
    )
