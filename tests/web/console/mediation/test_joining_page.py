"""Two units mediate one dispute: one asks on the page of its dossier, the other answers on its own."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from fengqiao.intake.models import Report
from fengqiao.mediation.models import Dossier
from fengqiao.mediation.transitions import opening
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.mediation.test_agreement import shown, take
from tests.web.console.mediation.test_beside import refused_with


@pytest.fixture
def begun(table: Table) -> Dossier:
    """The quarrel, accepted an hour ago in the village."""
    return tables.begin(table, at=now() - timedelta(hours=1))


@pytest.fixture
def other(table: Table) -> Dossier:
    """What the other side filed, with the township."""
    at = now() - timedelta(hours=1)
    case = tables.open_quarrel(table.qing, at=at)
    said = tables.dispute()
    return opening.open_dossier(case, said, to=table.township, by=table.qing.chen_dispatches, at=at)


def test_one_asks_and_the_other_agrees(table: Table, sign_in: SignIn, begun: Dossier, other: Dossier) -> None:
    he, luo = sign_in(table.he_mediates_willow), sign_in(table.luo_mediates_east)
    code = Report.objects.get(case=other.case_id).code
    assert refused_with(take(he, begun, "ask_to_join", code="QZ00000000A", reason="同一条地埂"), "同一条地埂")
    assert take(he, begun, "ask_to_join", code=f"{code[:4]}-{code[4:]}", reason="同一条地埂").status_code == 302

    page = shown(luo, other)
    [asked] = page.context["page"].asked
    assert [offer.verb for offer in asked.offers] == ["answer_ask"] and "同一条地埂" in page.content.decode()
    assert take(he, begun, "answer_ask", on=asked.ask.pk, agrees="yes").status_code == 404
    assert take(luo, other, "answer_ask", on=asked.ask.pk, agrees="no").status_code == 422
    assert take(luo, other, "answer_ask", on=asked.ask.pk, agrees="yes").status_code == 302

    goes_on = shown(luo, other)
    assert begun.number in goes_on.content.decode() and not goes_on.context["page"].missing
    assert other.case.number in shown(he, begun).content.decode()
    assert shown(he, other).status_code == 200
