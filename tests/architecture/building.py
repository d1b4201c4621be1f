"""Builds the world of the matrix: each matter by the steps that people take, with its mark in every word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate

from fengqiao.cases.models import Case, Category, NamedViewer
from fengqiao.cases.transitions import dispatching, handling, opening, raising, reopening
from fengqiao.cases.vocabulary import Kind, Nature, Outcome, Solved
from fengqiao.desk.models import BulkRow, BulkRun, SavedFilter, Watch
from fengqiao.desk.transitions import feeds
from fengqiao.files.transitions.keeping import Enclosed
from fengqiao.intake.transitions import handing_on, receiving, triaging
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel, DeclineReason
from fengqiao.jobs.follow import follow
from fengqiao.reception.transitions import announcing, booking
from tests import acts, cast, neighbours, photos
from tests.architecture import crowd
from tests.architecture.oracle import BAI_TOWN, GRID, WEST, WILLOW, Matter, Place
from tests.architecture.world import ALIKE, READERS, Thing, World
from tests.cast import QING

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def build(at: datetime) -> World:
    """Put the world into the database."""
    qing = cast.build()
    world = World(at, qing, neighbours.build(qing))
    everybody = crowd.everybody()
    world.people = {person.key: person for person in everybody}
    world.users = crowd.settle(everybody, qing, world.bai, today=localdate(at))
    for key, make in MAKERS.items():
        world.things[key] = make(world, key)
    _receive_days(world)
    _leave_own_things(world)
    follow(at + acts.HOUR)
    for thing in world.things.values():
        thing.report.refresh_from_db()
        if thing.case is not None:
            thing.case.refresh_from_db()
    return world


def _report(world: World, key: str, place: Place, *, nature: Nature = Nature.HELP) -> Thing:
    """Somebody reports."""
    number = len(world.things)
    pair = STEMS[number % 10] + BRANCHES[number // 10]
    said = f"鸢{pair}"
    county = world.bai.county if place[:3] == BAI_TOWN[:3] else world.qing.county
    told = {"text": f"{ALIKE}{said}。", "reporter": "何秀英", "phone": "13900000012"}
    entry = Entry(channel=Channel.WEB, nature=nature, region=world.region(place), **told)  # type: ignore[arg-type]
    report = receiving.receive(county, entry, by=None, at=world.at).report
    matter = Matter(key, place, is_loose=True, is_accusation=nature == Nature.ACCUSATION)
    return Thing(key, matter, report, f"鹭{pair}", said)


def _opened(world: World, key: str, place: Place = WILLOW, **changes: object) -> Thing:
    """Somebody reports, and a clerk opens a case."""
    is_accusation = changes.get("nature") == Nature.ACCUSATION
    thing = _report(world, key, place, nature=Nature.ACCUSATION if is_accusation else Nature.HELP)
    ours = place[:3] != BAI_TOWN[:3]
    centre, clerk = (world.qing.centre, world.qing.ma_clerks) if ours else (world.bai.centre, world.bai.xie_clerks)
    facts = {"title": f"{ALIKE}{thing.mark}", "region": world.region(place), "centre": centre, **changes}
    thing.case = triaging.open_case(thing.report, acts.opening(world.qing, **facts), by=clerk, at=world.at)
    thing.matter = Matter(key, place)
    return thing


def _of_one_category(world: World) -> Category:
    return Category.objects.get_or_create(county=QING, code="01", name="供水", level=1)[0]


def _led(world: World, key: str) -> Thing:
    """With the water bureau, East Town's office assists; words and a photo at every step."""
    thing, qing = _opened(world, key, category=_of_one_category(world)), world.qing
    assert thing.case is not None
    dispatching.dispatch(thing.case, to=qing.water, assist=[qing.east_office], by=qing.chen_dispatches, at=world.at)
    handling.accept(thing.case, by=qing.liu_handles_water, at=world.at)
    photo = photos.waiting(by=qing.liu_handles_water, name=f"{thing.mark}.jpg")
    assert photo.basket_id is not None
    words = {"note": thing.mark, "public": thing.mark, "enclosed": Enclosed(photo.basket_id)}
    handling.add_progress(thing.case, **words, by=qing.liu_handles_water, at=world.at)  # type: ignore[arg-type]
    photo.refresh_from_db()
    thing.files = [photo, photos.with_a_copy(thing.case, by=qing.ma_clerks)]
    thing.matter = replace(thing.matter, hands=frozenset({"water", "east_office"}))
    return thing


def _again(world: World, key: str) -> Thing:
    """Once with the water bureau and East Town's office; in its second round with the roads bureau alone."""
    thing = _led(world, key)
    assert thing.case is not None
    qing, at = world.qing, world.at
    thing.case = acts.evaluate(acts.conclude(qing, thing.case, at=at), solved=Solved.NO, words=thing.said, at=at)
    reopening.reopen(thing.case, by=qing.chen_dispatches, at=at)
    dispatching.dispatch(thing.case, to=qing.roads, by=qing.chen_dispatches, at=at)
    thing.matter = replace(thing.matter, hands=frozenset({"roads"}))
    return thing


def _raised(world: World, key: str) -> Thing:
    """Raised by the water bureau, still to be dispatched by the centre above."""
    thing, qing = _opened(world, key), world.qing
    assert thing.case is not None
    acts.dispatch(qing, thing.case, at=world.at)
    handling.accept(thing.case, by=qing.liu_handles_water, at=world.at)
    raising.raise_up(thing.case, reason=thing.mark, by=qing.liu_handles_water, at=world.at)
    thing.matter = replace(thing.matter, hands=frozenset({"water"}))
    return thing


def _over(world: World, key: str) -> Thing:
    """Concluded by the roads bureau, open to the resident's answer."""
    thing, qing = _opened(world, key, GRID), world.qing
    assert thing.case is not None
    dispatching.dispatch(thing.case, to=qing.roads, by=qing.chen_dispatches, at=world.at)
    solved = {"outcome": Outcome.SOLVED, "public_reply": thing.mark}
    handling.conclude(thing.case, **solved, by=qing.zhao_handles_roads, at=world.at)  # type: ignore[arg-type]
    thing.matter = replace(thing.matter, hands=frozenset({"roads"}))
    return thing


def _in_bai(world: World, key: str) -> Thing:
    """In the other county, with its water works."""
    thing, bai = _opened(world, key, BAI_TOWN), world.bai
    assert thing.case is not None
    dispatching.dispatch(thing.case, to=bai.works, by=bai.lin_dispatches, at=world.at)
    thing.files = [photos.with_a_copy(thing.case, by=bai.xie_clerks)]
    thing.matter = replace(thing.matter, hands=frozenset({"bai_works"}))
    return thing


def _gone(world: World, key: str) -> Thing:
    """Handed on to the other county: this is the leg that ended here, and the report went along."""
    thing, qing = _opened(world, key), world.qing
    assert thing.case is not None
    handing_on.hand_on(thing.case, to=world.bai.county, reason=thing.mark, by=qing.chen_dispatches, at=world.at)
    thing.matter = replace(thing.matter, hands=frozenset({"centre"}))  # it was nobody's yet: the centre concluded it
    return thing


def _arrived(world: World, key: str) -> Thing:
    """The leg of it that goes on in the other county, with the report."""
    gone = world.things["gone"]
    went = Case.objects.get(continues=gone.case)
    matter = Matter(key, BAI_TOWN[:3])
    gone.also = matter
    return Thing(key, matter, gone.report, gone.mark, gone.said, case=went, also=gone.matter)


def _sealed(world: World, key: str, *, complained: bool) -> Thing:
    """Restricted, handled by the roads bureau to its end with words at every step, and naming many."""
    qing, at = world.qing, world.at
    facts: dict[str, Any] = {"is_restricted": True, "category": _of_one_category(world)}
    if complained:
        facts |= {"kind": Kind.LEAD, "nature": Nature.ACCUSATION, "complained_unit": qing.water}
    thing = _opened(world, key, **facts)
    assert thing.case is not None
    for person in (qing.chen_dispatches, qing.zhao_handles_roads):
        opening.name_viewer(thing.case, person, reason=thing.mark, by=qing.ma_clerks, at=at)
    dispatching.dispatch(thing.case, to=qing.roads, by=qing.chen_dispatches, at=at)
    handling.accept(thing.case, by=qing.zhao_handles_roads, at=at)
    handling.add_progress(thing.case, note=thing.mark, public=thing.mark, by=qing.zhao_handles_roads, at=at)
    handling.add_note(thing.case, note=thing.mark, by=qing.ma_clerks, at=at)
    if complained:
        said = {"outcome": Outcome.ANSWERED, "public_reply": thing.mark}
        handling.conclude(thing.case, **said, by=qing.zhao_handles_roads, at=at)  # type: ignore[arg-type]
    thing.files = [photos.with_a_copy(thing.case, by=qing.ma_clerks)]
    named = [person for person in world.people if person.startswith(crowd.NAMED)]
    for who in named:  # in the table itself: what they were when they were named they may no longer be
        row = {"user": world.users[who], "named_by": qing.ma_clerks, "named_at": at, "reason": "参与办理"}
        NamedViewer.objects.create(case=thing.case, county=QING, **row)
    hands = {"is_restricted": True, "hands": frozenset({"roads"}), "named": frozenset(named)}
    thing.matter = replace(thing.matter, **hands, complained="water" if complained else "")  # type: ignore[arg-type]
    return thing


def _loose(world: World, key: str, place: Place, *, nature: Nature = Nature.HELP) -> Thing:
    """Waits for triage, with a photo."""
    thing = _report(world, key, place, nature=nature)
    thing.files = [photos.on_report(thing.report.pk, name=f"{thing.said}.jpg")]
    return thing


def _declined(world: World, key: str) -> Thing:
    """Not accepted, with the reason."""
    thing = _report(world, key, WILLOW)
    reason = DeclineReason.NO_CONTENT
    triaging.decline(thing.report, reason=reason, route=thing.said, by=world.qing.ma_clerks, at=world.at)
    return thing


MAKERS: dict[str, Callable[[World, str], Thing]] = {
    "opened": lambda world, key: _opened(world, key, category=_of_one_category(world)),
    "west": lambda world, key: _opened(world, key, WEST, category=_of_one_category(world)),
    "led": _led, "again": _again, "raised": _raised, "over": _over,
    "in_bai": _in_bai, "gone": _gone, "arrived": _arrived,
    "accused": lambda world, key: _sealed(world, key, complained=True),
    "sealed": lambda world, key: _sealed(world, key, complained=False),
    "waiting": lambda world, key: _loose(world, key, WILLOW),
    "waiting_west": lambda world, key: _loose(world, key, WEST),
    "waiting_bai": lambda world, key: _loose(world, key, BAI_TOWN),
    "told": lambda world, key: _loose(world, key, WILLOW, nature=Nature.ACCUSATION),
    "told_bai": lambda world, key: _loose(world, key, BAI_TOWN, nature=Nature.ACCUSATION),
    "declined": _declined,
}  # fmt: skip


def _receive_days(world: World) -> None:
    """A reception day in each county; at ours two are booked, one of them about the accusation."""
    on = localdate(world.at) + timedelta(days=3)
    for key, centre, by in (
        ("qing", world.qing.centre, world.qing.ma_clerks),
        ("bai", world.bai.centre, world.bai.xie_clerks),
    ):
        said = announcing.Announcement(
            host_title="副书记", host_name="李明", where="一楼", on=on, opens=time(9), closes=time(11), places=4
        )
        world.days[key] = announcing.announce(centre, said, by=by, at=world.at)
    for thing in (world.things["waiting"], world.things["told"]):
        world.bookings[thing.key] = booking.book(thing.report, world.days["qing"], by=world.qing.ma_clerks, at=world.at)


def _leave_own_things(world: World) -> None:
    """Those who read the lists watch every case, once acted on all at once, keep a filter and have a calendar."""
    cases = [thing.case for thing in world.things.values() if thing.case]
    for key in (*READERS, "dispatcher@east", "closed account"):
        user = world.users[key]
        own = {"county": user.county, "user": user}
        Watch.objects.bulk_create(Watch(**own, case=case, since=world.at, seen_line=0) for case in cases)
        done = {"county": user.county, "by": user, "at": world.at, "finished_at": world.at}
        world.runs[key] = BulkRun.objects.create(**done, verb="add_note", submission=uuid4())
        rows = [{"case": case} for case in cases]
        BulkRow.objects.bulk_create(
            BulkRow(county=user.county, run=world.runs[key], place=place, outcome="done", **row)
            for place, row in enumerate(rows)
        )
        world.kept[key] = SavedFilter.objects.create(**own, name="旧", query="status=all", made_at=world.at)
        world.feeds[key] = feeds.make(by=user, at=world.at)
