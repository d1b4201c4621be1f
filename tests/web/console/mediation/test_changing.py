"""Who is in the dispute changes, on the page of the dossier: somebody steps in, the case of the other side comes in."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from fengqiao.cases.models import Case
from fengqiao.mediation.models import Dossier
from tests import acts
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.mediation.test_agreement import draft, shown, take
from tests.web.console.mediation.test_beside import refused_with


@pytest.fixture
def begun(table: Table) -> Dossier:
    """The quarrel, accepted an hour ago."""
    return tables.begin(table, at=now() - timedelta(hours=1))


@pytest.fixture
def other(table: Table) -> Case:
    """What Wang filed against Zhang."""
    return tables.open_quarrel(table.qing, at=now() - timedelta(hours=1))


def test_a_son_steps_in_and_is_asked_himself(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    client, wang = sign_in(table.he_mediates_willow), begun.parties.get(side=2)
    draft(client, begun)
    said: dict[str, Any] = {"on": wang.pk, "name_1": "王小田", "phone_1": "13900000023", "born_on_2": "2990-01-01"}
    assert refused_with(take(client, begun, "replace_party", **said), "王小田")
    assert refused_with(take(client, begun, "replace_party", why="去世", phone_2="13900000024", on=wang.pk), "去世")
    assert refused_with(take(client, begun, "replace_party", **said, why="去世"), "王小田")

    said = {"on": wang.pk, "why": "王守田去世", "name_1": "王小田", "name_3": "王小妹", "born_on_3": "2015-05-01"}
    assert take(client, begun, "replace_party", **said).status_code == 302
    heirs = begun.parties.filter(steps_in_for=wang).order_by("name")
    assert [(each.name, each.side, each.is_minor) for each in heirs] == [("王小妹", 2, True), ("王小田", 2, False)]
    begun.refresh_from_db()
    assert begun.stand == "under_way" and not begun.agreements.filter(state="draft").exists()
    assert "王小田" in shown(client, begun).content.decode()
    assert take(client, begun, "replace_party", **said).status_code == 404


def test_a_party_can_leave_without_anybody(table: Table, sign_in: SignIn, begun: Dossier) -> None:
    client, wang = sign_in(table.he_mediates_willow), begun.parties.get(side=2)

    assert take(client, begun, "replace_party", on=wang.pk, why="去世，无继承人").status_code == 302
    assert begun.parties.get(left_at__isnull=True).side == 1


def test_the_case_of_the_other_side_comes_to_the_table(
    table: Table, sign_in: SignIn, begun: Dossier, other: Case
) -> None:
    client, wang = sign_in(table.he_mediates_willow), begun.parties.get(side=2)

    assert take(client, begun, "link", number=other.number, filed_by=wang.pk).status_code == 302
    wang.refresh_from_db()
    assert begun.linked.get().case == other and wang.report == other.reports.get().pk
    assert other.number in shown(client, begun).content.decode()


def test_what_one_may_not_take_in_does_not_exist(table: Table, sign_in: SignIn, begun: Dossier, other: Case) -> None:
    client = sign_in(table.he_mediates_willow)
    Case.objects.filter(pk=other.pk).update(is_restricted=True)
    leak = acts.open_leak(table.qing)
    answers = [take(client, begun, "link", number=each) for each in (other.number, leak.number, "0000")]

    assert [answer.status_code for answer in answers] == [422] * 3 and other.number in answers[0].content.decode()
    said = {str(answer.context["page"].form.errors["number"]) for answer in answers}
    assert len(said) == 1 and not begun.linked.exists()


def test_nothing_of_it_is_for_strangers(qing: QingCounty, sign_in: SignIn, begun: Dossier, other: Case) -> None:
    stranger, wang = sign_in(qing.liu_handles_water), begun.parties.get(side=2)

    assert take(stranger, begun, "replace_party", on=wang.pk, why="去世").status_code == 404
    assert take(stranger, begun, "link", number=other.number).status_code == 404
