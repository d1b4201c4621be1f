"""The other ends of a quarrel over a field ridge, and their papers: settled by word of mouth, or not at all."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect

from fengqiao.mediation import identity
from fengqiao.mediation.models import Dossier
from fengqiao.mediation.papers.wording import day_in_words
from fengqiao.mediation.transitions import identities
from tests.browser.conftest import Shot, forward
from tests.browser.reading_papers import Papers, fetch, look
from tests.browser.test_console import english
from tests.browser.test_mediation import BOTH, VILLAGE, Desk
from tests.browser.test_one_case import sit_down
from tests.browser.test_resident import faults
from tests.cast import PASSWORD, QingCounty
from tests.mediation import table as tables
from tests.mediation.papers.reading import in_pdf
from tests.mediation.table import RIDGE, Table

AGREED = "地埂恢复原处，互不再提。"
SPECIMEN = "11010519491231002X"  # of GB 11643


@pytest.fixture
def table(qing: QingCounty) -> Table:
    """The committees; He of the village has a password."""
    found = tables.build(qing)
    found.he_mediates_willow.set_password(PASSWORD)
    found.he_mediates_willow.save()
    return found


@pytest.fixture
def dossier(table: Table) -> Dossier:
    """The quarrel, accepted an hour ago."""
    return tables.begin(table, at=now() - timedelta(hours=1))


def test_settled_by_word_of_mouth(page: Page, shot: Shot, table: Table, dossier: Dossier) -> None:
    sit_down(page, table.he_mediates_willow)
    number, today = dossier.number, day_in_words(localdate())
    desk = Desk(page, shot)
    page.goto(f"/console/mediation/{dossier.case.number}/")
    desk.open("agree_orally")
    page.fill("#step_content", AGREED)
    page.select_option("#step_owes_1", label="王守田")
    page.fill("#step_what_1", "把地埂恢复到原处")
    desk.send("agree_orally")

    begun = day_in_words(localdate(dossier.begun_at))
    Papers(page, dossier.case.number, "oral").open([
        ("cover", (number, VILLAGE, "何老五", f"自{begun}起至{today}止")),
        ("index", (number, "人民调解口头协议登记表")),
        ("application", (number, *BOTH, RIDGE)),
        ("acceptance", (number, begun, RIDGE)),
        ("rights", (number, *BOTH)),
        ("oral", (number, *BOTH, RIDGE, AGREED, "由王守田履行：把地埂恢复到原处", f"之日（{today}）起生效")),
        ("slip", (number, *BOTH, "达成口头协议", today)),
    ])  # fmt: skip


def test_ended_without_agreement(page: Page, shot: Shot, table: Table, dossier: Dossier) -> None:
    sit_down(page, table.he_mediates_willow)
    number, today = dossier.number, day_in_words(localdate())
    desk = Desk(page, shot)
    page.goto(f"/console/mediation/{dossier.case.number}/")
    desk.open("end")
    page.locator("#step_ground label", has_text="没有达成协议的可能").click()
    page.fill("#step_words", "两家都说自己的界石才是老界石。")
    desk.send("end")

    ended = [
        ("termination", (number, VILLAGE, *BOTH, today, "两家都说自己的界石才是老界石。", "第二十六条", "人民法院")),
        ("slip", (number, *BOTH, today, "司法所备案")),
    ]
    Papers(page, dossier.case.number, "ended").open([
        *((kind, (number,)) for kind in ("cover", "index", "application", "acceptance", "rights")), *ended,
    ])  # fmt: skip


def test_identity_numbers_are_printed_whole_for_a_reason(
    page: Page, shot: Shot, table: Table, dossier: Dossier, tmp_path: Path, settings: Any
) -> None:
    settings.IDENTITY_KEY_FILE = tmp_path / "identity.key"
    settings.IDENTITY_KEY_FILE.write_text(identity.new_key())
    he, zhang = table.he_mediates_willow, dossier.parties.get(side=1)
    identities.enter(zhang, SPECIMEN, needed_for="申请书", by=he, at=now())
    sit_down(page, he)
    page.goto(f"/console/cases/{dossier.case.number}/papers/")
    shot(page, "mediation-papers")
    assert faults(page) == [] and english(page) <= {"Word"}
    masked = fetch(page, "a[href='?paper=application&as=pdf']")
    forward(page, "form button[value=pdf]")
    expect(page.locator("form .errorlist, form [role=alert], form .field-error").first).to_be_visible()
    shot(page, "mediation-papers-why")
    page.fill("#whole_reason", "送法院")
    whole = fetch(page, "form button[value=pdf]")

    assert SPECIMEN not in page.url and SPECIMEN not in page.content()
    assert "****002X" in in_pdf(masked) and SPECIMEN not in in_pdf(masked)
    assert SPECIMEN in in_pdf(whole)
    look(whole, "paper-whole-application")
