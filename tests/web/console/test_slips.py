"""Codes and sheets that a mediator hands to the parties."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from fengqiao.mediation.models import Dossier
from fengqiao.mediation.transitions import opening
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn


@pytest.fixture
def table(qing: QingCounty) -> Table:
    """The committees and who mediates there."""
    return tables.build(qing)


@pytest.fixture
def dossier(table: Table) -> Dossier:
    """The quarrel over the ridge, opened just now."""
    case = tables.open_quarrel(table.qing, at=now())
    found = opening.open_dossier(case, tables.dispute(), to=table.village, by=table.qing.chen_dispatches, at=now())
    tables.seat_parties(table, found, at=now())
    return found


def test_a_code_is_handed_out_and_its_secret_shown_once(sign_in: SignIn, table: Table, dossier: Dossier) -> None:
    desk, wang = sign_in(table.he_mediates_willow), dossier.parties.get(side=2)
    address = reverse("console:slips", args=[dossier.case.number])
    page = desk.post(address, {"party": str(wang.pk), "code": ""}, follow=True)
    secret, report = page.context["secret"], page.context["report"]

    assert len(secret) == 6 and report.spoken_code in page.content.decode()
    assert desk.get(f"{address}?party={wang.pk}").context["secret"] == ""
    assert Client().post(f"/track/{report.code}/", {"secret": secret}).status_code == 302
    assert desk.post(address, {"party": str(wang.pk), "code": ""}).status_code == 422


def test_the_code_of_the_own_report_is_taken_over(sign_in: SignIn, table: Table, dossier: Dossier) -> None:
    desk, zhang = sign_in(table.he_mediates_willow), dossier.parties.get(side=1)
    report = dossier.case.reports.get()
    address = reverse("console:slips", args=[dossier.case.number])
    assert desk.post(address, {"party": str(zhang.pk), "code": "QX-2222-2222-A"}).status_code == 422
    assert desk.post(address, {"party": str(zhang.pk), "code": report.spoken_code}).status_code == 302
    zhang.refresh_from_db()
    assert zhang.report == report.pk


def test_others_hand_no_codes(sign_in: SignIn, table: Table, dossier: Dossier) -> None:
    address = reverse("console:slips", args=[dossier.case.number])
    assert sign_in(table.luo_mediates_east).get(address).status_code == 404
    assert sign_in(table.qing.chen_dispatches).get(address).status_code == 403
    assert sign_in(table.he_mediates_willow).get(f"{address}?party=x").status_code == 404
