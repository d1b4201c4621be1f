"""One side of a quarrel on its phone: asked, agreeing, ending it, and the sheet on paper."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from fengqiao.intake.transitions.party_codes import hand_code
from fengqiao.intake.transitions.receiving import Receipt
from fengqiao.mediation.models import Dossier, Meeting
from fengqiao.mediation.transitions import opening
from fengqiao.mediation.vocabulary import MeetingKind
from tests.browser.conftest import Shot, forward
from tests.browser.test_resident import faults
from tests.cast import PASSWORD, QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def table(qing: QingCounty) -> Table:
    """The committees; He and the supervisor can sign in."""
    found = tables.build(qing)
    found.village.phone = "0931-5550101"
    found.village.save()
    for user in (found.he_mediates_willow, qing.wu_supervises):
        user.set_password(PASSWORD)
        user.save()
    return found


@pytest.fixture
def dossier(table: Table) -> Dossier:
    """The quarrel over the ridge, and a meeting the day after tomorrow."""
    case = tables.open_quarrel(table.qing, at=now())
    found = opening.open_dossier(case, tables.dispute(), to=table.village, by=table.qing.chen_dispatches, at=now())
    tables.seat_parties(table, found, at=now())
    said = {"county": found.county, "dossier": found, "round": found.rounds.get(), "kind": MeetingKind.IN_PERSON}
    he = table.mediator(table.he_mediates_willow)
    Meeting.objects.create(place="柳树村村部调解室", starts_at=now() + timedelta(days=2), mediator=he, **said)
    return found


@pytest.fixture
def wang(table: Table, dossier: Dossier) -> Receipt:
    """Wang's own code and secret."""
    return hand_code(dossier.parties.get(side=2), by=table.he_mediates_willow, at=now())


def test_a_side_agrees_and_withdraws_on_its_phone(page: Page, shot: Shot, wang: Receipt) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"/track/{wang.report.code}/")
    shot(page, "side-by-code")
    page.fill("#id_secret", wang.secret)
    forward(page, "form button.btn-primary")
    forward(page, page.locator(".door", has_text="您的调解"))
    shot(page, "side-asked")
    assert faults(page) == []
    forward(page, ".door-primary")
    shot(page, "side-agree")
    assert faults(page) == []
    forward(page, "form button.btn-primary")
    expect(page.locator("main")).to_contain_text("您同意调解")
    forward(page, page.locator(".door", has_text="选调解员"))
    shot(page, "side-choose")
    assert faults(page) == []
    page.go_back()
    forward(page, page.locator(".door", has_text="我不调了"))
    shot(page, "side-end")
    assert faults(page) == []
    forward(page, "form button.btn-primary")
    shot(page, "side-ended")
    forward(page, page.locator("a", has_text="打印明白纸"))
    page.emulate_media(media="print")
    shot(page, "side-paper")
