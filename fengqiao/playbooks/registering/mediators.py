"""A list of mediators with their seats: compared with the register, and entered all or nothing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.mediation.models import Committee, Mediator, Membership
from fengqiao.mediation.vocabulary import DisputeType, Engagement
from fengqiao.playbooks.redrawing.grid_sheet import Fault
from fengqiao.playbooks.registering import sheet
from fengqiao.playbooks.registering.sheet import Columns, Row

Seat = Membership.Seat
SEATS = {"主任": Seat.DIRECTOR, "副主任": Seat.DEPUTY, "委员": Seat.MEMBER, "调解员": Seat.MEDIATOR}
SEXES = {"女": "yes", "男": "no"}
ENGAGEMENTS = {"专职": Engagement.FULL_TIME, "兼职": Engagement.PART_TIME}
TYPES = {
    "婚姻家庭": DisputeType.FAMILY, "邻里": DisputeType.NEIGHBOURS, "房屋宅基地": DisputeType.HOUSING,
    "合同": DisputeType.CONTRACT, "生产经营": DisputeType.BUSINESS, "损害赔偿": DisputeType.DAMAGE,
    "山林土地": DisputeType.LAND, "征地拆迁": DisputeType.EXPROPRIATION, "环境污染": DisputeType.ENVIRONMENT,
    "拖欠农民工工资": DisputeType.WAGES, "其他劳动争议": DisputeType.LABOUR, "旅游": DisputeType.TOURISM,
    "电子商务": DisputeType.E_COMMERCE, "其他消费": DisputeType.CONSUMER, "医疗": DisputeType.MEDICAL,
    "道路交通事故": DisputeType.TRAFFIC, "物业": DisputeType.PROPERTY, "其他": DisputeType.OTHER,
}  # fmt: skip
COLUMNS = Columns(
    heads={
        "name": "姓名", "sex": "性别", "committee": "调委会", "seat": "职务", "engagement": "专兼职",
        "types": "擅长类型", "languages": "语言", "phone": "电话", "since": "任职日期",
    },
    needed=("name", "sex", "committee", "seat"),
    most={"name": 40, "languages": 60, "phone": 30},
    sample=(
        ("慕秀兰", "女", "屯字镇双合村人民调解委员会", "委员", "兼职", "婚姻家庭、邻里", "镇原话", "", "2024-01-15"),
        ("路长青", "男", "屯字镇双合村人民调解委员会", "主任", "专职", "山林土地", "普通话", "", "2021-03-01"),
    ),
)  # fmt: skip
SAID = ("phone", "is_woman", "engagement", "types", "languages", "since")


@dataclass(slots=True)
class Plan:
    """What a list would enter and change; nothing is done while there is a fault."""

    new: list[Mediator] = field(default_factory=list)
    changed: list[Mediator] = field(default_factory=list)
    seats: list[Membership] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Ground:
    """What the list is compared with; it grows as lines are read."""

    county: str
    committees: dict[str, Committee]
    seated: dict[tuple[str, str], Membership]  # what is held or to come, by the names of mediator and committee
    by_phone: dict[tuple[str, str], Mediator]  # one person in two committees
    directors: dict[str, str]  # of each committee, by its name
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    touched: set[UUID] = field(default_factory=set)


def plan(county: str, text: str, at: datetime) -> Plan:
    """Compare a list with the register of a county."""
    read = sheet.read(text, COLUMNS)
    made, ground = Plan(faults=read.faults), _ground(county, at)
    wrong = {fault.line for fault in read.faults}
    for row in read.rows:
        before = len(made.faults)
        said = _read(row)
        _check(row, ground)
        if len(made.faults) == before and row.line not in wrong:
            _sort(row, said, ground, made)
    made.faults.sort(key=lambda fault: fault.line)
    return made


def carry_out(made: Plan, at: datetime) -> None:
    """Enter who is new, change what is changed, and give the seats from today."""
    today = localdate(at)
    Mediator.objects.bulk_create(made.new, batch_size=500)
    Mediator.objects.bulk_update(made.changed, SAID, batch_size=500)
    for seat in made.seats:
        seat.starts_on = min(seat.mediator.since or today, today)
    Membership.objects.bulk_create(made.seats, batch_size=500)


def _ground(county: str, at: datetime) -> Ground:
    today, committees = localdate(at), Committee.objects.filter(county=county).select_related("unit")
    open_ones = {one.unit.name: one for one in committees if one.unit.is_open_on(today)}
    held = Membership.objects.lasting_beyond(today).filter(county=county).select_related("mediator", "committee__unit")
    # The one held today counts before the one to come.
    seated = {(one.mediator.name, one.committee.unit.name): one for one in held.order_by("-starts_on")}
    known = Mediator.objects.filter(county=county).exclude(phone="").exclude(status=Mediator.Status.LEFT)
    directors = {where: who for (who, where), one in seated.items() if one.seat == Seat.DIRECTOR}
    return Ground(county, open_ones, seated, {(one.name, one.phone): one for one in known}, directors)


def _read(row: Row) -> dict[str, Any]:
    """Read what one line says of the mediator."""
    return {
        "phone": row.said["phone"],
        "is_woman": row.choice("sex", SEXES) == "yes",
        "engagement": row.choice("engagement", ENGAGEMENTS, Engagement.PART_TIME),
        "types": _types(row),
        "languages": row.said["languages"],
        "since": row.day("since"),
    }


def _types(row: Row) -> list[str]:
    """Read the types a mediator is versed in: named one after the other."""
    words = [word for word in row.said["types"].replace("，", "、").replace(";", "、").split("、") if word.strip()]
    for word in words:
        if word.strip() not in TYPES:
            known = _("Write one of: %(words)s.") % {"words": "、".join(TYPES)}
            row.fault("types", _("“%(word)s” is not known here.") % {"word": word.strip()}, known)
    return [str(TYPES[word.strip()]) for word in words if word.strip() in TYPES]


def _check(row: Row, ground: Ground) -> None:
    """Refuse a committee that is none, a line that stands there twice, and a second director."""
    who, where = row.said["name"], row.said["committee"]
    seat = row.choice("seat", SEATS)
    if where and where not in ground.committees:
        what = _("There is no committee “%(name)s” that stands today.") % {"name": where}
        row.fault("committee", what, _("Enter the committees first, and write the full name."))
    if (who, where) in ground.lines:
        what = _("“%(word)s” stands in line %(line)d already.") % {"word": who, "line": ground.lines[who, where]}
        row.fault("name", what, _("Tell two of one name in one committee apart, such as 王军（大）."))
    ground.lines.setdefault((who, where), row.line)
    if seat == Seat.DIRECTOR and ground.directors.setdefault(where, who) != who:
        what = _("%(name)s is the director.") % {"name": ground.directors[where]}
        row.fault("seat", what, _("A committee has one director; end that seat first."))
    held = ground.seated.get((who, where))
    if held is not None and seat and held.seat != seat:
        what = _("%(name)s sits there as “%(seat)s”.") % {"name": who, "seat": held.get_seat_display()}
        row.fault("seat", what, _("Change the seat on the page of the mediator, with its day."))


def _sort(row: Row, said: dict[str, Any], ground: Ground, made: Plan) -> None:
    """Tell who is new from who is changed, and give a seat that is not held yet."""
    who, where = row.said["name"], row.said["committee"]
    held = ground.seated.get((who, where))
    known = held.mediator if held else ground.by_phone.get((who, said["phone"]))
    mediator = known or Mediator(county=ground.county, name=who, **said)
    if known is None:
        made.new.append(mediator)
        if mediator.phone:
            ground.by_phone[who, mediator.phone] = mediator
    elif not _set_right(known, said, ground, made) and held:
        made.unchanged += 1
    if held is None:
        seat, committee = SEATS[row.said["seat"]], ground.committees[where]
        made.seats.append(Membership(county=ground.county, committee=committee, mediator=mediator, seat=seat))


def _set_right(mediator: Mediator, said: dict[str, Any], ground: Ground, made: Plan) -> bool:
    """Change what the register says of a mediator; one who is new, or was changed by a line above, is saved once."""
    if all(getattr(mediator, name) == said[name] for name in SAID):
        return False
    for name in SAID:
        setattr(mediator, name, said[name])
    if not mediator._state.adding and mediator.pk not in ground.touched:
        made.changed.append(mediator)
    ground.touched.add(mediator.pk)
    return True
