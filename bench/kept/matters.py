"""One case to be written: where it lies, who brings what, who deals with it, and the names it goes by."""

import random
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bench.invented import ENDS, GIVEN, MATTERS, PLACES, SURNAMES
from bench.kept.lives import Life
from bench.kept.staff import County, Person
from fengqiao.kit.codes import ALPHABET, BODY_LENGTH, check_character
from fengqiao.people.models import Role

RESTRICTED = 0.002
TO_AN_OFFICE = 0.2
STRIDE = 405_495_000_007  # shares no factor with thirty: every number gives other signs


@dataclass(frozen=True, slots=True)
class Place:
    """A village, as a case names it."""

    region: UUID
    path: str
    county: str
    township: str
    village: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One case to be written: which of all it is, where, its life, and who deals with it."""

    number: int
    place: Place
    county: County
    life: Life
    clerk: Person
    dispatcher: Person
    handler: Person
    is_restricted: bool
    title: str
    text: str
    where: str
    chance: random.Random


def draw(number: int, place: Place, county: County, life: Life, chance: random.Random) -> Matter:
    """Draw who brings what, and who deals with it."""
    office = county.offices.get(place.township)
    handler = office if office and chance.random() < TO_AN_OFFICE else chance.choice(county.handlers)
    said = [one.format(n=chance.randint(1, 30)) for one in chance.sample(MATTERS, chance.choice((1, 1, 2)))]
    where = chance.choice(PLACES) + "村" + chance.choice("一二三四五六七八九") + "组"
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
    return Matter(
        number=number,
        place=place,
        county=county,
        life=life,
        clerk=chance.choice(county.of(Role.CLERK)),
        dispatcher=chance.choice(county.of(Role.DISPATCHER)),
        handler=handler,
        is_restricted=chance.random() < RESTRICTED,
        title=said[0][:30],
        text=f"我是{where}的{name}，{'；'.join(said)}。{chance.choice(ENDS)}",
        where=f"{where}{chance.randint(1, 99)}号",
        chance=chance,
    )


def id_at(at: datetime, chance: random.Random) -> UUID:
    """Make a UUIDv7 of that moment from the seed, so that old rows have old ids."""
    drawn = chance.getrandbits(74)
    high = int(at.timestamp() * 1000) << 16 | 0x7000 | drawn >> 62
    return UUID(int=high << 64 | 0b10 << 62 | drawn & (1 << 62) - 1)


def code_of(tag: str, number: int) -> str:
    """Give the code of a report: every number another one, in no visible order."""
    body = signs(number, BODY_LENGTH)
    return tag + body + check_character(tag + body)


def signs(number: int, length: int) -> str:
    mixed = (number + 1) * STRIDE % 30**length
    return "".join(ALPHABET[mixed // 30**place % 30] for place in range(length))
