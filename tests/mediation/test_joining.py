"""Both sides filed at two committees: one asks, the other answers, and then there is one dossier."""

import pytest

from fengqiao.cases.models import Case, Stage
from fengqiao.cases.vocabulary import Outcome
from fengqiao.cases.workflow import Status
from fengqiao.intake.models import Report
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Agreement, Dossier, JoinAsk, Party, TierRound
from fengqiao.mediation.transitions import agreeing, consenting, ending, opening, tiers
from fengqiao.mediation.transitions.joining import answer_ask, ask_to_join
from fengqiao.mediation.transitions.linking import link
from fengqiao.mediation.vocabulary import ChosenBy, Consent, Ground, Way
from fengqiao.mediation.workflow import Stand
from fengqiao.people.actors import Resident
from fengqiao.people.models import Role
from fengqiao.web.shared.own_side import mine, party_of, tier_of_case
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table
from tests.mediation.test_reminding import told

TUESDAY = MONDAY_9AM + DAY
WHY = "两家为同一条地埂分别申请。"


@pytest.fixture
def other(table: Table) -> Dossier:
    """What Wang filed, with the township committee: Wang asks, Zhang answers; a draft is signed by one."""
    case = tables.open_quarrel(table.qing)
    by, said = table.luo_mediates_east, tables.dispute()
    dossier = opening.open_dossier(case, said, to=table.township, by=table.qing.chen_dispatches, at=MONDAY_9AM)
    opened = [(1, "王守田", "13900000022"), (2, "张福来", "13900000021")]
    report = case.reports.get().pk
    for side, name, phone in opened:
        Party.objects.create(
            county=case.county, dossier=dossier, side=side, kind="person", name=name, phone=phone,
            report=report if side == 1 else None, consent=Consent.GIVEN,
            joined_at=MONDAY_9AM, acknowledged_at=MONDAY_9AM,
        )  # fmt: skip
    consenting.choose_mediator(dossier, table.mediator(by), chosen_by=ChosenBy.PARTIES, by=by, at=MONDAY_9AM)
    return consenting.begin(dossier, by=by, at=MONDAY_9AM)


def code_of(dossier: Dossier) -> str:
    return Report.objects.get(case=dossier.case_id).code


def asked(table: Table, dossier: Dossier, other: Dossier) -> JoinAsk:
    return ask_to_join(dossier, code_of(other), reason=WHY, by=table.he_mediates_willow, at=TUESDAY)


def test_once_agreed_there_is_one_dossier(table: Table, under_way: Dossier, other: Dossier) -> None:
    he, luo = table.he_mediates_willow, table.luo_mediates_east
    paper = agreeing.draft(other, tables.wording(other), by=luo, at=TUESDAY)
    agreeing.sign(paper, other.parties.get(side=1), signed_at=TUESDAY, by=luo, at=TUESDAY)
    ask = asked(table, under_way, other)
    assert ("join_asked", "mc-east", Role.MEDIATOR) in told(other, TUESDAY)
    assert not under_way.linked.exists() and Dossier.objects.get(pk=other.pk).stand == Stand.SIGNING

    answer_ask(ask, agrees=True, by=luo, at=TUESDAY)
    assert ("join_told", "mc-willow", Role.MEDIATOR) in told(under_way, TUESDAY)
    other, case = Dossier.objects.get(pk=other.pk), Case.objects.get(pk=other.case_id)
    paper.refresh_from_db()
    assert (other.stand, paper.state) == (Stand.JOINED, Agreement.State.VOID)
    assert other.rounds.get().result == TierRound.Result.JOINED
    assert under_way.linked.get().case == case
    assert (case.status, case.lead, case.due_at, case.due_stage) == (
        Status.MEDIATING, table.village, TUESDAY + 3 * DAY, Stage.MEDIATE,
    )  # fmt: skip
    assert case.clocks.get(stage=Stage.MEDIATE, met_at__isnull=False).met_at == TUESDAY
    for reader in (he, luo):
        assert Dossier.objects.visible_to(reader, TUESDAY).filter(pk=other.pk).exists()
    for by in (he, luo):
        with pytest.raises(Refused):
            answer_ask(ask, agrees=False, words="不。", by=by, at=TUESDAY)


def test_whoever_filed_elsewhere_follows_the_one_dossier(table: Table, under_way: Dossier, other: Dossier) -> None:
    answer_ask(asked(table, under_way, other), agrees=True, by=table.luo_mediates_east, at=TUESDAY)
    report = Report.objects.select_related("case").get(case=other.case_id)
    wang = party_of(report)
    assert wang is not None and wang.dossier == under_way
    assert mine(wang, TUESDAY).tier.unit == table.village
    tier = tier_of_case(report.case)
    assert tier is not None and tier.unit == table.village
    consenting.refuse(wang, way=Way.CODE, words="不调了。", by=Resident(report.pk, other.case_id), at=TUESDAY)
    ending.end(under_way, Ground.REFUSED, "王守田不调了。", by=table.he_mediates_willow, at=TUESDAY)
    cases = Case.objects.filter(pk__in=[under_way.case_id, other.case_id])
    assert {(case.status, case.outcome) for case in cases} == {(Status.CONCLUDED, Outcome.NOT_SETTLED)}


def test_a_no_has_a_reason_and_changes_nothing(table: Table, under_way: Dossier, other: Dossier) -> None:
    luo = table.luo_mediates_east
    ask = asked(table, under_way, other)
    with pytest.raises(Refused, match="asked already"):
        asked(table, under_way, other)
    with pytest.raises(Refused, match="reason"):
        answer_ask(ask, agrees=False, by=luo, at=TUESDAY)
    with pytest.raises(Refused, match="another unit's hands"):
        answer_ask(ask, agrees=True, by=table.he_mediates_willow, at=TUESDAY)
    answer_ask(ask, agrees=False, words="这里快谈成了。", by=luo, at=TUESDAY)
    other.refresh_from_db()
    assert other.stand == Stand.UNDER_WAY and not under_way.linked.exists()
    line = under_way.case.log.get(facts__act="answer_ask")
    assert (line.facts["agrees"], line.note, line.public) == (False, "这里快谈成了。", "")
    asked(table, under_way, other)


def test_a_code_tells_nothing_of_what_cannot_be_joined(table: Table, under_way: Dossier, other: Dossier) -> None:
    by, own = table.he_mediates_willow, tables.begin(table)
    Case.objects.filter(pk=other.case_id).update(is_restricted=True)
    for code in (code_of(other), code_of(under_way), code_of(own), "QZ00000000A"):
        with pytest.raises(Refused, match="No other unit"):
            ask_to_join(under_way, code, reason=WHY, by=by, at=TUESDAY)
    with pytest.raises(Refused, match="ask it to mediate together"):
        link(under_way, other.case, by=by, at=TUESDAY)
    assert not JoinAsk.objects.exists()


def test_two_dossiers_of_one_committee_become_one(table: Table, under_way: Dossier) -> None:
    by, own = table.he_mediates_willow, tables.begin(table)
    link(under_way, own.case, filed_by=under_way.parties.get(side=2), by=by, at=TUESDAY)
    own.refresh_from_db()
    assert own.stand == Stand.JOINED and under_way.linked.get().case == own.case
    assert under_way.parties.get(side=2).report == own.case.reports.get().pk
    tiers.escalate(under_way, to=None, reason="谈不拢。", by=by, at=TUESDAY)
    assert {Case.objects.get(pk=pk).lead for pk in (under_way.case_id, own.case_id)} == {table.township}
