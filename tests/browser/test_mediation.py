"""One quarrel over a field ridge on the pages alone: the village fails, the township settles it, and it is kept.

Every paper of it is opened on the way, as Word and as PDF, read and looked at.
"""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, localtime, now
from playwright.sync_api import Page, expect

from fengqiao.mediation.models import Dossier, TierRound
from fengqiao.mediation.papers.wording import day_in_words
from tests.browser.conftest import Shot, forward
from tests.browser.reading_papers import Papers
from tests.browser.test_console import english
from tests.browser.test_one_case import sit_down
from tests.browser.test_resident import faults
from tests.cast import PASSWORD, QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table

TOLD = "去年秋天王家翻地时挪了埂，占了我家一尺多。"
WISHED = "把地埂恢复到老界石，赔麦苗款三百元。"
FAILED = "老界石的位置说法不一，未达成协议。"
AGREED = "以老界石为准恢复地埂，王守田赔偿麦苗款三百元。"
KEPT = "钱已付清，两家和好。"
VILLAGE, TOWNSHIP, BOTH = "柳树村人民调解委员会", "东镇人民调解委员会", ("张福来", "王守田")

MEETING_ABOVE = ("minutes", (TOWNSHIP, *BOTH, "东镇司法所调解室", "罗镇", "两家各说各的界石。", AGREED))
Said = list[tuple[str, tuple[str, ...]]]


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
    TierRound.objects.update(began_at=now() - timedelta(hours=3))
    meets(desk, "柳树村村委会", FAILED)
    papers = Papers(page, number, "ridge")
    papers.open(of_the_village())
    desk.take("escalate", name="escalate", reason="村里调了两次，两家对老界石的位置说法不一。")

    sit_down(page, table.luo_mediates_east)
    TierRound.objects.filter(order=2).update(began_at=now() - timedelta(hours=2))
    page.goto(f"/console/mediation/{number}/")
    page.locator(".tier-round.is-here", has_text="东镇人民调解委员会").wait_for()
    chooses(desk, "罗镇")
    meets(desk, "东镇司法所调解室", AGREED)
    drafts(desk)
    papers.open([*of_the_village(), MEETING_ABOVE, of_the_agreement(day="　　　　年　　月　　日")])
    signs(desk)
    keeps(desk)
    papers.open(of_both_tiers())
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
    page.fill("#dispute_wishes", WISHED)
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


def meets(desk: Desk, place: str, result: str) -> None:
    """A meeting is planned, both come early, and the minutes are written."""
    is_first = result == FAILED
    desk.take("plan_meeting", name="plan" if is_first else "", starts_at=moment(hours=-1), place=place)
    said = {"held_at": moment(hours=1), "ended_at": moment(minutes=5), "result": result}
    desk.take("hold_meeting", of=place, name="minutes" if is_first else "", statements="两家各说各的界石。", **said)


def drafts(desk: Desk) -> None:
    """One duty on paper."""
    page = desk.page
    desk.open("draft")
    page.fill("#step_content", AGREED)
    page.select_option("#step_owes_1", label="王守田")
    page.select_option("#step_to_1", label="张福来")
    page.fill("#step_what_1", "赔偿麦苗款")
    page.fill("#step_how_1", "现金")
    page.fill("#step_amount_1", "300")
    page.fill("#step_due_on_1", localdate().isoformat())
    row_by_row(page)
    desk.look("draft")
    desk.send("draft")
    expect(page.locator(".missing")).to_be_visible()
    desk.look("unsigned")


def signs(desk: Desk) -> None:
    """Four hands on it, and it binds."""
    for name in BOTH:
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
    desk.take("follow_up", name="visit", reason="到期回访", words=KEPT)
    desk.look("kept")


def of_the_village() -> Said:
    """What the papers of the first tier must say; all of them carry the one number."""
    number, today = Dossier.objects.get().number, day_in_words(localdate())
    return [
        ("cover", (number, VILLAGE, "张福来、王守田山林土地纠纷", f"自{today}起至")),
        ("index", (number, VILLAGE, "人民调解申请书", "人民调解受理登记表", "人民调解记录")),
        ("application", (number, VILLAGE, *BOTH, "13900000021", TOLD, WISHED)),
        ("acceptance", (number, f"{today}，{VILLAGE}依当事人申请", "张福来、王守田之间", "①当事人申请（√）", TOLD)),
        ("rights", (number, VILLAGE, *BOTH, "第二十三条")),
        ("minutes", (number, VILLAGE, *BOTH, today, "柳树村村委会", "何老五", "两家各说各的界石。", FAILED)),
    ]


def of_the_agreement(day: str) -> tuple[str, tuple[str, ...]]:
    """What the agreement must say, before and after it binds."""
    duty = f"由王守田于{day_in_words(localdate())}前向张福来履行：赔偿麦苗款；"
    sum_ = "金额：人民币300.00元（大写：叁佰元整）；方式：现金。"
    return "agreement", (*BOTH, TOLD, AGREED, duty + sum_, "本协议一式3份", f"{TOWNSHIP}（印章）{day}")


def of_both_tiers() -> Said:
    """What all papers must say once it is over; the cover and the list of what lies inside have grown."""
    number, today = Dossier.objects.get().number, day_in_words(localdate())
    cover, index, *first = of_the_village()
    sum_ = "人民币300.00元（大写：叁佰元整）"
    return [
        (cover[0], (*cover[1], "罗镇", f"起至{today}止")),
        (index[0], (*index[1], "人民调解协议书", "人民调解回访记录")),
        *first,
        MEETING_ABOVE,
        of_the_agreement(today),
        ("slip", (number, TOWNSHIP, *BOTH, "达成书面协议", sum_, "申请方当事人留存", "司法所备案")),
        ("followup", (number, TOWNSHIP, "到期回访", KEPT, today)),
    ]


def moment(**ago: int) -> str:
    """Write a moment as the browser's own field takes it."""
    return f"{localtime(now() - timedelta(**ago)):%Y-%m-%dT%H:%M}"
