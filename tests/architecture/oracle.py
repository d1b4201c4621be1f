"""Who may see what, said a second time: from the rules as they are written down, over plain facts.

Nothing of the program is used here, least of all its own predicate. What the program shows is compared with this.
"""

from dataclasses import dataclass, field

Place = tuple[str, ...]
PREFECTURE: Place = ("province", "prefecture")
ROOT: Place = (*PREFECTURE, "qing")
EAST: Place = (*ROOT, "east")
WILLOW: Place = (*EAST, "willow")
GRID: Place = (*WILLOW, "grid")
WEST: Place = (*ROOT, "west")
BAI: Place = (*PREFECTURE, "bai")
BAI_TOWN: Place = (*BAI, "bai_town")
PLACES = {each[-1]: each for each in (PREFECTURE, ROOT, EAST, WILLOW, GRID, WEST, BAI, BAI_TOWN)}

SEE_AN_AREA = {"clerk", "dispatcher", "supervisor", "leader", "grid_worker"}
SEE_WHAT_THEIR_UNIT_HAS = {"handler", "mediator"}
CAN_BE_NAMED = {"clerk", "dispatcher", "supervisor", "handler", "mediator"}
KEEP_RECEPTION_DAYS = {"clerk", "dispatcher", "supervisor", "leader"}
READ_A_BOARD = KEEP_RECEPTION_DAYS
COUNTY_CENTRES = {"centre": ROOT, "bai_centre": BAI}
CENTRES = {*COUNTY_CENTRES, "centre_above"}


@dataclass(frozen=True)
class Held:
    """A post: what for, over which area, in which unit, and whether it is held today."""

    role: str
    place: Place
    unit: str
    today: bool = True


@dataclass(frozen=True)
class Person:
    """Somebody with posts, or without."""

    key: str
    posts: tuple[Held, ...] = ()
    is_active: bool = True

    @property
    def held(self) -> list[Held]:
        """Give the posts that count today."""
        return [post for post in self.posts if post.today] if self.is_active else []


@dataclass(frozen=True)
class Matter:
    """What is known of a case, or of a report that is in none: where it lies, who has it, whom it names."""

    key: str
    place: Place
    hands: frozenset[str] = frozenset()  # the lead, those who assist and who raised it, in this round
    is_restricted: bool = False
    named: frozenset[str] = field(default_factory=frozenset)
    complained: str = ""
    is_loose: bool = False
    is_accusation: bool = False


def lies_in(place: Place, area: Place) -> bool:
    """Test if a place is an area or lies below it."""
    return place[: len(area)] == area


def sees(person: Person, matter: Matter) -> bool:
    """Say whether a matter exists for a person."""
    if matter.is_loose and matter.is_accusation:
        return any(post.role == "clerk" and COUNTY_CENTRES.get(post.unit) == post.place
                   and lies_in(matter.place, post.place) for post in person.held)  # fmt: skip
    if matter.is_restricted:
        serves_there = any(post.unit == matter.complained for post in person.held)
        return _can_be_named(person) and person.key in matter.named and not serves_there
    return any(_answers_for(post, matter) for post in person.held)


def sees_day(person: Person, at: Place) -> bool:
    """Say whether the reception days of a centre exist for a person."""
    return any(post.role in KEEP_RECEPTION_DAYS and lies_in(at, post.place) for post in person.held)


def areas_of_board(person: Person) -> list[Place]:
    """Give the areas whose board of the day a person reads."""
    return [post.place for post in person.held if post.role in READ_A_BOARD and post.unit in CENTRES]


def _answers_for(post: Held, matter: Matter) -> bool:
    if post.role in SEE_WHAT_THEIR_UNIT_HAS:
        return post.unit in matter.hands
    return post.role in SEE_AN_AREA and lies_in(matter.place, post.place)


def _can_be_named(person: Person) -> bool:
    return any(post.role in CAN_BE_NAMED for post in person.held)
