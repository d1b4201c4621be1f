"""What others do beside the mediation, noted on the page of the dossier: help elsewhere, and who is invited."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from fengqiao.mediation.models import Agent, Dossier, Expert, Invitation, Referral
from fengqiao.mediation.transitions import inviting, parties, referring
from fengqiao.mediation.transitions.inviting import Helper
from fengqiao.mediation.transitions.parties import Acts
from fengqiao.mediation.transitions.referring import Help
from fengqiao.mediation.vocabulary import ReferralKind
from tests.cast import LONG_AGO, QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.mediation.test_agreement import moment, shown, take


@pytest.fixture
def begun(table: Table) -> Dossier:
    """The quarrel, accepted an hour ago."""
    return tables.begin(table, at=now() - timedelta(hours=1))


@pytest.fixture
def aid(table: Table, begun: Dossier) -> Referral:
    """Zhang was sent to legal aid."""
    at = now() - timedelta(minutes=30)
    sought = Help(kind=ReferralKind.LEGAL_AID, to="县法律援助中心", words="没钱打官司", consented_at=at)
    return referring.refer(begun.parties.get(side=1), sought, by=table.he_mediates_willow, at=at)


@pytest.fixture
def elder(table: Table, begun: Dossier) -> Invitation:
    """An elder of the clan was invited."""
    return inviting.invite(
        begun, Helper(name="赵长者", role="同族长辈"), by=table.he_mediates_willow, at=begun.opened_at
    )


def refused_with(answer: Any, words: str) -> bool:
    """Test if a form came back that keeps these words."""
    return answer.status_code == 422 and words in answer.content.decode()


def test_a_referral_is_answered_and_ended(table: Table, sign_in: SignIn, begun: Dossier, aid: Referral) -> None:
    client = sign_in(table.he_mediates_willow)
    offered = [[offer.verb for offer in shown(client, begun).context["page"].referrals[0].offers]]
    assert refused_with(take(client, begun, "answer_referral", on=aid.pk, words="材料不全"), "材料不全")
    assert refused_with(take(client, begun, "end_referral", on=aid.pk, result="已指派律师"), "已指派律师")

    assert take(client, begun, "answer_referral", on=aid.pk, answer="accepted", words="受理").status_code == 302
    offered.append([offer.verb for offer in shown(client, begun).context["page"].referrals[0].offers])
    assert take(client, begun, "end_referral", on=aid.pk, result="已指派律师").status_code == 302
    aid.refresh_from_db()
    assert (aid.answer, aid.answer_words, aid.result) == ("accepted", "受理", "已指派律师") and aid.ended_at
    assert offered == [["answer_referral"], ["end_referral"]]
    assert not shown(client, begun).context["page"].referrals[0].offers
    assert take(client, begun, "end_referral", on=aid.pk, result="再来").status_code == 404


def test_somebody_is_invited_and_each_party_answers(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    client, (zhang, wang) = sign_in(table.he_mediates_willow), begun.parties.order_by("side")
    assert refused_with(take(client, begun, "invite", name="王守田", role="邻居"), "王守田")
    assert take(client, begun, "invite", name="赵长者", role="同族长辈").status_code == 302
    elder = begun.invitations.get()

    assert take(client, begun, "answer_invitation", on=elder.pk, party=zhang.pk, agrees="yes").status_code == 302
    elder.refresh_from_db()
    assert elder.agreed_at is None
    assert take(client, begun, "answer_invitation", on=elder.pk, party=wang.pk, agrees="yes").status_code == 302
    elder.refresh_from_db()
    assert elder.agreed_at is not None
    take(client, begun, "answer_invitation", on=elder.pk, party=wang.pk, agrees="no")
    elder.refresh_from_db()
    assert (elder.agreed_at, elder.declined_by) == (None, "王守田")
    assert "王守田" in shown(client, begun).content.decode()


def test_the_minutes_name_who_spoke_for_a_party_and_who_helped(
    table: Table, sign_in: SignIn, begun: Dossier, elder: Invitation
) -> None:
    client, by, (zhang, wang) = (
        sign_in(table.he_mediates_willow),
        table.he_mediates_willow,
        begun.parties.order_by("side"),
    )
    lawyer = Acts(kind=Agent.Kind.AGENT, name="钱律师", powers="特别授权", has_paper=True)
    agent = parties.appoint_agent(zhang, lawyer, by=by, at=begun.opened_at)
    for party in (zhang, wang):
        inviting.answer(elder, party=party, agrees=True, by=by, at=begun.opened_at)
    take(client, begun, "plan_meeting", kind="in_person", starts_at=moment(), place="村委会")
    said = {"held_at": moment(), "ended_at": moment(), "result": "再谈", "present": wang.pk}
    meeting = begun.meetings.get()
    answer = take(client, begun, "hold_meeting", on=meeting.pk, **said, spoke=agent.pk, guests=elder.pk)
    assert answer.status_code == 302
    there = list(meeting.attendances.order_by("party__side").values_list("was_there", "through"))
    assert there == [(True, "钱律师"), (True, "")] and meeting.guests.get().invitation == elder


def test_an_expert_comes_from_the_register(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    client, county = sign_in(table.he_mediates_willow), begun.county
    expert = Expert.objects.create(county=county, name="钱律师", body="清县律师事务所", field="土地")
    away = Expert.objects.create(county=county, name="孙法医", body="清县医院", field="伤情", ended_on=LONG_AGO)

    assert take(client, begun, "invite", expert=away.pk, role="法医").status_code == 422
    assert refused_with(take(client, begun, "invite", expert=expert.pk, name="李四", role="律师"), "李四")
    assert take(client, begun, "invite", expert=expert.pk, role="律师").status_code == 302
    assert (begun.invitations.get().name, begun.invitations.get().expert) == ("钱律师", expert)


def test_only_a_party_of_this_dispute_answers(table: Table, sign_in: SignIn, begun: Dossier, elder: Invitation) -> None:
    stranger = tables.begin(table, at=begun.opened_at).parties.get(side=1)
    client = sign_in(table.he_mediates_willow)

    answer = take(client, begun, "answer_invitation", on=elder.pk, party=stranger.pk, agrees="yes")
    assert answer.status_code == 422 and not elder.answers.exists()


def test_nothing_of_it_is_for_strangers(
    table: Table, qing: QingCounty, sign_in: SignIn, begun: Dossier, aid: Referral, elder: Invitation
) -> None:
    other = tables.begin(table, at=begun.opened_at)
    said = {
        "answer_referral": {"on": aid.pk, "answer": "accepted"},
        "end_referral": {"on": aid.pk, "result": "好了"},
        "answer_invitation": {"on": elder.pk, "party": begun.parties.get(side=1).pk, "agrees": "yes"},
    }
    stranger = sign_in(qing.liu_handles_water)
    for verb, words in said.items():
        assert take(stranger, begun, verb, **words).status_code == 404
    assert take(stranger, begun, "invite", name="李四", role="邻居").status_code == 404
    client = sign_in(table.he_mediates_willow)
    for verb, words in said.items():
        assert take(client, other, verb, **words).status_code == 404
