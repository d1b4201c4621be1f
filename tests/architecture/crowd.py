"""Everybody the matrix knows: every role over every area, in every unit, named or not, then, now and tomorrow."""

from datetime import date, timedelta

from fengqiao.people.models import ADMINISTRATORS, Role, Unit, User
from fengqiao.places.models import Region
from tests import cast
from tests.architecture.oracle import BAI, BAI_TOWN, PLACES, PREFECTURE, ROOT, WEST, Held, Person, Place
from tests.cast import QingCounty
from tests.neighbours import BAI as BAI_CODE
from tests.neighbours import BaiCounty

UNKNOWN = "astrologer"  # a role that no line of ours knows
ROLES = [*(role.value for role in Role), UNKNOWN]
NAMED = "named "  # the beginning of the keys of those who are named on the restricted cases


def unit_at(place: Place) -> str:
    """Say at which centre those who answer for an area work."""
    return "bai_centre" if place[: len(BAI)] == BAI else "centre_above" if place == PREFECTURE else "centre"


def over_every_area() -> list[Person]:
    """List each role over each area, at the centre of that area."""
    found = []
    for role in ROLES:
        found += [Person(f"{role}@{key}", (Held(role, place, unit_at(place)),)) for key, place in PLACES.items()]
    return found


def in_other_units() -> list[Person]:
    """List handlers of every unit, and others whose unit has a matter that their area has not."""
    units = {"water": ROOT, "roads": ROOT, "east_office": WEST, "bai_works": BAI}
    handlers = [Person(f"handler of {unit}", (Held("handler", place, unit),)) for unit, place in units.items()]
    far = [Person(f"{role} of water, elsewhere", (Held(role, WEST, "water"),)) for role in ("clerk", "leader", UNKNOWN)]
    both = Person("clerk in the west and handler of roads",
                  (Held("clerk", WEST, "centre"), Held("handler", ROOT, "roads")))  # fmt: skip
    far_clerk = Person("clerk of the county at a department", (Held("clerk", ROOT, "water"),))
    return [*handlers, *far, both, far_clerk, Person("clerk in a town of Bai", (Held("clerk", BAI_TOWN, "centre"),))]


def named() -> list[Person]:
    """List those who are named on the restricted cases, with and without what it takes to see them."""
    found = [Person(f"{NAMED}{role}", (Held(role, WEST, "centre"),)) for role in ROLES]
    served = (Held("handler", ROOT, "water"),)
    return [
        *found,
        Person(f"{NAMED}handler of roads", (Held("handler", ROOT, "roads"),)),
        Person(f"{NAMED}handler of water", served),
        Person(f"{NAMED}clerk who serves at water too", (Held("clerk", ROOT, "centre"), *served)),
        Person(f"{NAMED}clerk of yesterday", (Held("clerk", ROOT, "centre", today=False),)),
        Person(f"{NAMED}nobody"),
    ]


def in_time() -> list[Person]:
    """List those whose post has ended or has not begun, who were deactivated, and who never had one."""
    before, after = Held("clerk", ROOT, "centre", today=False), Held("dispatcher", ROOT, "centre", today=False)
    return [
        Person("clerk until yesterday", (before,)),
        Person("dispatcher from tomorrow", (after,)),
        Person("clerk on the last day", (Held("clerk", ROOT, "centre"),)),
        Person("clerk yesterday, in the west today", (before, Held("clerk", WEST, "centre"))),
        Person("closed account", (Held("clerk", ROOT, "centre"),), is_active=False),
        Person("nobody"),
    ]


def everybody() -> list[Person]:
    """List them all."""
    return [*over_every_area(), *in_other_units(), *named(), *in_time()]


def places_of(qing: QingCounty, bai: BaiCounty) -> dict[str, Region]:
    """Find the regions behind the places."""
    ours = {key: getattr(qing, key) for key in ("prefecture", "east", "willow", "grid", "west")}
    return {**ours, "qing": qing.root, "bai": bai.root, "bai_town": bai.town}


def units_of(qing: QingCounty, bai: BaiCounty) -> dict[str, Unit]:
    """Find the units by their names here."""
    ours = {key: getattr(qing, key) for key in ("centre", "centre_above", "water", "roads", "east_office")}
    return {**ours, "bai_centre": bai.centre, "bai_works": bai.works}


def settle(people: list[Person], qing: QingCounty, bai: BaiCounty, *, today: date) -> dict[str, User]:
    """Put them into the database."""
    regions, units, found = places_of(qing, bai), units_of(qing, bai), {}
    for number, person in enumerate(people):
        user = cast.user(f"m{number}", f"某{number}")
        user.is_active = person.is_active
        user.county = BAI_CODE if any(post.unit.startswith("bai") for post in person.posts) else user.county
        user.save()
        for post in person.posts:
            _hold(person, post, user, regions[post.place[-1]], units[post.unit], today)
        if any(post.role in ADMINISTRATORS for post in person.posts):
            cast.join_phone(user)
        found[person.key] = user
    return found


def _hold(person: Person, post: Held, user: User, region: Region, unit: Unit, today: date) -> None:
    """Give a post, from and to the day that its holder's name says."""
    row = cast.hold(user, Role.CLERK, region, unit)
    row.role = post.role
    if person.key.endswith("from tomorrow"):
        row.starts_on = today + timedelta(days=1)
    elif not post.today:
        row.ends_on = today
    elif person.key.endswith("on the last day"):
        row.ends_on = today + timedelta(days=1)
    row.save()
