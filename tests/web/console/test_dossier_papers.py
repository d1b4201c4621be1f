"""The papers of a dossier at the mediator's desk."""

from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.urls import reverse
from docx import Document

from fengqiao.cases.models import Case, NamedViewer
from fengqiao.mediation.models import Dossier
from fengqiao.rights.models import AccessLog
from tests.cast import MONDAY_9AM, QING, QingCounty
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
        assert sign_in(table.luo_mediates_east).post(address(dossier), {"as": "pdf"}).status_code == 404
        assert sign_in(table.qing.chen_dispatches).post(address(dossier), {"as": "pdf"}).status_code == 403
    assert not AccessLog.objects.filter(look="paper").exists()


def test_who_opened_which_paper_is_written_down_and_the_list_is_not(
    sign_in: SignIn, table: Table, dossier: Dossier
) -> None:
    desk = sign_in(table.he_mediates_willow)
    desk.get(address(dossier))
    desk.get(address(dossier, "?paper=agreement&as=pdf"))  # there is none yet
    assert not AccessLog.objects.exists()

    desk.get(address(dossier, "?paper=application&as=pdf"))
    look = AccessLog.objects.get()
    assert (look.look, look.user, look.kind, look.thing) == ("paper", table.he_mediates_willow, "case", dossier.case_id)
    assert look.reason == f"文书：人民调解申请书 {dossier.number} · pdf" and look.get_look_display() == "打开了调解文书"


def test_the_auditor_finds_who_opened_it_in_both_languages(sign_in: SignIn, table: Table, dossier: Dossier) -> None:
    sign_in(table.he_mediates_willow).get(address(dossier, "?paper=application&as=docx"))
    said = []
    for language in ("zh", "en"):
        desk = sign_in(table.qing.bai_audits)
        desk.cookies["language"] = language
        page = desk.get(reverse("console:audit"), {"log": "looks", "kind": "paper"}).content.decode()
        assert dossier.case.number in page and "何老五" in page and "张福来" not in page
        said += [words for words in ("打开了调解文书", "Opened a paper of a mediation") if words in page]
    assert said == ["打开了调解文书", "Opened a paper of a mediation"]


def test_of_a_restricted_case_the_reason_stands_beside_it(sign_in: SignIn, table: Table, dossier: Dossier) -> None:
    Case.objects.filter(pk=dossier.case_id).update(is_restricted=True)
    he = table.he_mediates_willow
    NamedViewer.objects.create(county=QING, case=dossier.case, user=he, named_by=he, named_at=MONDAY_9AM, reason="承办")
    desk, paper = sign_in(he), address(dossier, "?paper=application&as=pdf")
    assert b"%PDF" not in desk.get(paper).content and not AccessLog.objects.exists()

    desk.post(reverse("console:look", args=[dossier.case.number]), {"reason": "other", "words": "核对申请书"})
    assert b"%PDF" in desk.get(paper).content
    kept = dict(AccessLog.objects.values_list("look", "reason"))
    assert set(kept) == {"paper", "restricted"}
    assert all("人民调解申请书" in reason and "核对申请书" in reason for reason in kept.values())


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
