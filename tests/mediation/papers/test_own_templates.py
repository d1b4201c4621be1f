"""A county may put its own Word template into the data folder; a wrong one is named, not half filled."""

from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from docx import Document

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.papers import word
from fengqiao.mediation.papers.forms import FORMS
from fengqiao.mediation.papers.sample import PAPERS
from tests.mediation.papers.reading import of_word

APPLICATION = PAPERS[0]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Lay a template with one paragraph where a county would."""
    monkeypatch.setattr(settings, "OWN_PAPERS_DIR", tmp_path)

    def lay(text: str) -> Path:
        document = Document()
        document.add_paragraph(text)
        document.save(str(tmp_path / "application.docx"))
        return tmp_path / "application.docx"

    return lay


def test_it_is_used_instead_of_ours(own: Callable[[str], Path]) -> None:
    own("本县申请书 {{ 编号 }} {% for 人 in 当事人 %}{{ 人.姓名 }}、{% endfor %}")

    assert of_word(APPLICATION) == "本县申请书(2026)东沟人调字第12号何秀兰、何小川、马德福、东沟村果业合作社、"


def test_a_changed_one_is_read_anew(own: Callable[[str], Path]) -> None:
    own("旧")
    assert of_word(APPLICATION) == "旧"
    own("新的一份")
    assert of_word(APPLICATION) == "新的一份"


@pytest.mark.parametrize(
    "text", ["{{ 身高 }}", "{{ 当事人[0].民族 }}", "{% for 人 in 当事人 %}", "{{ ''.__class__.__mro__ }}"]
)
def test_one_that_asks_for_what_is_not_there_is_refused(own: Callable[[str], Path], text: str) -> None:
    own(text)

    with pytest.raises(Refused, match=r"application\.docx"):
        word.fill(APPLICATION)


def test_one_that_is_no_word_file_is_refused(own: Callable[[str], Path]) -> None:
    own("").write_bytes(b"%PDF-1.7")

    with pytest.raises(Refused, match=r"application\.docx.*Word"):
        word.fill(APPLICATION)


def test_one_that_is_something_else_in_a_zip_is_refused(own: Callable[[str], Path]) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "甲")
    own("").write_bytes(packed.getvalue())

    with pytest.raises(Refused, match=r"application\.docx.*Word"):
        word.fill(APPLICATION)


def test_one_command_prints_every_paper(tmp_path: Path) -> None:
    said = StringIO()
    call_command("print_papers", to=tmp_path / "new", stdout=said)

    assert {path.name for path in (tmp_path / "new").iterdir()} == {f"{k}.{e}" for k in FORMS for e in ("docx", "pdf")}
    assert len(said.getvalue().splitlines()) == 2 * len(FORMS)


def test_the_command_names_a_template_that_fails_and_prints_the_others(
    own: Callable[[str], Path], tmp_path: Path
) -> None:
    own("{{ 身高 }}")

    with pytest.raises(CommandError, match="身高"):
        call_command("print_papers", to=tmp_path / "new", stdout=StringIO())
    assert len([*(tmp_path / "new").iterdir()]) == 2 * len(FORMS) - 1
