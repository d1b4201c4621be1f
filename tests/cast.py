"""Qing County: one small invented county whose people keep the same names in every test."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator

from fengqiao.cases.models import ClockRule, SpanUnit, Stage
from fengqiao.cases.vocabulary import Urgency
from fengqiao.people.models import Post, Role, Unit, User
from fengqiao.places.models import CalendarYear, County, Region
from fengqiao.places.models.region import Kind, Level

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
    places: dict[str, Any] = build_places()
    units: dict[str, Any] = {}
    county = County.objects.create(code=QING, tag="QX", name="清县", region=places["root"])
    CalendarYear.objects.create(year=2026, edition="2026", provisional=False)
    for stage, urgency, amount, unit in RULES:
        ClockRule.objects.create(
            county=QING,
            stage=stage,
            urgency=urgency,
            amount=amount,
            unit=unit,
            version="1",
            valid_from=datetime(2010, 1, 1, tzinfo=SHANGHAI),
        )
    units["centre"] = body("centre", "清县综治中心", Unit.Kind.CENTRE, places["root"])
    units["centre_above"] = body("above", "青山市综治中心", Unit.Kind.CENTRE, places["prefecture"], county="629900")
    units["water"] = body("water", "清县水务局", Unit.Kind.DEPARTMENT, places["root"])
    units["roads"] = body("roads", "清县交通局", Unit.Kind.DEPARTMENT, places["root"])
    units["east_office"] = body("east", "东镇人民政府", Unit.Kind.TOWNSHIP, places["east"])
    return QingCounty(county=county, **places, **units, **build_people(places, units))


def build_places() -> dict[str, Any]:
    """Build the tree from the province down to one grid."""
    province = place("62", "甘肃省", Level.PROVINCE, None, county="620000")
    prefecture = place("6299", "青山市", Level.PREFECTURE, province, county="629900")
    root = place(QING, "清县", Level.COUNTY, prefecture)
    east = place(f"{QING}101", "东镇", Level.TOWNSHIP, root, kind=Kind.TOWN)
    west = place(f"{QING}102", "西镇", Level.TOWNSHIP, root, kind=Kind.TOWN)
    willow = place(f"{QING}101201", "柳树村委会", Level.VILLAGE, east, kind=Kind.VILLAGE_COMMITTEE)
    grid = place(f"{QING}101201001", "柳树第一网格", Level.GRID, willow)
    return {"prefecture": prefecture, "root": root, "east": east, "west": west, "willow": willow, "grid": grid}


def build_people(places: dict[str, Any], units: dict[str, Any]) -> dict[str, Any]:
    """Build the people, each with the one post their name tells."""
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
    people = {key: person(key, *rest) for key, rest in posts.items()}
    for key in ("bai_audits", "feng_secures", "shi_runs_the_system"):
        join_phone(people[key])
    people["deng_is_a_stranger"] = user("deng_is_a_stranger", "邓外")
    return people


def place(short: str, name: str, level: Level, parent: Region | None, *, county: str = QING, kind: str = "") -> Region:
    """Make one node of the tree."""
    return Region.objects.create(
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


def body(code: str, name: str, kind: Unit.Kind, region: Region, *, county: str = QING) -> Unit:
    """Make a unit."""
    return Unit.objects.create(county=county, code=code, name=name, kind=kind, region=region, valid_from=LONG_AGO)


def user(username: str, name: str) -> User:
    """Make someone who can sign in but holds no post. The hash is the quickest there is: tests sign in by force."""
    return User.objects.create(username=username, name=name, county=QING, password="!")


def person(username: str, name: str, role: Role, region: Region, unit: Unit) -> User:
    """Make someone with one post."""
    someone = user(username, name)
    hold(someone, role, region, unit)
    return someone


def join_phone(someone: User) -> None:
    """Give someone the second step at sign-in, which an administrator must have."""
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={"secret": ""})


def hold(someone: User, role: Role, region: Region, unit: Unit, *, until: date | None = None) -> Post:
    """Give someone a post."""
    return Post.objects.create(
        county=unit.county, user=someone, role=role, region=region, unit=unit, starts_on=LONG_AGO, ends_on=until
    )
