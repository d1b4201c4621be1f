"""What the desk's own templates need. `{% load desk %}`"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from fengqiao.cases.models import ClockRule, Stage
from fengqiao.cases.scope import held_posts
from fengqiao.cases.vocabulary import Urgency
from fengqiao.insight.areas import reads_board
from fengqiao.intake.models import Report
from fengqiao.intake.policy import AT_THE_COUNTER
from fengqiao.intake.queries import first_title
from fengqiao.mediation.keeping import READERS
from fengqiao.mediation.onspot import RECORDS
from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.oversight.channels import WAYS
from fengqiao.oversight.models import Channel
from fengqiao.people.models import ADMINISTRATORS, Post, Role, StaffLog, User
from fengqiao.people.policy import Duty, duties_of
from fengqiao.places import counties
from fengqiao.places.editions import PUBLISHERS
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from fengqiao.web.console.forms.audit import KINDS, LOGS
from fengqiao.web.shared.public import public_address
from fengqiao.web.shared.ruling import rules_in_words
from fengqiao.web.shared.standing import budget

SPOTS = frozenset({*RECORDS, Role.SUPERVISOR})  # who writes down what was settled on the spot, or looks at it
FROM = gettext_lazy("from %(day)s")
DAYS = {"on": "%(day)s", "from": FROM, "since": FROM, "until": gettext_lazy("until %(day)s")}  # the last day included
NOT_INCLUDED: dict[str, object] = {  # whose end is the first day that no longer counts, as their forms ask
    StaffLog.Act.GAVE_POST: gettext_lazy("no longer held from %(day)s"),
    StaffLog.Act.ENDED_POST: gettext_lazy("no longer held from %(day)s"),
    StaffLog.Act.CHANGED_PRESENCE: gettext_lazy("no longer present from %(day)s"),
    StaffLog.Act.CHANGED_MEDIATOR: gettext_lazy("closed from %(day)s"),  # a studio, with the seat it stands on
}
MEDIATION = {Role.MEDIATOR, Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER}

register = template.Library()
register.filter(first_title)
register.filter(rules_in_words)


@dataclass(frozen=True, slots=True)
class Ways:
    """Where someone can go: all that the bar shows."""

    duties: frozenset[Duty]
    may_receive: bool
    has_cases: bool
    has_board: bool
    has_spots: bool
    mediates: bool  # or reads what is mediated in the own area
    reads_registers: bool


@dataclass(frozen=True, slots=True)
class WhoIsHere:
    """The person at the desk: their posts today and the county they work for."""

    name: str
    county: str
    posts: tuple[Post, ...]
    ways: Ways


@register.simple_tag(takes_context=True)
def who_is_here(context: template.Context) -> WhoIsHere:
    """Tell who sits at this desk; the blocks of one page ask several times and are told from memory."""
    request = context["request"]
    if not hasattr(request, "who_is_here"):
        request.who_is_here = _look_up(request.user)
    here: WhoIsHere = request.who_is_here
    return here


@register.simple_tag(takes_context=True)
def address_to_follow(context: template.Context, report: Report) -> str:
    """Give the address at which whoever holds the code of a report follows it."""
    return public_address(context["request"], reverse("resident:track", args=[report.code]))


def _look_up(user: User) -> WhoIsHere:
    posts = held_posts(user, now())
    county = counties.of(user.county)
    return WhoIsHere(str(user), county.name if county else "", tuple(posts), ways_of(posts))


def ways_of(posts: Sequence[Post]) -> Ways:
    """Tell where the holder of these posts can go."""
    return Ways(
        duties=frozenset(duties_of(post.role for post in posts)),
        may_receive=any(post.role in AT_THE_COUNTER for post in posts),
        has_cases=not posts or any(post.role not in ADMINISTRATORS for post in posts),
        has_board=any(reads_board(post) for post in posts),
        has_spots=any(post.role in SPOTS for post in posts),
        mediates=any(post.role in MEDIATION for post in posts),
        reads_registers=any(post.role in READERS for post in posts),
    )


@register.filter
def place(region: Region) -> str:
    """Name a place with its township: 东镇 柳树村 第一网格."""
    names: list[str] = []
    here: Region | None = region
    while here is not None and here.level not in (Level.COUNTY, Level.PREFECTURE, Level.PROVINCE):
        names.insert(0, here.place_name if here.level == Level.VILLAGE else here.name)
        here = None if here.level == Level.TOWNSHIP else here.parent  # what lies above it was not read with it
    if not names:
        return region.name
    return pgettext("between the names of a place", " ").join(names)


@register.filter
def edition(name: str) -> str:
    """Name the list of divisions a place came with: who drew it up, and of which day."""
    publisher, _dash, cut = name.partition("-")
    words = {"publisher": str(PUBLISHERS.get(publisher, publisher)), "day": _date_in_words(cut)}
    return _("list of divisions by %(publisher)s, %(day)s") % words


@register.filter
def facts(line: StaffLog) -> str:
    """Say what a line of the staff log keeps beside who and what: the thing, then the days, as people say them."""
    said = dict(line.facts)
    words = DAYS | {"until": NOT_INCLUDED.get(line.act, DAYS["until"])}
    days = [str(say) % {"day": _date_in_words(said.pop(name))} for name, say in words.items() if name in said]
    if role := said.get("role"):
        said["role"] = str(Role(role).label)
    if kind := said.get("kind"):
        said["kind"] = str(dict(KINDS.get(said.get("log", "staff"), [])).get(kind, kind))
    if log := said.get("log"):
        said["log"] = str(dict(LOGS).get(log, log))
    if turns := said.get("turns"):
        said["turns"] = _("turns of duty entered: %(count)s") % {"count": turns.removeprefix("+")}
    return " · ".join([*said.values(), *days])


def _date_in_words(day: str) -> str:
    try:
        return date_format(date.fromisoformat(day), "DATE_FORMAT")
    except ValueError:
        return day


@register.filter
def dispute_types(codes: list[str]) -> str:
    """Name the types of disputes a mediator is versed in."""
    return "、".join(str(DisputeType(code).label) for code in codes) or "–"


@register.filter
def way(channel: Channel) -> str:
    """Name the way by which a channel goes: 企业微信, 邮件."""
    return str(WAYS[channel.scheme])


@register.filter
def stage(code: str) -> str:
    """Name what a clock waits for."""
    return _stage(code, get_language()) if code else ""


@cache
def _stage(code: str, _language: str | None) -> str:
    return str(Stage(code).label)


@register.filter
def rule_span(rule: ClockRule) -> str:
    """Say how long a rule gives: 5 working days."""
    return budget(rule.amount, rule.unit)


@register.filter
def urgency_name(code: str) -> str:
    """Name an urgency."""
    return str(Urgency(code).label) if code else ""


@register.filter
def is_past(due: datetime | None) -> bool:
    """Test if a due time is over."""
    return due is not None and due < now()


@register.simple_tag(takes_context=True)
def current(context: template.Context, *names: str) -> str:
    """Mark the link of the page one is on."""
    return "page" if context["page"] in names else ""
