"""Parties choose who mediates by naming the same one; a party without a report of its own is handed a code."""

import pytest

from fengqiao.intake.models import Report
from fengqiao.intake.transitions.party_codes import hand_code, take_code
from fengqiao.intake.transitions.unlocking import unlock
from fengqiao.intake.workflow import Channel
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier
from fengqiao.mediation.transitions import consenting, wishing
from fengqiao.mediation.vocabulary import ChosenBy, Way
from fengqiao.people.actors import Resident
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import Table


def test_two_sides_that_name_the_same_one_have_chosen(table: Table, dossier: Dossier) -> None:
    he, jin = (table.mediator(user) for user in (table.he_mediates_willow, table.jin_mediates_willow))
    zhang, wang = tables.seat_parties(table, dossier)
    by = table.he_mediates_willow

    assert wishing.wish_for(zhang, jin, by=by, at=MONDAY_9AM).mediator is None
    assert wishing.wish_for(wang, he, by=by, at=MONDAY_9AM).mediator is None
    found = wishing.wish_for(wang, jin, by=by, at=MONDAY_9AM)

    assert (found.mediator, found.chosen_by) == (jin, ChosenBy.PARTIES)
    assert found.rounds.get().mediator == jin


def test_one_side_alone_chooses_nobody(table: Table, dossier: Dossier) -> None:
    zhang, wang = tables.seat_parties(table, dossier)
    wang.left_at, wang.left_why = MONDAY_9AM, "搬走了"
    wang.save()
    jin = table.mediator(table.jin_mediates_willow)
    assert wishing.wish_for(zhang, jin, by=table.he_mediates_willow, at=MONDAY_9AM).mediator is None


def test_nobody_from_elsewhere_is_named_and_nobody_once_it_has_begun(table: Table, under_way: Dossier) -> None:
    zhang = under_way.parties.get(side=1)
    by = table.he_mediates_willow
    with pytest.raises(Refused):
        wishing.wish_for(zhang, table.mediator(table.jin_mediates_willow), by=by, at=MONDAY_9AM)


def test_a_mediator_of_another_committee_cannot_be_named(table: Table, dossier: Dossier) -> None:
    zhang, _wang = tables.seat_parties(table, dossier)
    with pytest.raises(Refused):
        wishing.wish_for(zhang, table.mediator(table.luo_mediates_east), by=table.he_mediates_willow, at=MONDAY_9AM)


def test_a_party_without_a_report_gets_a_code_of_its_own(table: Table, dossier: Dossier) -> None:
    _zhang, wang = tables.seat_parties(table, dossier)
    receipt = hand_code(wang, by=table.he_mediates_willow, at=MONDAY_9AM)
    resident = unlock(receipt.report, receipt.secret, at=MONDAY_9AM)

    consenting.give_consent(wang, way=Way.CODE, by=resident, at=MONDAY_9AM)
    zhang = dossier.parties.get(side=1)
    with pytest.raises(Refused):
        consenting.give_consent(zhang, way=Way.CODE, by=resident, at=MONDAY_9AM)
    assert receipt.report.channel == Channel.PARTY and receipt.report.case_id == dossier.case_id
    assert dossier.case.log.filter(facts__act="hand_code", facts__report=receipt.report.code).count() == 1
    with pytest.raises(Refused):
        hand_code(wang, by=table.he_mediates_willow, at=MONDAY_9AM)


def test_only_the_committee_hands_codes(table: Table, dossier: Dossier) -> None:
    _zhang, wang = tables.seat_parties(table, dossier)
    before = Report.objects.count()
    with pytest.raises(Refused):
        hand_code(wang, by=table.luo_mediates_east, at=MONDAY_9AM)
    with pytest.raises(Refused):
        hand_code(wang, by=Resident(dossier.case.reports.get().pk, dossier.case_id), at=MONDAY_9AM)  # type: ignore[arg-type]
    assert Report.objects.count() == before


def test_whoever_brought_the_report_follows_by_its_code(table: Table, dossier: Dossier) -> None:
    zhang, wang = tables.seat_parties(table, dossier)
    report, by = dossier.case.reports.get(), table.he_mediates_willow
    assert take_code(zhang, report.code, by=by, at=MONDAY_9AM).report == report.pk
    with pytest.raises(Refused):
        take_code(wang, report.code, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        take_code(wang, "QX22222222A", by=by, at=MONDAY_9AM)
