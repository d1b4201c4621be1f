"""What a playbook says of mediation: the ladders disputes climb, and the committees that stand from the start."""

import re
from datetime import date

from django.utils.translation import gettext as _

from fengqiao.cases.models import SpanUnit
from fengqiao.mediation.vocabulary import CommitteeKind, DisputeType, Source
from fengqiao.places.models import Level
from fengqiao.playbooks.model import Bench, Benches, Climb, OnTheSpot, Rung
from fengqiao.playbooks.table import PlaybookError, Table, must_be_once

CODE = re.compile(r"[a-z0-9-]{1,20}")
VERSION = re.compile(r"\S{1,20}")
TYPE = re.compile("|".join(DisputeType.values))
TAG = re.compile(r"\S{1,10}")
OF_THE_COUNTY = [kind.value for kind in CommitteeKind if kind not in ("village", "neighbourhood", "township")]


def ladders(whole: Table) -> tuple[Climb, ...]:
    """Read the ladders: one for disputes of every kind, and any number for single types or sources."""
    found = tuple(_ladder(row) for row in whole.tables("ladders"))
    must_be_once([f"{each.code} {each.version}" for each in found], whole.name("ladders"))
    must_be_once([_whose(each) for each in found], whole.name("ladders"))
    if not any(each.dispute_type == each.source == "" for each in found):
        raise PlaybookError(_("%(key)s: there is no ladder for all other disputes.") % {"key": whole.name("ladders")})
    return found


def benches(whole: Table) -> Benches:
    """Read which committees stand from the start; a playbook may leave that to the county's administrator."""
    if not whole.has("mediation"):
        return Benches()
    row = whole.table("mediation")
    listed = tuple(_bench(each) for each in row.tables("committees"))
    must_be_once([each.code for each in listed], row.name("committees"))
    must_be_once([each.tag for each in listed], row.name("committees"))
    found = Benches(listed, row.template("township_name"), row.template("village_name"))
    row.nothing_else()
    return found


def on_the_spot(whole: Table) -> OnTheSpot | None:
    """Read what may be settled on the spot; a playbook may leave that open."""
    if not whole.has("on_the_spot"):
        return None
    row = whole.table("on_the_spot")
    found = OnTheSpot(
        valid_from=row.value("valid_from", date),
        most=row.positive("most") if row.has("most") else None,
        never=tuple(row.texts("never", TYPE)) if row.has("never") else (),
        **{name: row.positive(name) for name in ("late_days", "in_an_hour", "alike", "near", "days")},
    )
    row.nothing_else()
    return found


def _ladder(row: Table) -> Climb:
    ladder = Climb(
        code=row.text("code", CODE),
        name=row.text("name"),
        version=row.text("version", VERSION),
        valid_from=row.value("valid_from", date),
        rungs=tuple(_rung(each) for each in row.tables("tiers")),
        dispute_type=row.choice("dispute_type", ["", *DisputeType.values], default=""),
        source=row.choice("source", ["", *Source.values], default=""),
        basis=row.text("basis", default=""),
        is_written_only=row.yes("is_written_only"),
    )
    must_be_once([each.level for each in ladder.rungs], row.name("tiers"))
    row.nothing_else()
    return ladder


def _rung(row: Table) -> Rung:
    rung = Rung(
        name=row.text("name"),
        level=row.choice("level", Level.values),
        amount=row.positive("amount"),
        unit=row.choice("unit", SpanUnit.values),
        accept_within=row.positive("accept_within") if row.has("accept_within") else None,
        helpers=row.text("helpers", default=""),
    )
    row.nothing_else()
    return rung


def _bench(row: Table) -> Bench:
    bench = Bench(
        code=row.text("code", CODE),
        name=row.text("name"),
        short_name=row.text("short_name", default=""),
        kind=row.choice("kind", OF_THE_COUNTY),
        tag=row.text("tag", TAG),
        trade=row.text("trade", default=""),
    )
    row.nothing_else()
    return bench


def _whose(ladder: Climb) -> str:
    """Name the disputes a ladder is for, and from when: two for the same would leave the choice to chance."""
    return " ".join([ladder.dispute_type or "*", ladder.source or "*", ladder.valid_from.isoformat()])
