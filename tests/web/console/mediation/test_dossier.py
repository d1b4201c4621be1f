"""The page of a dossier, and the acts taken on it."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from fengqiao.mediation.models import Dossier, Ladder
from fengqiao.mediation.transitions import consenting
from fengqiao.mediation.vocabulary import Way
from fengqiao.mediation.workflow import ACTS as TABLE
from fengqiao.web.console.mediation.acts import ACTS, row_of
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn

HTMX = {"HX-Request": "true"}
MASKED = "139****0021"


def address(dossier: Dossier) -> str:
    return reverse("console:dossier", args=[dossier.case.number])


def act(dossier: Dossier, verb: str) -> str:
    return reverse("console:act", args=[dossier.case.number, verb])


def seen(dossier: Dossier) -> dict[str, Any]:
    dossier.case.refresh_from_db()
    return {"seen": dossier.case.line_count}


def test_a_stranger_finds_no_dossier(qing: QingCounty, sign_in: SignIn, dossier: Dossier) -> None:
    client = sign_in(qing.liu_handles_water)

    assert client.get(address(dossier)).status_code == 404
    assert client.post(act(dossier, "add_party"), seen(dossier)).status_code == 404


def test_only_what_changes_nothing_is_asked_by_get(table: Table, sign_in: SignIn, dossier: Dossier) -> None:
    client = sign_in(table.he_mediates_willow)

    assert client.post(address(dossier)).status_code == 405
    assert client.get(act(dossier, "add_party")).status_code == 405


def test_a_case_without_a_dossier_leads_to_its_own_page(qing: QingCounty, sign_in: SignIn, new_leak: Any) -> None:
    page = sign_in(qing.chen_dispatches).get(reverse("console:dossier", args=[new_leak.number]))

    assert page.headers["Location"] == reverse("console:case", args=[new_leak.number])


def test_it_always_says_what_is_missing_with_the_act_beside_it(
    table: Table, sign_in: SignIn, dossier: Dossier, today: datetime
) -> None:
    client = sign_in(table.he_mediates_willow)
    page = client.get(address(dossier)).context["page"]
    assert [each.offer.verb for each in page.missing] == ["add_party", "choose_mediator"] and page.next is None

    tables.seat_parties(table, dossier, at=today)
    page = client.get(address(dossier)).context["page"]
    assert [each.offer.verb for each in page.missing] == [*["give_consent", "acknowledge"] * 2, "choose_mediator"]


def test_the_tiers_say_what_law_they_rest_on(table: Table, sign_in: SignIn, dossier: Dossier) -> None:
    law, client = "医疗纠纷预防和处理条例第三十八条", sign_in(table.he_mediates_willow)
    assert "法规依据" not in client.get(address(dossier)).content.decode()

    Ladder.objects.filter(pk=dossier.ladder_id).update(basis=law)

    assert law in client.get(address(dossier)).content.decode()


def test_when_nothing_is_missing_the_next_act_is_the_only_primary_button(
    table: Table, sign_in: SignIn, dossier: Dossier, today: datetime
) -> None:
    by = table.he_mediates_willow
    for party in tables.seat_parties(table, dossier, at=today):
        consenting.give_consent(party, way=Way.PHONE, by=by, at=today)
        consenting.acknowledge(party, way=Way.PHONE, by=by, at=today)
    client = sign_in(by)
    chosen = {"mediator": table.mediator(by).pk, "chosen_by": "parties"}
    client.post(act(dossier, "choose_mediator"), seen(dossier) | chosen)

    page = client.get(address(dossier))
    assert page.context["page"].next.verb == "begin" and page.content.decode().count("btn-primary") == 1
    client.post(act(dossier, "begin"), seen(dossier))
    dossier.refresh_from_db()
    assert dossier.stand == "under_way"


def test_who_only_reads_sees_masked_names_and_no_act(qing: QingCounty, sign_in: SignIn, under_way: Dossier) -> None:
    page = sign_in(qing.chen_dispatches).get(address(under_way))

    text = page.content.decode()
    assert "13900000021" not in text and MASKED in text
    assert page.context["page"].offers == () and "btn-primary" not in text


def test_htmx_gets_the_part_and_a_plain_request_is_led_on(table: Table, sign_in: SignIn, dossier: Dossier) -> None:
    client = sign_in(table.he_mediates_willow)
    party = {"side": 1, "kind": "person", "name": "张福来"}

    plain = client.post(act(dossier, "add_party"), seen(dossier) | party)
    led_to = client.get(plain.headers["Location"]).content.decode()
    part = client.post(act(dossier, "add_party"), seen(dossier) | party | {"side": 2, "name": "王守田"}, headers=HTMX)

    assert (plain.status_code, plain.headers["Location"]) == (302, address(dossier))
    assert part.status_code == 200 and part.content.decode().lstrip().startswith("<article")
    assert [page.count("已完成：添加当事人。") for page in (led_to, part.content.decode())] == [1, 1]
    assert part.headers["HX-Replace-Url"] == address(dossier)
    assert sorted(dossier.parties.values_list("side", flat=True)) == [1, 2]


def test_a_refusal_keeps_what_was_typed(table: Table, sign_in: SignIn, dossier: Dossier) -> None:
    client = sign_in(table.he_mediates_willow)
    page = client.post(act(dossier, "add_party"), seen(dossier) | {"name": "孙二娘"})
    assert page.status_code == 422 and "孙二娘" in page.content.decode()

    stale = client.post(act(dossier, "add_party"), {"seen": 0, "side": 1, "kind": "person", "name": "孙二娘"})
    assert stale.status_code == 422 and "孙二娘" in stale.content.decode() and not dossier.parties.exists()


def test_a_party_of_another_dossier_is_none_of_this_one(
    table: Table, sign_in: SignIn, under_way: Dossier, today: datetime
) -> None:
    other = tables.open_dossier(table, at=today)
    zhang, _wang = tables.seat_parties(table, other, at=today)

    answer = sign_in(table.he_mediates_willow).post(
        act(under_way, "refuse"), seen(under_way) | {"on": zhang.pk, "way": "phone"}
    )
    assert answer.status_code == 404


def test_after_a_refusal_only_the_end_is_left(
    table: Table, sign_in: SignIn, under_way: Dossier, today: datetime
) -> None:
    party = under_way.parties.order_by("side")[1]
    client = sign_in(table.he_mediates_willow)
    client.post(act(under_way, "refuse"), seen(under_way) | {"on": party.pk, "way": "phone", "words": "不调了"})
    page = client.get(address(under_way)).context["page"]
    assert page.next.verb == "end" and {
        offer.verb for side in page.sides for seat in side.seats for offer in seat.offers
    } == {"refer"}

    said = {"ground": "refused", "words": "王守田不愿调解", "remedies": "向人民法院起诉"}
    client.post(act(under_way, "end"), seen(under_way) | said)
    under_way.refresh_from_db()
    assert (under_way.stand, under_way.remedies) == ("ended", "向人民法院起诉")


def test_the_record_names_each_act_and_how(table: Table, sign_in: SignIn, under_way: Dossier) -> None:
    text = sign_in(table.he_mediates_willow).get(address(under_way)).content.decode()

    for verb in ("add_party", "give_consent", "acknowledge", "choose_mediator", "begin"):
        assert str(TABLE[verb].label) in text


@pytest.mark.parametrize("verb", [verb for verb, one in ACTS.items() if not one.on])
def test_every_act_opens_on_the_page(table: Table, sign_in: SignIn, under_way: Dossier, verb: str) -> None:
    page = sign_in(table.he_mediates_willow).get(address(under_way), {"act": verb})

    assert page.status_code == 200
    assert (page.context["page"].form is not None) == (under_way.stand in row_of(verb).leaves)


def test_the_page_asks_no_more_for_more_parties(
    table: Table, sign_in: SignIn, dossier: Dossier, today: datetime, django_assert_max_num_queries: Any
) -> None:
    tables.seat_parties(table, dossier, at=today)
    client = sign_in(table.he_mediates_willow)
    client.get(address(dossier))
    with django_assert_max_num_queries(30):
        client.get(address(dossier))
