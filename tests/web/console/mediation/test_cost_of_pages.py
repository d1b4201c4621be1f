"""What the pages of mediation ask the database does not grow with what they show."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from fengqiao.mediation.models import Dossier, Party
from fengqiao.mediation.transitions import agreeing, consenting, parties, performing
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.transitions.performing import Visit
from fengqiao.mediation.transitions.wording import Term
from fengqiao.mediation.vocabulary import Way
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.test_cost import FEW, MANY, asked_by

AT = now() - timedelta(days=2)


@pytest.fixture
def table(qing: QingCounty) -> Table:
    return tables.build(qing)


def grown(client: Client, dossier: Dossier, grow: Callable[[int], None]) -> tuple[int, int, str]:
    """Count what the page of a dossier asks with few things in it and with many; give what it says of many."""
    address = reverse("console:dossier", args=[dossier.case.number])
    grow(FEW)
    few, _said = asked_by(client, address)
    grow(MANY - FEW)
    many, said = asked_by(client, address)
    return few, many, said


def with_parties(table: Table, dossier: Dossier, number: int) -> list[Party]:
    """Let so many more stand on the other side, who all agree."""
    by, already = table.he_mediates_willow, dossier.parties.count()
    come = [
        parties.add_party(dossier, Known(side=2, name=f"王家{already + each}"), by=by, at=AT) for each in range(number)
    ]
    for party in come:
        consenting.give_consent(party, way=Way.IN_PERSON, by=by, at=AT)
        consenting.acknowledge(party, way=Way.IN_PERSON, by=by, at=AT)
    return come


def with_items(dossier: Dossier) -> dict[str, object]:
    """Let each of the other side owe something."""
    one, *others = dossier.parties.order_by("side", "joined_at", "id")
    return {"items": tuple(Term(owes=each, to=one, what=f"{each.name}出工一天") for each in others)}


def test_a_draft_asks_the_same_for_few_hands_and_for_many(table: Table, sign_in: SignIn) -> None:
    dossier, by = tables.begin(table, at=AT), table.he_mediates_willow
    wording = tables.wording(dossier)

    def grow(number: int) -> None:
        if dossier.agreements.exists():
            agreeing.drop_draft(dossier, by=by, at=AT)
        come = with_parties(table, dossier, number)
        changes = {"facts": wording.facts, "content": wording.content, **with_items(dossier)}
        agreement = agreeing.draft(dossier, type(wording)(**changes), by=by, at=AT)  # type: ignore[arg-type]
        for party in come[::2]:
            agreeing.sign(agreement, party, signed_at=AT, by=by, at=AT)

    few, many, said = grown(sign_in(by), dossier, grow)
    assert few == many <= 30, (few, many)
    assert f"王家{MANY + 1}" in said


def test_what_follows_an_agreement_asks_the_same_for_a_little_and_for_much(table: Table, sign_in: SignIn) -> None:
    dossier, by = tables.begin(table, at=AT), table.he_mediates_willow
    tables.settle(table, dossier, at=AT)

    def grow(number: int) -> None:
        for each in range(number):
            performing.follow_up(dossier, Visit(reason="回访", words=f"第{each}次看过，都好。"), by=by, at=AT)

    few, many, said = grown(sign_in(by), dossier, grow)
    assert few == many <= 30, (few, many)
    assert said.count("次看过，都好。") >= MANY


PAGES = {
    "day": ("he_mediates_willow", "/console/mediation/", 30),
    "list": ("he_mediates_willow", "/console/mediation/dossiers/", 8),
    "list of a dispatcher": ("chen_dispatches", "/console/mediation/dossiers/", 8),
    "figures of the year": ("gao_leads", "/console/disputes/", 16),
}


def test_day_list_and_figures_ask_the_same_for_few_dossiers_and_for_many(table: Table, sign_in: SignIn) -> None:
    asked = []
    for number in (FEW, MANY - FEW):
        for _each in range(number):
            tables.seat_parties(table, tables.open_dossier(table, at=AT), at=AT)
        asked.append({name: _costs(table, sign_in, name) for name in PAGES})
    assert asked[0] == asked[1]
    assert all(cost <= PAGES[name][2] for name, cost in asked[1].items()), asked


def _costs(table: Table, sign_in: SignIn, name: str) -> int:
    who, address, _most = PAGES[name]
    user = getattr(table, who, None) or getattr(table.qing, who)
    return asked_by(sign_in(user), address)[0]
