"""One quarrel over a field ridge on the pages alone: the village fails, the township settles it, and it is kept."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, localtime, now
from playwright.sync_api import Page, expect

from fengqiao.mediation.models import Dossier, TierRound
from tests.browser.conftest import Shot, forward
from tests.browser.test_console import english
from tests.browser.test_one_case import sit_down
from tests.browser.test_resident import faults
from tests.cast import PASSWORD, QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table

TOLD = "去年秋天王家翻地时挪了埂，占了我家一尺多。"
AGREED = "以老界石为准恢复地埂，王守田赔偿麦苗款三百元。"


@pytest.fixture
def table(qing: QingCounty) -> Table:
    """The committees; He of the village and Luo of the township have passwords."""
    found = tables.build(qing)
    for user in (found.he_mediates_willow, found.luo_mediates_east):
        user.set_password(PASSWORD)
        user.save()
    return found


class Desk:
    """The dossier on the page, with every look at it measured."""

    def __init__(self, page: Page, shot: Shot) -> None:
        self.page, self.shot = page, shot

    def look(self, name: str) -> None:
        """Find nothing wrong with the page as it stands."""
        self.shot(self.page, f"mediation-{name}")
        assert faults(self.page) == [], name
        assert english(self.page) == set(), name

    def open(self, act: str, *, of: str = "") -> None:
        """Open the form of an act, beside the party, meeting or item it is about."""
        within = self.page.locator(".seat", has_text=of) if of else self.page.locator("#dossier")
        within.locator(f"a[href*='act={act}&'], a[href$='act={act}']").first.click()
        expect(self.page.locator(f".step-card form[action$='/{act}/']")).to_be_visible()

    def take(self, act: str, *, of: str = "", name: str = "", **said: str) -> None:
        """Take an act as it is asked, and read that it was done."""
        self.open(act, of=of)
        for field, words in said.items():
            self.page.fill(f"#step_{field}", words)
        if name:
            self.look(name)
        self.send(act)

    def send(self, act: str) -> None:
        """Press the one button of the form, and read that it was taken."""
        self.page.locator(".step-card form .btn-primary").click()
        expect(self.page.locator(f".step-card form[action$='/{act}/']")).to_have_count(0)


def test_a_quarrel_is_settled_by_the_township_and_kept(page: Page, shot: Shot, table: Table) -> None:
    desk = Desk(page, shot)
    sit_down(page, table.he_mediates_willow)
    number = brought(desk)
    consents(desk)
    chooses(desk, "何老五")
    desk.look("ready")
    desk.take("begin")
    desk.take("escalate", name="escalate", reason="村里调了两次，两家对老界石的位置说法不一。")

    sit_down(page, table.luo_mediates_east)
    TierRound.objects.filter(order=2).update(began_at=now() - timedelta(hours=2))
    page.goto(f"/console/mediation/{number}/")
    page.locator(".tier-round.is-here", has_text="东镇人民调解委员会").wait_for()
    chooses(desk, "罗镇")
    meets(desk)
    agrees(desk)
    keeps(desk)
    dossier = Dossier.objects.get(case__number=number)
    assert (dossier.stand, dossier.case.status) == ("agreed", "concluded")
    assert dossier.agreements.get(state="effective").items.get().done_at is not None
    assert [each.result for each in dossier.rounds.order_by("order")] == ["escalated", "agreed"]


def brought(desk: Desk) -> str:
    """Zhang tells He at the committee's own table; give the number of the case."""
    page = desk.page
    page.goto("/console/mediation/new/")
    said = {"asks": "张福来", "asks_phone": "13900000021", "answers": "王守田", "title": "柳树村地埂之争"}
    for field, words in said.items():
        page.fill(f"#dispute_{field}", words)
    page.select_option("#dispute_type", "land")
    page.fill("#dispute_story", TOLD)
    desk.look("new")
    forward(page)
    number = Dossier.objects.get().case.number
    page.goto(f"/console/mediation/{number}/")
    desk.look("missing")
    return number


def consents(desk: Desk) -> None:
    """Both sides agree to be mediated and are told what they may and must."""
    for name in ("张福来", "王守田"):
        desk.take("give_consent", of=name, name="consent" if name == "张福来" else "")
        desk.take("acknowledge", of=name)


def chooses(desk: Desk, name: str) -> None:
    """The two name who is to mediate."""
    desk.open("choose_mediator")
    desk.page.locator("#step_mediator label", has_text=name).click()
    desk.send("choose_mediator")


def meets(desk: Desk) -> None:
    """A meeting is planned, both come early, and the minutes are written."""
    desk.take("plan_meeting", name="plan", starts_at=moment(hours=-1), place="东镇司法所调解室")
    said = {"held_at": moment(hours=1), "ended_at": moment(minutes=5), "result": AGREED}
    desk.take("hold_meeting", of="东镇司法所调解室", name="minutes", statements="两家各说各的界石。", **said)


def agrees(desk: Desk) -> None:
    """One duty on paper, four hands on it, and it binds."""
    page = desk.page
    desk.open("draft")
    page.fill("#step_content", AGREED)
    page.select_option("#step_owes_1", label="王守田")
    page.select_option("#step_to_1", label="张福来")
    page.fill("#step_what_1", "赔偿麦苗款")
    page.fill("#step_amount_1", "300")
    page.fill("#step_due_on_1", localdate().isoformat())
    row_by_row(page)
    desk.look("draft")
    desk.send("draft")
    expect(page.locator(".missing")).to_be_visible()
    desk.look("unsigned")
    for name in ("张福来", "王守田"):
        desk.take("sign", of=name, name="sign" if name == "张福来" else "", signed_at=moment())
    desk.take("sign_as_mediator", signed_at=moment())
    desk.take("seal", sealed_at=moment())
    desk.take("take_effect", name="binds")


def row_by_row(page: Page) -> None:
    """One more item is asked for at a press, counted, put first and taken away; the others keep their words."""
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(1)
    page.locator("[data-more]").click()
    expect(page.locator("#step_owes_2")).to_be_focused()
    page.fill("#step_amount_2", "20.5")
    expect(page.locator("output")).to_have_text("合计 320.50 元")
    rows.nth(1).locator("[data-up]").click()
    assert (page.input_value("#step_amount_1"), page.input_value("#step_what_2")) == ("20.5", "赔偿麦苗款")
    rows.nth(0).locator("[data-remove]").click()
    expect(rows).to_have_count(1)
    assert page.input_value("#step_what_1") == "赔偿麦苗款"


def keeps(desk: Desk) -> None:
    """What was owed is paid, and somebody looks in on them."""
    desk.look("agreed")
    desk.take("perform", of="赔偿麦苗款", name="perform", done_at=moment())
    desk.take("follow_up", name="visit", reason="到期回访", words="钱已付清，两家和好。")
    desk.look("kept")


def moment(**ago: int) -> str:
    """Write a moment as the browser's own field takes it."""
    return f"{localtime(now() - timedelta(**ago)):%Y-%m-%dT%H:%M}"
