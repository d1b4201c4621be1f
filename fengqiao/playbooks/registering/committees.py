"""A list of committees: compared with the register, and entered all or nothing."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.mediation.models import Committee
from fengqiao.mediation.vocabulary import CommitteeKind
from fengqiao.people.models import Unit
from fengqiao.places.models import Region
from fengqiao.playbooks.redrawing.grid_sheet import Fault
from fengqiao.playbooks.registering import sheet
from fengqiao.playbooks.registering.sheet import Columns, Row

KINDS = {
    "村": CommitteeKind.VILLAGE, "社区": CommitteeKind.NEIGHBOURHOOD, "居": CommitteeKind.NEIGHBOURHOOD,
    "乡镇": CommitteeKind.TOWNSHIP, "街道": CommitteeKind.TOWNSHIP, "县": CommitteeKind.COUNTY,
    "企事业单位": CommitteeKind.ENTERPRISE, "行业": CommitteeKind.TRADE, "社会团体": CommitteeKind.GROUP,
}  # fmt: skip
COLUMNS = Columns(
    heads={
        "name": "名称", "kind": "类型", "seat": "所在地代码", "tag": "文号字", "trade": "行业",
        "set_up_on": "设立日期", "term_ends_on": "届满日期", "phone": "值班电话",
    },
    needed=("name", "kind", "seat", "tag"),
    most={"name": 60, "tag": 10, "trade": 40, "phone": 30},
    sample=(
        ("屯字镇双合村人民调解委员会", "村", "621027101205", "双合人调", "", "2024-01-15", "2027-01-15", ""),
        ("镇原县旅游纠纷人民调解委员会", "行业", "621027", "镇旅人调", "旅游", "2025-06-01", "", "0934-7120001"),
    ),
)  # fmt: skip
SAID = ("kind", "tag", "trade", "set_up_on", "term_ends_on")


@dataclass(slots=True)
class Plan:
    """What a list would enter and change; nothing is done while there is a fault."""

    new: list[Committee] = field(default_factory=list)
    changed: list[Committee] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the list is compared with."""

    county: str
    regions: dict[str, Region]
    known: dict[str, Committee]  # by name
    names: set[str]  # of units that are no committee
    tags: dict[str, str]  # of committees there are: the name by the sign


def plan(county: str, text: str, at: datetime) -> Plan:
    """Compare a list with the register of a county."""
    read = sheet.read(text, COLUMNS)
    made, ground = Plan(faults=read.faults), _ground(county, localdate(at))
    names: dict[str, int] = {}
    tags: dict[str, int] = {}
    wrong = {fault.line for fault in read.faults}
    for row in read.rows:
        before = len(made.faults)
        _once(row, "name", names)
        _once(row, "tag", tags)
        committee = _read(row, ground)
        if len(made.faults) == before and row.line not in wrong:
            _sort(committee, ground, made)
    made.faults.sort(key=lambda fault: fault.line)
    return made


def carry_out(made: Plan, at: datetime) -> None:
    """Enter what is new with its units, and change what is changed."""
    today = localdate(at)
    Unit.objects.bulk_create([_opened(one.unit, today) for one in made.new], batch_size=500)
    Committee.objects.bulk_create(made.new, batch_size=500)
    Committee.objects.bulk_update(made.changed, SAID, batch_size=500)


def _ground(county: str, today: date) -> Ground:
    committees = list(Committee.objects.filter(county=county).select_related("unit"))
    open_ones = {one.unit.name: one for one in committees if one.unit.is_open_on(today)}
    names = set(Unit.objects.current(today).filter(county=county).values_list("name", flat=True))
    found = Region.objects.current(today).filter(county=county)
    regions = {code: one for one in found for code in (one.code, one.short_code)}
    return Ground(county, regions, open_ones, names - set(open_ones), {one.tag: one.unit.name for one in committees})


def _once(row: Row, name: str, seen: dict[str, int]) -> None:
    """Refuse what stands in the list twice."""
    word = row.said[name]
    if word in seen:
        what = _("“%(word)s” stands in line %(line)d already.") % {"word": word, "line": seen[word]}
        row.fault(name, what, _("Give each its own."))
    elif word:
        seen[word] = row.line


def _read(row: Row, ground: Ground) -> Committee:
    """Make a committee of one line; its unit lies with it."""
    said = row.said
    region = ground.regions.get(said["seat"])
    if region is None and said["seat"]:
        what = _("There is no place with the code “%(code)s” in this county.") % {"code": said["seat"]}
        row.fault("seat", what, _("Take the code from the list of places; in a spreadsheet format the column as text."))
    if said["name"] in ground.names:
        row.fault("name", _("Another unit has this name."), _("Write the full name of the committee."))
    if ground.tags.get(said["tag"], said["name"]) != said["name"]:
        what = _("Another committee has the sign “%(tag)s” in its numbers.") % {"tag": said["tag"]}
        row.fault("tag", what, _("Give each its own."))
    kind = row.choice("kind", KINDS)
    begins, ends = row.day("set_up_on"), row.day("term_ends_on")
    if begins and ends and ends <= begins:
        row.fault("term_ends_on", _("The term ends after the day the committee was set up."), _("Set it right."))
    unit = Unit(county=ground.county, name=said["name"], kind=Unit.Kind.MEDIATION, phone=said["phone"])
    if region is not None:
        unit.region = region
    facts = {"kind": kind, "tag": said["tag"], "trade": said["trade"], "set_up_on": begins, "term_ends_on": ends}
    return Committee(county=ground.county, unit=unit, **facts)


def _sort(committee: Committee, ground: Ground, made: Plan) -> None:
    """Tell what is new from what is changed; the unit of one there is stays as it is."""
    known = ground.known.get(committee.unit.name)
    if known is None:
        made.new.append(committee)
    elif all(getattr(known, name) == getattr(committee, name) for name in SAID):
        made.unchanged += 1
    else:
        for name in SAID:
            setattr(known, name, getattr(committee, name))
        made.changed.append(known)


def _opened(unit: Unit, today: date) -> Unit:
    unit.code, unit.valid_from = f"mediation-{unit.pk.hex[-16:]}", today
    return unit
