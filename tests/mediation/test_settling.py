"""The cases of one dispute end together."""

from datetime import timedelta

from fengqiao.cases.transitions import dispatching, mediating
from fengqiao.cases.vocabulary import Outcome
from fengqiao.cases.workflow import Status
from fengqiao.mediation.models import Dossier, LinkedCase, TierRound
from fengqiao.mediation.transitions.acting import acting, present_round
from fengqiao.mediation.transitions.opening import ToAccept, span_of
from fengqiao.mediation.transitions.settling import settle_all
from tests.cast import MONDAY_9AM, QING
from tests.mediation import table as tables
from tests.mediation.table import Table

LATER = MONDAY_9AM + timedelta(days=1)


def test_every_case_of_the_dispute_ends_with_the_same_words(table: Table, under_way: Dossier) -> None:
    other = tables.open_quarrel(table.qing)
    span, by = span_of(present_round(under_way).tier), table.qing.chen_dispatches
    mediating.mediate(other, to=table.village, span=span, by=by, at=MONDAY_9AM)
    LinkedCase.objects.create(county=QING, dossier=under_way, case=other, at=MONDAY_9AM)

    with acting("agree_orally", under_way, by=table.he_mediates_willow, at=LATER) as dossier:
        reply = "双方以界石为准，各退半尺。"
        settle_all(dossier, outcome=Outcome.SOLVED, public_reply=reply, by=table.he_mediates_willow, at=LATER)

    for case in (under_way.case, other):
        case.refresh_from_db()
        assert (case.status, case.outcome, case.public_reply) == (Status.CONCLUDED, Outcome.SOLVED, reply)
        assert not case.clocks.filter(stage="mediate", met_at=None).exists()
    ended = under_way.rounds.get()
    assert (ended.ended_at, ended.result) == (LATER, TierRound.Result.AGREED)


def test_whoever_it_is_sent_back_to_no_longer_assists(table: Table) -> None:
    case, qing = tables.open_quarrel(table.qing), table.qing
    dispatching.dispatch(case, to=qing.roads, assist=[table.village], by=qing.chen_dispatches, at=MONDAY_9AM)
    three_days = ToAccept(3, "test")
    mediating.mediate(case, to=table.township, span=three_days, by=qing.zhao_handles_roads, at=MONDAY_9AM)

    by = table.luo_mediates_east
    mediating.send_back(case, to=table.village, span=three_days, help_given="派人一同丈量。", by=by, at=LATER)

    assert [each.unit for each in case.assists.all()] == [table.township]
