"""A month of a county, told through the pages: a resident and four desks, until the board of the last day counts it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
import time_machine
from django.db.models import F
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.workflow import OPEN, Status
from fengqiao.intake.models import Report
from fengqiao.jobs import follow, watch
from fengqiao.kit.codes import tidy
from tests.browser.conftest import PHONE, Shot, forward, live_in_the_east
from tests.browser.test_one_case import pick, sit_down
from tests.cast import PASSWORD, SHANGHAI, QingCounty

PEOPLE = ("ma_clerks", "zhou_clerks", "chen_dispatches", "liu_handles_water", "wu_supervises", "gao_leads")


@dataclass
class Month:
    """March 2026 in Qing County: two windows and a clock that is moved by hand."""

    desk: Page
    phone: Page
    clock: time_machine.Traveller
    qing: QingCounty
    who: str = ""

    def comes(self, day: int, hour: int, minute: int = 0) -> None:
        """Let time pass; the worker has been by meanwhile."""
        moment = datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)
        self.clock.move_to(moment)
        watch.sweep(moment)
        follow.follow(moment)
        if self.who:
            self.sits(self.who)  # half an hour without a touch signs people out

    def reports(self, text: str) -> tuple[str, str]:
        """Have the resident report something of Willow Village; give code and secret."""
        self.phone.goto("/report/")
        self.phone.fill("#id_text", text)
        self.phone.locator("#id_nature label", has_text="求助").click()
        forward(self.phone)
        live_in_the_east(self.phone, "柳树村")
        while not self.phone.locator(".btn-primary[value=send]").count():
            forward(self.phone)
        forward(self.phone, ".btn-primary[value=send]")
        code = tidy(self.phone.locator(".receipt-code").first.inner_text())
        return code, self.phone.locator(".receipt-secret strong").inner_text()

    def unlocks(self, code: str, secret: str) -> None:
        """Have the resident open their matter."""
        self.phone.context.clear_cookies()
        self.phone.goto(f"/track/{code}/")
        self.phone.fill("#id_secret", secret)
        forward(self.phone)

    def answers(self, code: str, secret: str, solved: int, words: str = "") -> None:
        """Have the resident say whether it is solved: 0 yes, 1 partly, 2 no."""
        self.unlocks(code, secret)
        self.phone.goto(f"/track/{code}/evaluate/")
        self.phone.locator("#id_solved label").nth(solved).click()
        if words:
            self.phone.fill("[name=words]", words)
        forward(self.phone)

    def sits(self, who: str) -> None:
        """Change who sits at the desk."""
        self.who = who
        sit_down(self.desk, getattr(self.qing, who))

    def opens(self, code: str, title: str) -> str:
        """Open a case for a report, and give its number."""
        self.desk.goto(f"/console/reports/{code}/?step=open")
        self.desk.fill("#triage_title", title)
        forward(self.desk, self.desk.locator(".case-step .btn-primary, main form .btn-primary").first)
        expect(self.desk.locator("h1")).to_contain_text(title)
        return Case.objects.get(title=title).number

    def turns_to(self, number: str, verb: str) -> None:
        """Open the form of a step."""
        self.desk.goto(f"/console/cases/{number}/?step={verb}")

    def takes(self, number: str, verb: str) -> None:
        """Take the step whose form is open, and wait until its line stands in the record."""
        before = CaseLog.objects.filter(case__number=number).count()
        self.desk.locator(".case-step .btn-primary").first.click()
        expect(self.desk.locator(".messages, .message").first).to_be_visible()
        lines = CaseLog.objects.filter(case__number=number).order_by("line")
        assert list(lines.values_list("verb", flat=True))[before:] == [verb]

    def dispatches(self, number: str, unit: str) -> None:
        """Send a case to a unit."""
        self.turns_to(number, "dispatch")
        pick(self.desk, "to", unit)
        self.takes(number, "dispatch")

    def does(self, number: str, verb: str, **said: str) -> None:
        """Take a step that asks for words and choices."""
        self.turns_to(number, verb)
        for name, value in said.items():
            field = self.desk.locator(f".case-step [name={name}]").first
            if field.get_attribute("type") == "radio":
                self.desk.check(f".case-step [name={name}][value={value}]")
            else:
                field.fill(value)
        self.takes(number, verb)


@pytest.fixture
def month(page: Page, browser: Browser, live_server: LiveServer, qing: QingCounty) -> Iterator[Month]:
    """The first Monday of March, before the office opens."""
    for name in PEOPLE:
        who = getattr(qing, name)
        who.set_password(PASSWORD)
        who.save()
    width, height = PHONE
    pocket = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport={"width": width, "height": height}, has_touch=True
    )
    with time_machine.travel(datetime(2026, 3, 2, 8, tzinfo=SHANGHAI), tick=True) as clock:
        yield Month(page, pocket.new_page(), clock, qing)
    pocket.close()


def test_a_month_ends_with_a_board_that_is_right(month: Month, shot: Shot) -> None:
    # The first week: a burst pipe, solved and said to be.
    month.comes(2, 9)
    pipe = month.reports("柳树村自来水管爆了，水漫到路上，家里停水两天了。")
    month.comes(2, 9, 40)
    month.sits("ma_clerks")
    leak = month.opens(pipe[0], "柳树村自来水管爆裂")
    month.sits("chen_dispatches")
    month.dispatches(leak, "水务")
    month.comes(2, 11)
    month.sits("liu_handles_water")
    month.does(leak, "accept")
    month.comes(4, 10)
    month.does(leak, "add_progress", public="漏点找到了，明天换管。")
    month.comes(5, 16)
    month.does(leak, "conclude", outcome="solved", public_reply="管子换好了，今天恢复供水。")
    month.comes(6, 9)
    month.answers(*pipe, solved=0)
    month.sits("chen_dispatches")
    month.does(leak, "archive")

    # The second: a well that takes longer. More time is asked for and granted; it is not solved, and taken up again.
    month.comes(9, 9)
    well = month.reports("机井抽不上水，三十亩麦子等着浇。")
    month.comes(9, 10)
    month.sits("zhou_clerks")
    dry = month.opens(well[0], "机井抽不上水")
    month.sits("chen_dispatches")
    month.dispatches(dry, "水务")
    month.comes(9, 15)
    month.sits("liu_handles_water")
    month.does(dry, "accept")
    month.does(dry, "ask_extension", more="3", reason="水泵要从外地运来。")
    month.sits("wu_supervises")
    month.does(dry, "approve_delay")
    month.comes(17, 10)
    month.sits("liu_handles_water")
    month.does(dry, "conclude", outcome="solved", public_reply="换了新泵，已经出水。")
    assert Case.objects.get(number=dry).clocks.filter(stage="handle", met_at__lte=F("due_at")).exists()
    month.comes(18, 9)
    month.answers(*well, solved=2, words="抽了半天又没有水了。")
    month.comes(18, 10)
    month.sits("chen_dispatches")
    month.does(dry, "reopen", note="请到现场看水位。")
    month.dispatches(dry, "水务")
    month.comes(18, 16)
    month.sits("liu_handles_water")
    month.does(dry, "accept")

    # The third: one that nobody accepts in words, and that is late in the end.
    month.comes(19, 9)
    ditch = month.reports("水渠塌了一段，下游两个社浇不上地。")
    month.comes(19, 9, 30)
    month.sits("ma_clerks")
    late = month.opens(ditch[0], "水渠塌方")
    month.sits("chen_dispatches")
    month.dispatches(late, "水务")
    month.comes(20, 10)
    assert Case.objects.get(number=late).status == Status.HANDLING  # silence counted as acceptance
    month.comes(30, 9)
    month.sits("wu_supervises")
    month.does(late, "supervise", note="已经超期，请说明哪天能通水。")

    # The last day: something new, not looked at yet; one concluded.
    month.comes(31, 9)
    month.reports("村口路灯不亮。")
    month.comes(31, 15)
    month.sits("liu_handles_water")
    month.does(dry, "conclude", outcome="cannot_now", public_reply="水位低，要打深井。", further="已列入四月的项目。")
    month.comes(31, 17)
    month.sits("wu_supervises")
    month.desk.goto("/console/day/")
    shot(month.desk, "month-board")

    late_card = month.desk.locator("section", has=month.desk.locator("#late-title"))
    expect(late_card.locator("tbody tr")).to_have_count(1)
    expect(late_card).to_contain_text("清县水务局")
    board = [each.inner_text().split("\n") for each in month.desk.locator(".day-number").all()]
    hrefs = [str(each.get_attribute("href")) for each in month.desk.locator(".day-number").all()]
    assert [(label, count) for count, label in board if count != "0"] == [
        ("等待处理", "1"), ("其中已逾期", "1"), ("已办结", "1"), ("暂时不能解决", "1"),
    ]  # fmt: skip
    assert Report.objects.count() == 4 and Case.objects.filter(status__in=OPEN).count() == 1
    for (count, label), href in zip(board, hrefs, strict=True):  # each number is the length of the list behind it
        month.desk.goto(f"{href}" if href.startswith("/") else f"/console/day/{href}")
        assert month.desk.locator(".list-row").count() == int(count), label
