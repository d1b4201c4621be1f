"""From the draft to the follow-up, every act taken on the page of the dossier."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from fengqiao.mediation.models import Agreement, Dossier, Item
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn

AGREED = "以老界石为准恢复地埂，王守田赔偿麦苗款三百元。"


@pytest.fixture
def begun(table: Table) -> Dossier:
    """The quarrel, accepted an hour ago."""
    return tables.begin(table, at=now() - timedelta(hours=1))


def take(client: Client, dossier: Dossier, verb: str, **said: Any) -> Any:
    dossier.case.refresh_from_db()
    address = reverse("console:act", args=[dossier.case.number, verb])
    return client.post(address, {"seen": dossier.case.line_count, **said})


def shown(client: Client, dossier: Dossier) -> Any:
    return client.get(reverse("console:dossier", args=[dossier.case.number]))


def moment() -> str:
    return f"{localtime(now() - timedelta(minutes=1)):%Y-%m-%dT%H:%M}"


def draft(client: Client, dossier: Dossier) -> Agreement:
    zhang, wang = dossier.parties.order_by("side")
    item = {"owes_1": wang.pk, "to_1": zhang.pk, "what_1": "赔偿麦苗款", "amount_1": "300", "due_on_1": localdate()}
    answer = take(client, dossier, "draft", what_for="两家争地埂", content=AGREED, **item)
    assert answer.status_code == 302
    return dossier.agreements.get(state="draft")


def test_what_a_signature_still_lacks_stands_there_until_it_binds(
    table: Table, sign_in: SignIn, begun: Dossier
) -> None:
    client = sign_in(table.he_mediates_willow)
    draft(client, begun)
    page = shown(client, begun).context["page"]
    assert [each.offer.verb for each in page.missing] == ["sign", "sign", "sign_as_mediator", "seal"]

    for party in begun.parties.all():
        assert take(client, begun, "sign", on=party.pk, signed_at=moment()).status_code == 302
    take(client, begun, "sign_as_mediator", signed_at=moment())
    assert take(client, begun, "take_effect").status_code == 422
    take(client, begun, "seal", sealed_at=moment())
    assert shown(client, begun).context["page"].next.verb == "take_effect"

    take(client, begun, "take_effect")
    begun.refresh_from_db()
    assert begun.stand == "agreed" and AGREED in shown(client, begun).content.decode()


def test_the_check_says_beside_each_question_what_is_noticed_and_where_it_stands(
    table: Table, sign_in: SignIn, begun: Dossier
) -> None:
    client = sign_in(table.he_mediates_willow)
    agreement = draft(client, begun)
    Agreement.objects.filter(pk=agreement.pk).update(content="石湾那块地的所有权归张福来。")
    opened = client.get(reverse("console:dossier", args=[begun.case.number]), {"act": "check"}).content.decode()

    assert "民诉法解释第 355 条 · 协议提到“所有权”。</span>" in opened
    assert opened.count(">民诉法解释第 358 条") == 6


def test_after_it_binds_performance_court_and_visit_are_noted(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    client = sign_in(table.he_mediates_willow)
    assert take(client, begun, "agree_orally", what_for="争地埂", content=AGREED, agreed_at=moment()).status_code == 302
    visit = {"reason": "到期回访", "words": "已履行，两家和好", "is_kept": "yes", "is_content": "yes"}

    assert take(client, begun, "follow_up", **visit).status_code == 302
    assert take(client, begun, "ask_court", asked_on=localdate()).status_code == 302
    assert [offer.verb for offer in shown(client, begun).context["page"].offers if "court" in offer.verb] == [
        "court_answered"
    ]
    assert begun.follow_ups.get().is_kept is True


def test_an_item_is_performed_once(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    client = sign_in(table.he_mediates_willow)
    zhang, wang = begun.parties.order_by("side")
    said = {"what_for": "争地埂", "content": AGREED, "agreed_at": moment()}
    take(client, begun, "agree_orally", **said, owes_1=wang.pk, to_1=zhang.pk, what_1="赔偿", amount_1="300")
    item = Item.objects.get()

    assert take(client, begun, "perform", on=item.pk, done_at=moment(), recovered="300").status_code == 302
    assert take(client, begun, "perform", on=item.pk, done_at=moment()).status_code == 422
    item.refresh_from_db()
    assert item.recovered == 300


def test_a_meeting_is_planned_and_its_minutes_are_written(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    client = sign_in(table.he_mediates_willow)
    planned = {"kind": "in_person", "starts_at": moment(), "place": "村委会"}
    assert take(client, begun, "plan_meeting", **planned).status_code == 302
    meeting = begun.meetings.get()
    minutes = {"held_at": moment(), "ended_at": moment(), "result": "约定明天看界石"}
    zhang = begun.parties.get(side=1)

    answer = take(client, begun, "hold_meeting", on=meeting.pk, present=zhang.pk, **minutes)
    assert answer.status_code == 302
    assert list(meeting.attendances.order_by("party__side").values_list("was_there", flat=True)) == [True, False]


def test_the_tiers_stay_readable_when_it_goes_up(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    client = sign_in(table.he_mediates_willow)
    answer = take(client, begun, "escalate", to=table.township.pk, reason="界石已毁，村里说不清")
    assert answer.status_code == 302

    page = shown(sign_in(table.luo_mediates_east), begun)
    assert [each.tier.level for each in page.context["page"].rounds] == ["village", "township"]
    assert "界石已毁" in page.content.decode()


def test_who_only_reads_sees_no_word_of_the_agreement(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    draft(sign_in(table.he_mediates_willow), begun)
    assert AGREED not in shown(sign_in(table.qing.chen_dispatches), begun).content.decode()
