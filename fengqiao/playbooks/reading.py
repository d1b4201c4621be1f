"""Read a playbook's file and say exactly which key is wrong: pure, no database."""

import re
import tomllib
from datetime import date, time
from pathlib import Path

from django.utils.translation import gettext as _

from fengqiao.cases.models import SpanUnit, Stage
from fengqiao.cases.vocabulary import Urgency
from fengqiao.people.models import Presence, Unit
from fengqiao.playbooks.model import Body, Clocks, Place, Playbook, Span, Takes, Words
from fengqiao.playbooks.models import ReplyTemplate
from fengqiao.playbooks.preparing import mediation
from fengqiao.playbooks.table import PlaybookError, Table, must_be_once

FOLDER = Path(__file__).parent / "data"
COUNTY = re.compile(r"[0-9]{6}")
TAG = re.compile(r"[A-Z]{2}")
VILLAGE = re.compile(r"[0-9]{12}")
# Every stage a case can reach needs a rule, handling one for each urgency; mediation takes its time from its ladder.
NEEDED = {(stage.value, "") for stage in Stage if stage not in (Stage.HANDLE, Stage.MEDIATE)}
NEEDED |= {(Stage.HANDLE.value, urgency.value) for urgency in Urgency}


def available() -> list[str]:
    """List the playbooks that come with this program."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def read(key: str) -> Playbook:
    """Read one of the playbooks that come with this program, by its key."""
    path = FOLDER / f"{key}.toml"
    if key not in available():
        known = {"key": key, "known": ", ".join(available())}
        raise PlaybookError(_("There is no playbook “%(key)s”; there are: %(known)s.") % known)
    return parse(key, path.read_text(encoding="utf-8"))


def parse(key: str, text: str) -> Playbook:
    """Turn the text of a playbook into one."""
    try:
        whole = Table(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError(_("%(key)s.toml cannot be read: %(fault)s") % {"key": key, "fault": error}) from error
    county = _place(whole.table("county"))
    townships, villages = whole.table("townships"), whole.table("villages")
    playbook = Playbook(
        key=key,
        name=whole.text("name"),
        place=county,
        hours=tuple((row.value("opens", time), row.value("closes", time)) for row in whole.tables("hours")),
        clocks=_clocks(whole.table("clocks")),
        centre=_centre(whole.table("centre"), county.code),
        parent_centre=_centre(whole.table("parent_centre"), county.code),
        units=tuple(_unit(row, county.code) for row in whole.tables("units")),
        office_name=townships.template("office_name"),
        centre_name=townships.template("centre_name"),
        committees_of=tuple(villages.texts("committees_of", VILLAGE)),
        ladders=mediation.ladders(whole),
        benches=mediation.benches(whole),
        on_the_spot=mediation.on_the_spot(whole),
        presence=_presence(whole),
        replies=_replies(whole),
    )
    whole.nothing_else()
    townships.nothing_else()
    villages.nothing_else()
    return playbook


def _presence(whole: Table) -> tuple[Takes, ...]:
    """Read which units take part in the centre's work; a playbook may leave it out, and names only its own units."""
    if not whole.has("presence"):
        return ()
    known = [row.text("code") for row in whole.tables("units")]
    rows = whole.tables("presence")
    found = [
        Takes(row.choice("unit", known), row.choice("mode", Presence.Mode.values), row.text("window", default=""))
        for row in rows
    ]
    for row in rows:
        row.nothing_else()
    must_be_once([each.unit for each in found], whole.name("presence"))
    return tuple(found)


def _replies(whole: Table) -> tuple[Words, ...]:
    """Read the templates to begin a reply with; a playbook may leave them out."""
    rows = whole.tables("replies") if whole.has("replies") else []
    found = [Words(row.choice("use", ReplyTemplate.Use.values), row.text("name"), row.text("text")) for row in rows]
    for row in rows:
        row.nothing_else()
    must_be_once([f"{each.use} {each.name}" for each in found], whole.name("replies"))
    return tuple(found)


def _place(row: Table) -> Place:
    place = Place(code=row.text("code", COUNTY), tag=row.text("tag", TAG), name=row.text("name"))
    row.nothing_else()
    return place


def _clocks(row: Table) -> Clocks:
    rules = [_span(rule) for rule in row.tables("rules")]
    must_be_once([f"{rule.stage} {rule.urgency}".strip() for rule in rules], row.name("rules"))
    for stage, urgency in sorted(NEEDED - {(rule.stage, rule.urgency) for rule in rules}):
        missing = {"key": row.name("rules"), "what": f"{stage} {urgency}".strip()}
        raise PlaybookError(_("%(key)s: there is no rule for “%(what)s”.") % missing)
    clocks = Clocks(row.text("version"), row.value("valid_from", date), tuple(rules))
    row.nothing_else()
    return clocks


def _span(row: Table) -> Span:
    span = Span(
        stage=row.choice("stage", Stage.values),
        urgency=row.choice("urgency", ["", *Urgency.values], default=""),
        amount=row.positive("amount"),
        unit=row.choice("unit", SpanUnit.values),
        extendable_by=row.count("extendable_by", default=None),
        pausable_days=row.count("pausable_days", default=30) or 0,
    )
    row.nothing_else()
    return span


def _centre(row: Table, county: str) -> Body:
    return _body(row, county, Unit.Kind.CENTRE)


def _unit(row: Table, county: str) -> Body:
    return _body(row, county, row.choice("kind", Unit.Kind.values))


def _body(row: Table, county: str, kind: str) -> Body:
    body = Body(
        code=row.text("code"),
        name=row.text("name"),
        short_name=row.text("short_name", default=""),
        kind=kind,
        county=row.text("county", COUNTY, default=county),
        phone=row.text("phone", default=""),
    )
    row.nothing_else()
    return body
