"""Who mediates in the year: a committee in every township and village, its mediators, and the centre's desk."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils.timezone import localdate

from fengqiao.mediation.models import Committee, Mediator, Membership
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import County, Level, Region
from fengqiao.playbooks.model import Playbook
from fengqiao.playbooks.preparing.founding import found_committees

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
OF_MEDIATORS = "梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"  # none of them a party's: nobody mediates for themselves
GIVEN = "建国 秀兰 志强 桂英 文斌 玉梅 永福 春霞 守义 海燕 德林 彩霞 世忠 月娥 怀仁 淑珍".split()  # noqa: SIM905 – read as a line
AT_A_TOWNSHIP, AT_THE_COUNTY = 2, 4  # mediators of a committee; a village has one


@dataclass(frozen=True, slots=True)
class Bench:
    """A committee's unit and those who mediate there."""

    unit: Unit
    users: tuple[User, ...]
    mediators: tuple[Mediator, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody the year needs, by the place they serve; a committee's people come when it first has a dispute."""

    county: County
    centre: Unit
    clerk: User
    dispatcher: User
    villages: list[Region]
    committees: dict[str, Committee]  # by the path of the place
    since: date
    seated: dict[str, Bench] = field(default_factory=dict)

    def bench(self, path: str) -> Bench:
        """Give the committee of a place."""
        if path not in self.seated:
            self.seated[path] = _bench(self.committees[path], self.since)
        return self.seated[path]


def gather(county: County, playbook: Playbook, since: datetime) -> Cast:
    """Bring everybody in; their accounts have no password, since nobody signs in with them."""
    villages = Region.objects.filter(county=county.code, level=Level.VILLAGE, valid_to=None).order_by("path")
    codes = tuple(region.code for region in villages)
    found_committees(county.code, county.region, replace(playbook, committees_of=codes))
    committees = Committee.objects.filter(county=county.code, trade="", unit__valid_to=None)
    centre, day = Unit.objects.get(county=county.code, code=playbook.centre.code), localdate(since)
    return Cast(
        county=county,
        centre=centre,
        clerk=_person("clerk", "年度登记员", Role.CLERK, centre, day),
        dispatcher=_person("dispatcher", "年度分流员", Role.DISPATCHER, centre, day),
        villages=list(villages),
        committees={one.unit.region.path: one for one in committees.select_related("unit__region")},
        since=day,
    )


def _bench(committee: Committee, since: date) -> Bench:
    """Seat the mediators of a committee, so many as its tier has."""
    unit, drawn = committee.unit, hash_of(committee.unit.code)
    many = {Level.TOWNSHIP: AT_A_TOWNSHIP, Level.COUNTY: AT_THE_COUNTY}.get(Level(unit.region.level), 1)
    names = [
        OF_MEDIATORS[(drawn + each) % len(OF_MEDIATORS)] + GIVEN[(drawn // 7 + each) % len(GIVEN)]
        for each in range(many)
    ]
    seated = [_seat(committee, number, name, since) for number, name in enumerate(names)]
    return Bench(unit, tuple(user for user, _mediator in seated), tuple(mediator for _user, mediator in seated))


def _seat(committee: Committee, number: int, name: str, since: date) -> tuple[User, Mediator]:
    """Give somebody an account, a line in the register and a seat; the first leads where nobody does yet."""
    user = _person(f"{committee.unit.code}-{number + 1}", name, Role.MEDIATOR, committee.unit, since)
    said = {"name": name, "since": since, "is_woman": number % 2 == 1}
    mediator, new = Mediator.objects.get_or_create(county=committee.county, user=user, defaults=said)
    if new:
        leads = committee.memberships.filter(seat=Membership.Seat.DIRECTOR, ends_on__isnull=True)
        seat = Membership.Seat.MEMBER if number or leads.exists() else Membership.Seat.DIRECTOR
        Membership.objects.create(
            county=committee.county, committee=committee, mediator=mediator, seat=seat, starts_on=since
        )
    return user, mediator


def hash_of(text: str) -> int:
    """Give a number that is the same for the same text in every run."""
    return sum(ord(sign) * place for place, sign in enumerate(text, 1))


def _person(username: str, name: str, role: Role, unit: Unit, since: date) -> User:
    said = {"name": name, "county": unit.county, "password": "!"}
    user, _new = User.objects.get_or_create(username=f"year-{username}", defaults=said)
    Post.objects.get_or_create(county=unit.county, user=user, role=role, region=unit.region, unit=unit, starts_on=since)
    user.posts_kept = {}  # nobody's post changes while the year is played: one question a day is enough
    return user
