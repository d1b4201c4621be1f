"""What is known of a party is set right, and the party stays: what that does to what was said and signed."""

from dataclasses import replace
from datetime import date

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Agent, Agreement, Dossier, Party
from fengqiao.mediation.transitions import agreeing, consenting, parties, succession
from fengqiao.mediation.transitions.correcting import change_agent, change_party, dismiss_agent
from fengqiao.mediation.transitions.parties import Acts, Known
from fengqiao.mediation.vocabulary import Consent, PartyKind, Way
from fengqiao.mediation.workflow import Stand
from fengqiao.people.models import Role
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table
from tests.mediation.test_reminding import told

TUESDAY = MONDAY_9AM + DAY
LAWYER = Acts(kind=Agent.Kind.AGENT, name="钱律师", phone="13900000031", powers="特别授权", has_paper=True)


def known(party: Party, **changes: object) -> Known:
    """What stands there of a party, with what is to be set right."""
    stands = {name: getattr(party, name) for name in Known.__dataclass_fields__} | {"kind": PartyKind(party.kind)}
    return Known(**(stands | changes))


def sides(dossier: Dossier) -> tuple[Party, Party]:
    return dossier.parties.get(side=1), dossier.parties.get(side=2)


def test_a_name_written_wrong_keeps_the_consent(table: Table, under_way: Dossier) -> None:
    by, (_zhang, wang) = table.he_mediates_willow, sides(under_way)
    right = known(wang, name="王守天", phone="13900000099")
    with pytest.raises(Refused, match="the other steps in"):
        change_party(wang, right, reason="身份证上是“天”。", by=by, at=TUESDAY)
    change_party(wang, right, reason="身份证上是“天”。", is_same=True, by=by, at=TUESDAY)

    wang.refresh_from_db()
    assert (wang.name, wang.phone, wang.consent, wang.left_at) == ("王守天", "13900000099", Consent.GIVEN, None)
    line = under_way.case.log.get(facts__act="change_party")
    assert (line.facts["name_was"], line.facts["name"], line.facts["changed"]) == (
        "王守田",
        "王守天",
        ["name", "phone"],
    )
    assert line.note == "身份证上是“天”。" and not line.public
    assert not {"13900000022", "13900000099"} & {str(value) for value in line.facts.values()}


def test_a_correction_has_a_reason_and_a_difference(table: Table, under_way: Dossier) -> None:
    by, (zhang, wang) = table.he_mediates_willow, sides(under_way)
    for said, reason in ((known(wang), "核对过。"), (known(wang, phone="13900000099"), " ")):
        with pytest.raises(Refused):
            change_party(wang, said, reason=reason, by=by, at=TUESDAY)
    succession.replace_party(zhang, why="去世。", by=by, at=TUESDAY)
    with pytest.raises(Refused, match="left this dispute"):
        change_party(zhang, known(zhang, phone="1"), reason="记错。", by=by, at=TUESDAY)


@pytest.mark.parametrize("signed", [True, False])
def test_who_it_is_stands_on_the_agreement(table: Table, under_way: Dossier, signed: bool) -> None:
    by, (zhang, wang) = table.he_mediates_willow, sides(under_way)
    paper = tables.draft(table, under_way, at=TUESDAY)
    if signed:
        agreeing.sign(paper, zhang, signed_at=TUESDAY, by=by, at=TUESDAY)
    change_party(wang, known(wang, address="柳树村四组"), reason="搬了。", by=by, at=TUESDAY)
    paper.refresh_from_db()
    assert paper.state == Agreement.State.DRAFT

    change_party(
        wang, known(wang, name="王守天", address="柳树村四组"), reason="写错。", is_same=True, by=by, at=TUESDAY
    )
    paper.refresh_from_db()
    under_way.refresh_from_db()
    now = (Agreement.State.VOID, Stand.UNDER_WAY) if signed else (Agreement.State.DRAFT, Stand.SIGNING)
    assert (paper.state, under_way.stand) == now
    assert paper.signatures.filter(void_at__isnull=True).count() == 0
    line = under_way.case.log.order_by("line").last()
    assert line is not None and bool(line.public) == signed
    assert (("unsigned", "mc-willow", Role.MEDIATOR) in told(under_way, TUESDAY)) == signed


def test_whoever_signed_is_told_when_a_party_dies(table: Table, under_way: Dossier) -> None:
    by, (zhang, wang) = table.he_mediates_willow, sides(under_way)
    agreeing.sign(tables.draft(table, under_way, at=TUESDAY), zhang, signed_at=TUESDAY, by=by, at=TUESDAY)
    succession.replace_party(wang, why="去世。", by=by, at=TUESDAY)
    line = under_way.case.log.get(facts__act="replace_party")
    assert "void" in line.public and line.facts["unsigned"]


def test_who_turns_out_to_be_under_age_is_asked_anew(table: Table, under_way: Dossier) -> None:
    by, (_zhang, wang) = table.he_mediates_willow, sides(under_way)
    change_party(wang, known(wang, born_on=date(2015, 1, 1)), reason="户口簿。", by=by, at=TUESDAY)
    wang.refresh_from_db()
    assert (wang.is_minor, wang.consent, wang.acknowledged_at) == (True, Consent.NOT_ASKED, None)
    with pytest.raises(Refused, match="guardian"):
        consenting.give_consent(wang, way=Way.IN_PERSON, by=by, at=TUESDAY)


def test_nobody_comes_to_both_sides_by_a_correction(table: Table, under_way: Dossier) -> None:
    by, (zhang, wang) = table.he_mediates_willow, sides(under_way)
    parties.appoint_agent(zhang, LAWYER, by=by, at=TUESDAY)
    for name, phone in ((zhang.name, zhang.phone), (LAWYER.name, ""), ("何老五", "")):
        with pytest.raises(Refused):
            change_party(wang, known(wang, name=name, phone=phone), reason="写错。", is_same=True, by=by, at=TUESDAY)
    twin = parties.add_party(under_way, Known(side=1, name="李四", phone="1"), by=by, at=TUESDAY)
    parties.appoint_agent(twin, LAWYER, by=by, at=TUESDAY)
    with pytest.raises(Refused, match="acts for the other side"):
        change_party(twin, known(twin, side=2), reason="坐错了边。", by=by, at=TUESDAY)
    change_party(
        wang, known(wang, kind=PartyKind.BODY, name="柳树村合作社"), reason="是社。", is_same=True, by=by, at=TUESDAY
    )


def test_what_binds_is_not_rewritten_but_people_stay_within_reach(table: Table, under_way: Dossier) -> None:
    by, (_zhang, wang) = table.he_mediates_willow, sides(under_way)
    tables.settle(table, under_way, at=TUESDAY)
    with pytest.raises(Refused, match="binds as it was signed"):
        change_party(wang, known(wang, name="王守天"), reason="写错。", is_same=True, by=by, at=TUESDAY)
    change_party(wang, known(wang, phone="13900000099"), reason="换号。", by=by, at=TUESDAY)
    wang.refresh_from_db()
    assert (wang.name, wang.phone) == ("王守田", "13900000099")


def test_an_agent_is_set_right_and_acts_no_more(table: Table, under_way: Dossier) -> None:
    by, (zhang, wang) = table.he_mediates_willow, sides(under_way)
    lawyer = parties.appoint_agent(zhang, LAWYER, by=by, at=TUESDAY)
    lawyer = change_agent(lawyer, replace(LAWYER, name="钱立"), reason="写错。", by=by, at=TUESDAY)
    with pytest.raises(Refused, match="power of attorney"):
        change_agent(lawyer, replace(LAWYER, has_paper=False), reason="没交。", by=by, at=TUESDAY)
    with pytest.raises(Refused, match="other side"):
        change_agent(lawyer, replace(LAWYER, name=wang.name, phone=""), reason="写错。", by=by, at=TUESDAY)

    paper = tables.draft(table, under_way, at=TUESDAY)
    agreeing.sign(paper, zhang, through="钱立", signed_at=TUESDAY, by=by, at=TUESDAY)
    with pytest.raises(Refused, match="has signed"):
        dismiss_agent(lawyer, reason="解除委托。", by=by, at=TUESDAY)
    change_agent(lawyer, replace(LAWYER, name="钱立", powers="一般授权"), reason="看错。", by=by, at=TUESDAY)
    paper.refresh_from_db()
    assert paper.state == Agreement.State.VOID
    dismiss_agent(lawyer, reason="解除委托。", by=by, at=TUESDAY)
    line = under_way.case.log.get(facts__act="dismiss_agent")
    assert not zhang.agents.exists() and (line.facts["name"], line.note) == ("钱立", "解除委托。")
