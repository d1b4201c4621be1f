"""What may turn into an offence is reported, and the note stays with this matter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier, Party
from fengqiao.mediation.transitions.dangers import Danger, report_danger
from tests.cast import MONDAY_9AM
from tests.mediation.table import Table

DANGER = Danger(to="东镇派出所", words="王守田扬言动手。", measures="请村干部陪同，当晚分开安置。")


def test_a_danger_is_reported_to_somebody_with_the_reason(table: Table, under_way: Dossier) -> None:
    note = "见面时请派出所在场。"
    report = report_danger(under_way, DANGER, safety_note=note, by=table.he_mediates_willow, at=MONDAY_9AM)
    under_way.refresh_from_db()
    assert (report.to, report.at, report.by) == ("东镇派出所", MONDAY_9AM, table.he_mediates_willow)
    assert under_way.safety_note == note
    line = under_way.case.log.get(facts__act="report_danger")
    assert line.facts["to"] == "东镇派出所" and line.facts["safety_note"] and not line.public


def test_it_is_reported_first_and_entered_later(table: Table, under_way: Dossier) -> None:
    by, told = table.he_mediates_willow, MONDAY_9AM + timedelta(minutes=10)
    danger = replace(DANGER, reported_at=told)
    with pytest.raises(Refused, match="not happened yet"):
        report_danger(under_way, danger, by=by, at=MONDAY_9AM)
    report = report_danger(under_way, danger, by=by, at=told + timedelta(hours=1))
    assert report.reported_at == told and report.at > told
    assert under_way.case.log.get(facts__act="report_danger").facts["reported"] == told.isoformat()


def test_a_report_of_a_danger_says_to_whom_and_why(table: Table, under_way: Dossier) -> None:
    for lacking in (Danger(to="", words="扬言动手。"), Danger(to="派出所", words=" ")):
        with pytest.raises(Refused):
            report_danger(under_way, lacking, by=table.he_mediates_willow, at=MONDAY_9AM)
    assert not under_way.danger_reports.exists()


def test_no_person_carries_a_mark(table: Table, under_way: Dossier) -> None:
    before = [vars(party) for party in _facts(under_way)]
    report_danger(under_way, DANGER, safety_note="当心。", by=table.he_mediates_willow, at=MONDAY_9AM)
    assert [vars(party) for party in _facts(under_way)] == before
    assert not any("danger" in field.name or "safety" in field.name for field in Party._meta.get_fields())


def _facts(dossier: Dossier) -> list[Party]:
    parties = list(dossier.parties.order_by("side"))
    for party in parties:
        del party._state
    return parties
