"""Qing County: one small invented county whose people keep the same names in every test."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.db.models import Model

from fengqiao.cases import rules
from fengqiao.cases.models import ClockRule, SpanUnit, Stage
from fengqiao.cases.vocabulary import Urgency
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import CalendarYear, County, Region
from fengqiao.places.models.region import Kind, Level

Row = TypeVar("Row", bound=Model)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_9AM = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
LONG_AGO = date(2010, 1, 1)
QING = "629901"
PASSWORD = "a quiet county road"

RULES = [
    (Stage.TRIAGE, "", 2, SpanUnit.WORKING_HOURS),
    (Stage.DISPATCH, "", 2, SpanUnit.WORKING_HOURS),
    (Stage.ACCEPT, "", 4, SpanUnit.WORKING_HOURS),
    (Stage.DESIGNATE, "", 1, SpanUnit.WORKING_DAYS),
    (Stage.HANDLE, Urgency.URGENT, 24, SpanUnit.HOURS),
    (Stage.HANDLE, Urgency.ORDINARY, 5, SpanUnit.WORKING_DAYS),
    (Stage.HANDLE, Urgency.COMPLEX, 15, SpanUnit.WORKING_DAYS),
    (Stage.EVALUATE, "", 15, SpanUnit.DAYS),
    (Stage.REOPEN, "", 30, SpanUnit.DAYS),
    (Stage.DECIDE, "", 1, SpanUnit.WORKING_DAYS),
    (Stage.REVISIT, "", 30, SpanUnit.DAYS),
]


ADMINISTRATORS = ("bai_audits", "feng_secures", "shi_runs_the_system")


@dataclass(frozen=True)
class QingCounty:
    """The places, units and people of Qing County; each person is named for what they do."""

    county: County
    prefecture: Region
    root: Region
    east: Region
    west: Region
    willow: Region  # a village in East Town
    grid: Region  # a grid in Willow Village
    centre: Unit
    centre_above: Unit
    water: Unit
    roads: Unit
    east_office: Unit
    ma_clerks: User
    zhou_clerks: User
    chen_dispatches: User
    chen_dispatches_east: User
    sun_dispatches_west: User
    liu_handles_water: User
    zhao_handles_roads: User
    han_handles_east: User
    wu_supervises: User
    tang_supervises_above: User
    fang_dispatches_above: User
    qian_walks_the_grid: User
    gao_leads: User
    bai_audits: User
    feng_secures: User
    shi_runs_the_system: User
    deng_is_a_stranger: User


def build() -> QingCounty:
    """Put Qing County into the database."""
    places = build_places()
    county = County.objects.create(code=QING, tag="QX", name="清县", region=places["root"])
    CalendarYear.objects.create(year=2026, edition="2026", provisional=False)
    set_clocks(QING)
    units = build_units(places)
    return QingCounty(county=county, **places, **units, **build_people(places, units))


def set_clocks(county: str) -> None:
    """Say how long each stage may take in a county."""
    since = datetime(2010, 1, 1, tzinfo=SHANGHAI)
    ClockRule.objects.bulk_create(
        ClockRule(county=county, stage=stage, urgency=urgency, amount=amount, unit=unit, version="1", valid_from=since)
        for stage, urgency, amount, unit in RULES
    )


def set_clock(stage: Stage, amount: int) -> None:
    """Change how long a stage may take, as if it had always been so."""
    ClockRule.objects.filter(stage=stage).update(amount=amount)
    rules.forget()


def build_places() -> dict[str, Any]:
    """Build the tree from the province down to one grid."""
    province = a_place("62", "甘肃省", Level.PROVINCE, None, county="620000")
    prefecture = a_place("6299", "青山市", Level.PREFECTURE, province, county="629900")
    root = a_place(QING, "清县", Level.COUNTY, prefecture)
    east = a_place(f"{QING}101", "东镇", Level.TOWNSHIP, root, kind=Kind.TOWN)
    west = a_place(f"{QING}102", "西镇", Level.TOWNSHIP, root, kind=Kind.TOWN)
    willow = a_place(f"{QING}101201", "柳树村委会", Level.VILLAGE, east, kind=Kind.VILLAGE_COMMITTEE)
    grid = a_place(f"{QING}101201001", "柳树第一网格", Level.GRID, willow)
    places = {"prefecture": prefecture, "root": root, "east": east, "west": west, "willow": willow, "grid": grid}
    Region.objects.bulk_create([province, *places.values()])
    return places


def build_units(places: dict[str, Any]) -> dict[str, Any]:
    """Build the two centres, and who handles."""
    root = places["root"]
    units = {
        "centre": a_body("centre", "清县综治中心", Unit.Kind.CENTRE, root),
        "centre_above": a_body("above", "青山市综治中心", Unit.Kind.CENTRE, places["prefecture"], county="629900"),
        "water": a_body("water", "清县水务局", Unit.Kind.DEPARTMENT, root),
        "roads": a_body("roads", "清县交通局", Unit.Kind.DEPARTMENT, root),
        "east_office": a_body("east", "东镇人民政府", Unit.Kind.TOWNSHIP, places["east"]),
    }
    Unit.objects.bulk_create(units.values())
    return units


def build_people(places: dict[str, Any], units: dict[str, Any]) -> dict[str, Any]:
    """Build the people, each with the one post their name tells; all at once, for most tests begin with them."""
    root, east, west, centre = places["root"], places["east"], places["west"], units["centre"]
    posts = {
        "ma_clerks": ("马晓兰", Role.CLERK, root, centre),
        "zhou_clerks": ("周静", Role.CLERK, root, centre),
        "chen_dispatches": ("陈国强", Role.DISPATCHER, root, centre),
        "chen_dispatches_east": ("陈东", Role.DISPATCHER, east, centre),
        "sun_dispatches_west": ("孙西", Role.DISPATCHER, west, centre),
        "liu_handles_water": ("刘水生", Role.HANDLER, root, units["water"]),
        "zhao_handles_roads": ("赵路平", Role.HANDLER, root, units["roads"]),
        "han_handles_east": ("韩东升", Role.HANDLER, east, units["east_office"]),
        "wu_supervises": ("吴明", Role.SUPERVISOR, root, centre),
        "tang_supervises_above": ("唐市", Role.SUPERVISOR, places["prefecture"], units["centre_above"]),
        "fang_dispatches_above": ("方市", Role.DISPATCHER, places["prefecture"], units["centre_above"]),
        "qian_walks_the_grid": ("钱小路", Role.GRID_WORKER, places["grid"], units["east_office"]),
        "gao_leads": ("高远", Role.LEADER, root, centre),
        "bai_audits": ("白鉴", Role.AUDIT_ADMIN, root, centre),
        "feng_secures": ("冯安", Role.SECURITY_ADMIN, root, centre),
        "shi_runs_the_system": ("石运", Role.SYSTEM_ADMIN, root, centre),
    }
    people = {key: a_user(key, name) for key, (name, *_) in posts.items()}
    people["deng_is_a_stranger"] = a_user("deng_is_a_stranger", "邓外")
    User.objects.bulk_create(people.values())
    Post.objects.bulk_create(a_post(people[key], *where) for key, (_, *where) in posts.items())
    Authenticator.objects.bulk_create(
        Authenticator(user=people[key], type=Authenticator.Type.TOTP, data={"secret": ""}) for key in ADMINISTRATORS
    )
    return people


def a_place(
    short: str, name: str, level: Level, parent: Region | None, *, county: str = QING, kind: str = ""
) -> Region:
    """Think of one node of the tree."""
    return Region(
        county=county,
        code=short.ljust(12, "0"),
        name=name,
        level=level,
        kind=kind,
        parent=parent,
        path=f"{parent.path}.{short}" if parent else short,
        sort_key=short.ljust(12, "0"),
        valid_from=LONG_AGO,
    )


def place(short: str, name: str, level: Level, parent: Region | None, *, county: str = QING, kind: str = "") -> Region:
    """Make one node of the tree."""
    return _kept(a_place(short, name, level, parent, county=county, kind=kind))


def a_body(code: str, name: str, kind: Unit.Kind, region: Region, *, county: str = QING) -> Unit:
    """Think of a unit."""
    return Unit(county=county, code=code, name=name, kind=kind, region=region, valid_from=LONG_AGO)


def body(code: str, name: str, kind: Unit.Kind, region: Region, *, county: str = QING) -> Unit:
    """Make a unit."""
    return _kept(a_body(code, name, kind, region, county=county))


def a_user(username: str, name: str) -> User:
    """Think of someone who can sign in. The hash is the quickest there is: tests sign in by force."""
    return User(username=username, name=name, county=QING, password="!")


def user(username: str, name: str) -> User:
    """Make someone who can sign in but holds no post."""
    return _kept(a_user(username, name))


def person(username: str, name: str, role: Role, region: Region, unit: Unit) -> User:
    """Make someone with one post."""
    someone = user(username, name)
    hold(someone, role, region, unit)
    return someone


def join_phone(someone: User) -> None:
    """Give someone the second step at sign-in, which an administrator must have."""
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={"secret": ""})


def a_post(someone: User, role: Role, region: Region, unit: Unit, *, until: date | None = None) -> Post:
    """Think of a post that someone holds."""
    return Post(
        county=unit.county, user=someone, role=role, region=region, unit=unit, starts_on=LONG_AGO, ends_on=until
    )


def hold(someone: User, role: Role, region: Region, unit: Unit, *, until: date | None = None) -> Post:
    """Give someone a post."""
    return _kept(a_post(someone, role, region, unit, until=until))


def _kept(thing: Row) -> Row:
    thing.save(force_insert=True)
    return thing
