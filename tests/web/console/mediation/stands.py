"""A dossier at each stand that its page can show."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.timezone import localdate, now

from fengqiao.mediation.models import Agent, Dossier
from fengqiao.mediation.transitions import (
    agreeing,
    consenting,
    ending,
    identities,
    inviting,
    meetings,
    parties,
    performing,
    referring,
    succession,
    tiers,
)
from fengqiao.mediation.transitions.inviting import Helper
from fengqiao.mediation.transitions.meetings import Plan
from fengqiao.mediation.transitions.parties import Acts, Known
from fengqiao.mediation.transitions.referring import Help
from fengqiao.mediation.vocabulary import ChosenBy, Ground, MeetingKind, Overturned, ReferralKind, Way
from tests.mediation import table as tables
from tests.mediation.table import Table

NUMBER, ANOTHER = "11010519491231002X", "110105195001010012"  # the first is the specimen of GB 11643


def ago(**span: int) -> datetime:
    return now() - timedelta(**span)


def empty(table: Table) -> Dossier:
    return tables.open_dossier(table, at=ago(hours=1))


def seated(table: Table) -> Dossier:
    dossier = empty(table)
    tables.seat_parties(table, dossier, at=ago(hours=1))
    return dossier


def with_a_child(table: Table) -> Dossier:
    dossier = seated(table)
    child = Known(side=2, name="王小丫", is_minor=True)
    parties.add_party(dossier, child, by=table.he_mediates_willow, at=ago(hours=1))
    return dossier


def ready(table: Table) -> Dossier:
    dossier, by, at = seated(table), table.he_mediates_willow, ago(minutes=50)
    for party in dossier.parties.all():
        consenting.give_consent(party, way=Way.PHONE, by=by, at=at)
        consenting.acknowledge(party, way=Way.PHONE, by=by, at=at)
    consenting.choose_mediator(dossier, table.mediator(by), chosen_by=ChosenBy.COMMITTEE, by=by, at=at)
    return dossier


def begun(table: Table) -> Dossier:
    return tables.begin(table, at=ago(hours=1))


def somebody_came(table: Table) -> Dossier:
    dossier = begun(table)
    [_son] = succession.replace_party(
        dossier.parties.get(side=2),
        why="去世",
        heirs=[Known(side=2, name="王小军")],
        by=table.he_mediates_willow,
        at=ago(minutes=50),
    )
    return dossier


def busy(table: Table) -> Dossier:
    dossier, by, at = begun(table), table.he_mediates_willow, ago(minutes=30)
    zhang = dossier.parties.get(side=1)
    meetings.plan(dossier, Plan(kind=MeetingKind.PHONE, starts_at=ago(minutes=20)), by=by, at=at)
    inviting.invite(dossier, Helper(name="赵长者", role="长辈"), by=by, at=at)
    aid = Help(kind=ReferralKind.LEGAL_AID, to="法律援助中心", words="没钱", consented_at=at)
    sent = referring.refer(zhang, aid, by=by, at=at)
    referring.refer(zhang, aid, by=by, at=at)
    referring.answer_referral(sent, sent.Answer.ACCEPTED, by=by, at=at)
    lawyer = Acts(kind=Agent.Kind.AGENT, name="钱律师", powers="特别授权", has_paper=True)
    parties.appoint_agent(zhang, lawyer, by=by, at=at)
    identities.enter(zhang, ANOTHER, needed_for="协议书", by=by, at=at)
    return dossier


def paused(table: Table) -> Dossier:
    dossier = begun(table)
    tiers.pause(dossier, until=localdate(), reason="测绘。", by=table.he_mediates_willow, at=ago(minutes=30))
    return dossier


def late(table: Table) -> Dossier:
    return tables.begin(table, at=ago(days=10))


def above(table: Table) -> Dossier:
    dossier = begun(table)
    tiers.escalate(dossier, to=None, reason="谈不拢。", by=table.he_mediates_willow, at=ago(minutes=30))
    return dossier


def on_top(table: Table) -> Dossier:
    dossier = above(table)
    tiers.escalate(dossier, to=None, reason="谈不拢。", by=table.luo_mediates_east, at=ago(minutes=20))
    return dossier


def sent_back(table: Table) -> Dossier:
    dossier = above(table)
    tiers.send_back(dossier, help_given="指导。", by=table.luo_mediates_east, at=ago(minutes=20))
    tiers.escalate(dossier, to=None, reason="谈不拢。", by=table.he_mediates_willow, at=ago(minutes=10))
    return dossier


def drafted(table: Table) -> Dossier:
    dossier = begun(table)
    tables.draft(table, dossier, at=ago(minutes=30))
    return dossier


def signed(table: Table) -> Dossier:
    dossier, by, at = drafted(table), table.he_mediates_willow, ago(minutes=20)
    paper = dossier.agreements.get()
    for party in dossier.parties.all():
        agreeing.sign(paper, party, signed_at=at, by=by, at=at)
    agreeing.sign_as_mediator(paper, signed_at=at, by=by, at=at)
    agreeing.seal(paper, sealed_at=at, by=by, at=at)
    return dossier


def refused(table: Table) -> Dossier:
    dossier = begun(table)
    consenting.refuse(dossier.parties.get(side=2), way=Way.PHONE, by=table.he_mediates_willow, at=ago(minutes=20))
    return dossier


def agreed(table: Table) -> Dossier:
    dossier = begun(table)
    tables.settle(table, dossier, at=ago(minutes=20))
    return dossier


def broken(table: Table) -> Dossier:
    dossier = agreed(table)
    paper, by, at = dossier.agreements.get(), table.he_mediates_willow, ago(minutes=10)
    performing.breach(paper.items.get(order=1), words="没恢复", by=by, at=at)
    performing.perform(paper.items.get(order=2), done_at=at, by=by, at=at)
    performing.ask_court(paper, asked_on=localdate(), by=by, at=at)
    return dossier


def overturned(table: Table) -> Dossier:
    dossier = agreed(table)
    paper = dossier.agreements.get()
    performing.overturn(paper, Overturned.VOID, words="法院判的", by=table.he_mediates_willow, at=ago(minutes=10))
    return dossier


def ended(table: Table) -> Dossier:
    dossier = begun(table)
    ending.end(dossier, Ground.NO_PROSPECT, "谈不拢。", by=table.he_mediates_willow, at=ago(minutes=10))
    return dossier


STANDS: dict[str, Callable[[Table], Dossier]] = {
    made.__name__: made
    for made in (
        empty, seated, with_a_child, ready, begun, somebody_came, busy, paused, late, above, on_top,
        sent_back, drafted, signed, refused, agreed, broken, overturned, ended,
    )
}  # fmt: skip
