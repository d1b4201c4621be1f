"""Identity numbers on papers: their last signs, or whole for whoever says why; no address and no log holds one."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from fengqiao.cases.models import CaseLog
from fengqiao.mediation import identity
from fengqiao.mediation.models import Dossier
from fengqiao.mediation.transitions import identities
from fengqiao.rights.models import AccessLog
from tests.cast import MONDAY_9AM, QingCounty
from tests.mediation import table as tables
from tests.mediation.papers.reading import in_pdf, in_word
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn

ZHANG, WANG, WHY = "11010519491231002X", "110105196001010017", "送法院申请司法确认"


@pytest.fixture(autouse=True)
def key(tmp_path: Path, settings: Any) -> Path:
    """A file with one key."""
    settings.IDENTITY_KEY_FILE = tmp_path / "identity.key"
    settings.IDENTITY_KEY_FILE.write_text(identity.new_key())
    settings.IDENTITY_KEY_FILE.chmod(0o600)
    return Path(settings.IDENTITY_KEY_FILE)


@pytest.fixture
def dossier(table: Table) -> Dossier:
    """The quarrel, an agreement to be signed, and the numbers of both sides."""
    begun = tables.begin(table)
    for side, number in ((1, ZHANG), (2, WANG)):
        party = begun.parties.get(side=side)
        identities.enter(party, number, needed_for="协议书", by=table.he_mediates_willow, at=MONDAY_9AM)
    tables.draft(table, begun)
    return begun


def printed(client: Client, dossier: Dossier, ending: str = "docx", **said: str) -> HttpResponse:
    """Ask for a paper with whole numbers."""
    address = reverse("console:dossier_papers", args=[dossier.case.number])
    return client.post(address, {"paper": "agreement", "reason": WHY, "as": ending} | said)  # type: ignore[return-value]


@pytest.mark.parametrize("paper", ["application", "agreement"])
def test_without_a_reason_the_last_signs_stand_there(
    table: Table, sign_in: SignIn, dossier: Dossier, paper: str
) -> None:
    address = reverse("console:dossier_papers", args=[dossier.case.number])
    made = sign_in(table.he_mediates_willow).get(address, {"paper": paper, "as": "docx"}).content
    text = in_word(made)

    assert "证件号码****002X" in text and "证件号码****0017" in text
    assert ZHANG not in text and WANG not in text
    assert not AccessLog.objects.filter(look="identity").exists()


def test_with_a_reason_they_stand_there_whole_and_each_look_is_kept(
    table: Table, sign_in: SignIn, dossier: Dossier
) -> None:
    he = table.he_mediates_willow
    for ending, read in (("docx", in_word), ("pdf", in_pdf)):
        answer = printed(sign_in(he), dossier, ending)
        assert ZHANG in read(answer.content) and WANG in read(answer.content)
        assert "no-store" in answer.headers["Cache-Control"] and "attachment" in answer.headers["Content-Disposition"]
    looks = AccessLog.objects.filter(look="identity")
    kept = set(looks.values_list("thing", "user", "reason"))
    assert looks.count() == 4 and kept == {(party.pk, he.pk, WHY) for party in dossier.parties.all()}
    lines = CaseLog.objects.filter(case=dossier.case, facts__act="show_identity").order_by("line")
    assert [(line.facts["party"], line.note) for line in lines] == [("张福来", WHY), ("王守田", WHY)] * 2
    assert AccessLog.objects.filter(look="paper").count() == 2


def test_no_log_and_no_name_of_a_file_holds_a_number(table: Table, sign_in: SignIn, dossier: Dossier) -> None:
    answer = printed(sign_in(table.he_mediates_willow), dossier)
    written = [str(answer.headers), *map(str, AccessLog.objects.values())]
    written += [str(line) for line in CaseLog.objects.values()]
    body = Document(BytesIO(answer.content)).element.body

    assert any(ZHANG in (run.text or "") for run in body.iter(qn("w:t")))
    assert [words for words in written if ZHANG in words or WANG in words] == []


@pytest.mark.parametrize("said", [{"reason": ""}, {"reason": "  "}, {"paper": "rights"}, {"paper": "cover"}])
def test_without_a_reason_or_for_another_paper_nothing_is_opened(
    table: Table, sign_in: SignIn, dossier: Dossier, said: dict[str, str]
) -> None:
    answer = printed(sign_in(table.he_mediates_willow), dossier, **said)

    assert answer.status_code == 422 and ZHANG not in answer.content.decode()
    assert not AccessLog.objects.exists()


def test_who_does_not_mediate_is_refused(table: Table, qing: QingCounty, sign_in: SignIn, dossier: Dossier) -> None:
    assert printed(sign_in(qing.chen_dispatches), dossier).status_code == 403
    assert printed(sign_in(qing.liu_handles_water), dossier).status_code == 404
    assert not AccessLog.objects.exists()


def test_without_the_key_it_is_said_and_nothing_is_written_down(
    table: Table, sign_in: SignIn, dossier: Dossier, key: Path
) -> None:
    key.write_text(identity.new_key())
    address = reverse("console:dossier_papers", args=[dossier.case.number])
    client = sign_in(table.he_mediates_willow)

    assert printed(client, dossier).headers["Location"] == address
    assert "无法解密" in client.get(address).content.decode()
    assert not AccessLog.objects.exists()


def test_where_no_number_is_kept_none_is_offered(table: Table, sign_in: SignIn) -> None:
    begun = tables.begin(table)
    address = reverse("console:dossier_papers", args=[begun.case.number])
    client = sign_in(table.he_mediates_willow)

    assert client.get(address).context["form"] is None
    assert printed(client, begun, paper="application").headers["Location"] == address
    assert not AccessLog.objects.exists()
