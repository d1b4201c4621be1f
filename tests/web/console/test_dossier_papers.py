"""The papers of a dossier at the mediator's desk."""

from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.urls import reverse
from docx import Document

from fengqiao.mediation.models import Dossier
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
    """The quarrel over the ridge, accepted."""
    return tables.begin(table)


def address(dossier: Dossier, query: str = "") -> str:
    """Where the papers of a dossier are."""
    return reverse("console:dossier_papers", args=[dossier.case.number]) + query


def test_the_mediator_sees_which_there_are(sign_in: SignIn, table: Table, dossier: Dossier) -> None:
    page = sign_in(table.he_mediates_willow).get(address(dossier))

    assert [offer.key for offer in page.context["papers"]] == ["cover", "index", "application", "acceptance", "rights"]
    assert page.content.decode().count("as=pdf") == page.content.decode().count("as=docx") == 5


def test_each_comes_as_word_and_as_pdf_under_its_name(sign_in: SignIn, table: Table, dossier: Dossier) -> None:
    desk = sign_in(table.he_mediates_willow)
    drawn = desk.get(address(dossier, "?paper=application&as=pdf"))
    filled = desk.get(address(dossier, "?paper=application&as=docx"))

    assert drawn.content[:5] == b"%PDF-" and drawn.headers["Content-Type"] == "application/pdf"
    assert "张福来" in "".join(cell.text for t in Document(BytesIO(filled.content)).tables for cell in t._cells)
    for answer, ending in ((drawn, "pdf"), (filled, "docx")):
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert answer.headers["Content-Disposition"].endswith(f"{quote('号')}.{ending}")
        assert "no-store" in answer.headers["Cache-Control"]


def test_others_read_no_papers(sign_in: SignIn, table: Table, dossier: Dossier) -> None:
    for query in ("", "?paper=application&as=pdf"):
        assert sign_in(table.luo_mediates_east).get(address(dossier, query)).status_code == 404
        assert sign_in(table.qing.chen_dispatches).get(address(dossier, query)).status_code == 403
        assert sign_in(table.he_mediates_willow).post(address(dossier, query)).status_code == 405


@pytest.mark.parametrize("query", ["?paper=agreement&as=pdf", "?paper=cover", "?paper=cover&as=exe", "?paper="])
def test_what_there_is_not_is_not_found(sign_in: SignIn, table: Table, dossier: Dossier, query: str) -> None:
    assert sign_in(table.he_mediates_willow).get(address(dossier, query)).status_code == 404


def test_a_template_that_cannot_be_filled_is_told_on_the_list(
    sign_in: SignIn, table: Table, dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "OWN_PAPERS_DIR", tmp_path)
    (tmp_path / "cover.docx").write_bytes(b"no document")
    page = sign_in(table.he_mediates_willow).get(address(dossier, "?paper=cover&as=docx"), follow=True)

    assert "cover.docx" in page.content.decode() and page.status_code == 200


def test_a_case_without_a_dossier_leads_back_to_it(sign_in: SignIn, table: Table) -> None:
    case = tables.open_quarrel(table.qing)
    there = reverse("console:dossier_papers", args=[case.number])

    assert sign_in(table.qing.chen_dispatches).get(there).headers["Location"] == f"/console/cases/{case.number}/"


def test_the_dossier_leads_there_whoever_may_print(sign_in: SignIn, table: Table, dossier: Dossier) -> None:
    page = reverse("console:dossier", args=[dossier.case.number])

    assert address(dossier) in sign_in(table.he_mediates_willow).get(page).content.decode()
    assert address(dossier) not in sign_in(table.qing.chen_dispatches).get(page).content.decode()
