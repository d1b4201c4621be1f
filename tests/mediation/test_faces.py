"""Nobody sits on two sides of one table: not as party, not as agent or guardian, not as mediator."""

from pathlib import Path
from typing import Any

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.mediation import identity
from fengqiao.mediation.models import Agent, Dossier, Mediator
from fengqiao.mediation.seats import choosable
from fengqiao.mediation.transitions import consenting, identities, parties, succession, wishing
from fengqiao.mediation.transitions.parties import Acts, Known
from fengqiao.mediation.vocabulary import ChosenBy
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import Table

LAWYER = Acts(kind=Agent.Kind.AGENT, name="钱律师", phone="13900000031", powers="特别授权", has_paper=True)
NUMBER = "11010519491231002X"  # the specimen of GB 11643


def acts(name: str, phone: str = "", kind: Agent.Kind = Agent.Kind.AGENT) -> Acts:
    """Somebody with a power of attorney."""
    return Acts(kind=kind, name=name, phone=phone, powers="特别授权", has_paper=True)


def test_one_agent_does_not_act_for_both_sides(table: Table, dossier: Dossier) -> None:
    by, (zhang, wang) = table.he_mediates_willow, tables.seat_parties(table, dossier)
    parties.appoint_agent(zhang, LAWYER, by=by, at=MONDAY_9AM)
    for kind in Agent.Kind:
        with pytest.raises(Refused, match="acts for the other side"):
            parties.appoint_agent(wang, acts("钱 律师", "+86 139-0000-0031", kind), by=by, at=MONDAY_9AM)
    parties.appoint_agent(wang, acts("钱律师", "13900000032"), by=by, at=MONDAY_9AM)  # a namesake
    fellow = parties.add_party(dossier, Known(side=1, name="张福安"), by=by, at=MONDAY_9AM)
    parties.appoint_agent(fellow, LAWYER, by=by, at=MONDAY_9AM)  # for two of one side


def test_no_party_acts_for_the_other_side(table: Table, dossier: Dossier) -> None:
    by, (zhang, wang) = table.he_mediates_willow, tables.seat_parties(table, dossier)
    with pytest.raises(Refused, match="stands on the other side"):
        parties.appoint_agent(wang, acts(zhang.name), by=by, at=MONDAY_9AM)
    parties.appoint_agent(zhang, LAWYER, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="acts for the other side"):
        parties.add_party(dossier, Known(side=2, name="钱律师"), by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="acts for the other side"):
        succession.replace_party(wang, why="去世。", heirs=[Known(side=2, name="钱律师")], by=by, at=MONDAY_9AM)
    succession.replace_party(zhang, why="去世。", by=by, at=MONDAY_9AM)
    parties.add_party(dossier, Known(side=2, name="钱律师"), by=by, at=MONDAY_9AM)  # who left sits nowhere


def test_nobody_mediates_for_themselves(table: Table, dossier: Dossier) -> None:
    by, (zhang, wang) = table.he_mediates_willow, tables.seat_parties(table, dossier)
    he, jin = table.mediator(by), table.mediator(table.jin_mediates_willow)
    parties.add_party(dossier, Known(side=1, name="金桂香"), by=by, at=MONDAY_9AM)
    parties.appoint_agent(wang, acts("何老五"), by=by, at=MONDAY_9AM)
    dossier.case.refresh_from_db()
    assert not choosable(dossier, MONDAY_9AM).exists()
    for mediator in (he, jin):
        with pytest.raises(Refused, match="somebody else mediates"):
            consenting.choose_mediator(dossier, mediator, chosen_by=ChosenBy.PARTIES, by=by, at=MONDAY_9AM)
        with pytest.raises(Refused, match="somebody else mediates"):
            wishing.wish_for(zhang, mediator, by=by, at=MONDAY_9AM)
    Mediator.objects.filter(pk=he.pk).update(phone="13900000041")
    wang.agents.update(phone="13900000042")
    assert list(choosable(dossier, MONDAY_9AM)) == [he]


def test_whoever_mediates_does_not_come_to_the_table(table: Table, under_way: Dossier) -> None:
    by, zhang = table.he_mediates_willow, under_way.parties.get(side=1)
    with pytest.raises(Refused, match="mediates this dispute"):
        parties.add_party(under_way, Known(side=1, name="何老五"), by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="mediates this dispute"):
        parties.appoint_agent(zhang, acts("何老五"), by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="somebody else mediates"):
        parties.add_party(under_way, Known(side=2, name="金桂香"), by=by, at=MONDAY_9AM)
        jin = table.mediator(table.jin_mediates_willow)
        consenting.declare_interest(under_way, words="亲戚", raised_by="何", instead=jin, by=by, at=MONDAY_9AM)


def test_one_identity_number_is_one_person(table: Table, dossier: Dossier, tmp_path: Path, settings: Any) -> None:
    settings.IDENTITY_KEY_FILE = tmp_path / "identity.key"
    settings.IDENTITY_KEY_FILE.write_text(identity.new_key())
    by, (zhang, wang) = table.he_mediates_willow, tables.seat_parties(table, dossier)
    identities.enter(zhang, NUMBER, needed_for="协议书", by=by, at=MONDAY_9AM)
    identities.enter(zhang, NUMBER, needed_for="申请书", by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="张福来 on the other side has this number"):
        identities.enter(wang, NUMBER, needed_for="协议书", by=by, at=MONDAY_9AM)
