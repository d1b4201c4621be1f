"""What the parties say before anybody mediates."""

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Agent, Dossier, Mediator
from fengqiao.mediation.transitions import consenting, parties
from fengqiao.mediation.transitions.parties import Acts, Known
from fengqiao.mediation.vocabulary import ChosenBy, Consent, Way
from fengqiao.mediation.workflow import Stand
from fengqiao.people.actors import Resident
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import Table


def test_nothing_begins_before_everyone_has_agreed(table: Table, dossier: Dossier) -> None:
    by = table.he_mediates_willow
    zhang, wang = tables.seat_parties(table, dossier)
    consenting.choose_mediator(dossier, table.mediator(by), chosen_by=ChosenBy.COMMITTEE, by=by, at=MONDAY_9AM)
    for party in (zhang, wang):
        consenting.acknowledge(party, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)
    consenting.give_consent(zhang, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)

    with pytest.raises(Refused, match="王守田"):
        consenting.begin(dossier, by=by, at=MONDAY_9AM)

    consenting.give_consent(wang, way=Way.PHONE, by=by, at=MONDAY_9AM)
    assert consenting.begin(dossier, by=by, at=MONDAY_9AM).stand == Stand.UNDER_WAY


def test_a_clear_no_stops_everything(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    wang = under_way.parties.get(side=2)
    consenting.refuse(wang, way=Way.PHONE, words="不调了，法院见。", by=by, at=MONDAY_9AM)

    under_way.refresh_from_db()
    wang.refresh_from_db()
    assert (under_way.stand, wang.consent) == (Stand.REFUSED, Consent.WITHDRAWN)
    with pytest.raises(Refused):
        consenting.give_consent(wang, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)


def test_a_party_speaks_for_itself_by_code_and_secret(table: Table, dossier: Dossier) -> None:
    by = table.he_mediates_willow
    report = dossier.case.reports.get()
    own = parties.add_party(dossier, Known(side=1, name="张福来", report=report.pk), by=by, at=MONDAY_9AM)
    other = parties.add_party(dossier, Known(side=2, name="王守田"), by=by, at=MONDAY_9AM)
    resident = Resident(report.pk, dossier.case_id)

    consenting.give_consent(own, way=Way.CODE, by=resident, at=MONDAY_9AM)
    with pytest.raises(Refused):
        consenting.give_consent(other, way=Way.CODE, by=resident, at=MONDAY_9AM)
    assert [line.way for line in own.consents.all()] == [Way.CODE]


def test_a_minor_is_not_alone(table: Table, dossier: Dossier) -> None:
    by = table.he_mediates_willow
    child = parties.add_party(dossier, Known(side=1, name="张小宝", is_minor=True), by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="guardian"):
        consenting.give_consent(child, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)
    mother = Acts(kind=Agent.Kind.GUARDIAN, name="李桂花", relation="母亲")
    parties.appoint_agent(child, mother, by=by, at=MONDAY_9AM)
    assert consenting.give_consent(child, way=Way.AGENT, by=by, at=MONDAY_9AM).consent == Consent.GIVEN


def test_nobody_stands_on_both_sides(table: Table, dossier: Dossier) -> None:
    by = table.he_mediates_willow
    tables.seat_parties(table, dossier)
    with pytest.raises(Refused, match="other side"):
        parties.add_party(dossier, Known(side=2, name="张福来", phone="13900000021"), by=by, at=MONDAY_9AM)


def test_whoever_has_an_interest_stands_aside(table: Table, under_way: Dossier) -> None:
    he, jin = (table.mediator(user) for user in (table.he_mediates_willow, table.jin_mediates_willow))
    by = table.he_mediates_willow
    consenting.declare_interest(
        under_way, words="王守田是我妻弟。", raised_by="何老五", instead=jin, by=by, at=MONDAY_9AM
    )
    under_way.refresh_from_db()
    assert under_way.mediator == jin
    with pytest.raises(Refused, match="stood aside"):
        consenting.choose_mediator(under_way, he, chosen_by=ChosenBy.COMMITTEE, by=by, at=MONDAY_9AM)


def test_only_one_of_this_committee_mediates(table: Table, dossier: Dossier) -> None:
    by = table.he_mediates_willow
    Mediator.objects.filter(user=table.jin_mediates_willow).update(status=Mediator.Status.SUSPENDED)
    for user in (table.luo_mediates_east, table.jin_mediates_willow):
        with pytest.raises(Refused):
            consenting.choose_mediator(dossier, table.mediator(user), chosen_by=ChosenBy.PARTIES, by=by, at=MONDAY_9AM)


def test_strangers_take_no_act(table: Table, dossier: Dossier) -> None:
    for by in (table.luo_mediates_east, table.qing.ma_clerks, table.qing.gao_leads, table.qing.deng_is_a_stranger):
        with pytest.raises(Refused):
            parties.add_party(dossier, Known(side=1, name="张福来"), by=by, at=MONDAY_9AM)
    assert not dossier.parties.exists()
