"""What a narrow window, or a sheet of paper, asks of tables: no scrolling, and a name is read in one go."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate, now
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from fengqiao.cases.models import Case
from fengqiao.mediation.models import Dossier
from fengqiao.people.models import DutyTurn, Role
from fengqiao.places.models import PrintedFigure
from tests import acts
from tests.browser.conftest import PHONE
from tests.browser.test_console import desk  # noqa: F401  the people with passwords
from tests.browser.test_mediation import table  # noqa: F401  the mediators with passwords
from tests.browser.test_one_case import sit_down
from tests.browser.test_units import sit
from tests.cast import QING, QingCounty, hold
from tests.mediation import table as tables
from tests.mediation.table import Table

A4, BETWEEN_MARGINS = 794, "(main) => { main.style.maxWidth = '650px' }"  # rules go by the sheet, not by its margins
HIDDEN = "(box) => box.scrollWidth - box.clientWidth"


def test_the_board_of_the_day_is_read_on_a_phone(page: Page, desk: QingCounty) -> None:  # noqa: F811
    today: datetime = now()
    acts.receive(desk, at=today)
    acts.dispatch(desk, acts.open_leak(desk, at=today), at=today)
    Case.objects.update(due_at=today - timedelta(days=4, hours=5))
    sit_down(page, desk.chen_dispatches)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/console/day/")

    came = page.locator("section[aria-labelledby=came-title]")
    assert came.locator(".table-scroll").evaluate(HIDDEN) == 0
    name, total = (came.locator(f"tbody tr:first-child {each}").bounding_box() for each in ("th", "th + td"))
    assert name and total and abs(name["y"] - total["y"]) < 1
    assert total["x"] + total["width"] <= PHONE[0]
    unit = page.locator("section[aria-labelledby=late-title] tbody th").first
    assert unit.evaluate("(name) => name.getClientRects()[0].width") > PHONE[0] / 2


def test_a_phone_number_is_read_in_one_line(page: Page, desk: QingCounty) -> None:  # noqa: F811
    turn = {"county": QING, "centre": desk.centre, "unit": desk.water, "phone": "0934-0000100"}
    DutyTurn.objects.create(on=localdate(), **turn)
    sit_down(page, desk.chen_dispatches)
    for width in range(320, 420, 10):
        page.set_viewport_size({"width": width, "height": PHONE[1]})
        page.goto("/console/day/")

        assert page.locator("a[href^='tel:']").evaluate("(link) => link.getClientRects().length") == 1, width


def test_the_sheet_of_the_year_holds_all_its_columns(page: Page, desk: QingCounty) -> None:  # noqa: F811
    printed_on, source = date(2023, 12, 18), "甘肃政法网：《以点带面夯实主动创稳底板——庆阳镇原创新推行“1+4”治理模式》"
    for what, value in ((PrintedFigure.What.DISPUTES, 2570), (PrintedFigure.What.DISPUTES_SETTLED, 2536)):
        PrintedFigure.objects.create(
            county=QING, what=what, value=value, printed_on=printed_on, source=source, note="成功率98.6%"
        )
    sit_down(page, desk.chen_dispatches)
    page.set_viewport_size({"width": A4, "height": 1000})
    page.emulate_media(media="print")
    page.goto("/console/disputes/")
    page.locator("main").evaluate(BETWEEN_MARGINS)

    assert page.locator("section[aria-labelledby=printed-title] .table-scroll").evaluate(HIDDEN) == 0


def test_the_figures_of_a_county_are_cards_on_a_phone(page: Page, desk: QingCounty) -> None:  # noqa: F811
    PrintedFigure.objects.create(
        county=QING, what=PrintedFigure.What.CENTRES, value=240, printed_on=date(2023, 12, 18), source="甘肃政法网" * 9
    )
    sit_down(page, desk.chen_dispatches)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/console/places/")

    assert page.locator("main .table-scroll").evaluate(HIDDEN) == 0
    row = page.locator("main .table-scroll tbody tr").bounding_box()
    assert row and row["height"] < 300
    page.locator(".township summary").first.click()
    way = page.locator(".township-ways a").first.bounding_box()
    assert way and way["height"] >= 40


def test_all_of_a_card_begins_on_one_line(page: Page, desk: QingCounty, live_server: LiveServer) -> None:  # noqa: F811
    acts.receive(desk, at=now())
    sit(page, live_server.url, desk.feng_secures)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/console/setup/people/chen_dispatches/")
    of_person = starts(page, "h2", "tbody th", ".card-acts .btn", ".card-note")
    sit(page, live_server.url, desk.chen_dispatches)
    page.goto("/console/")
    of_waiting = starts(page, "h2", ".row-due")

    assert len({round(start) for start in (*of_person, *of_waiting)}) == 1


def test_the_papers_of_a_dossier_begin_where_other_cards_do(page: Page, table: Table, live_server: LiveServer) -> None:  # noqa: F811
    dossier = tables.begin(table, at=now())
    sit(page, live_server.url, table.he_mediates_willow)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"/console/cases/{dossier.case.number}/papers/")
    of_papers = starts(page, "li")
    page.goto("/console/mediation/")

    assert of_papers == starts(page, "h2")


def test_a_list_of_people_takes_three_lines_for_each_on_a_phone(
    page: Page,
    desk: QingCounty,  # noqa: F811
    live_server: LiveServer,
) -> None:
    for role, unit in ((Role.HANDLER, desk.water), (Role.SUPERVISOR, desk.centre), (Role.DISPATCHER, desk.east_office)):
        hold(desk.zhou_clerks, role, desk.willow, unit)
    sit(page, live_server.url, desk.feng_secures)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/console/setup/people/")
    rows = page.locator("main tbody tr")

    assert max(rows.evaluate_all("(rows) => rows.map((row) => row.getBoundingClientRect().height)")) < 110
    assert page.locator("main .table-scroll").evaluate(HIDDEN) == 0
    many = rows.filter(has_text="周静")
    for role in (Role.CLERK, Role.HANDLER, Role.SUPERVISOR, Role.DISPATCHER):
        shown = many.get_by_text(str(role.label), exact=True)
        cell, name = many.locator("td").nth(1).bounding_box(), shown.bounding_box()
        assert cell and name and name["y"] + name["height"] <= cell["y"] + cell["height"] + 1, role


def starts(page: Page, *parts: str) -> list[float]:
    """Measure where parts of a page's cards begin, without the room they keep inside."""
    inside = "(part) => part.getBoundingClientRect().x + parseFloat(getComputedStyle(part).paddingLeft)"
    inked = "(part) => part.getBoundingClientRect().x"
    of_cards = [page.locator(f"main .desk-card {part}").first for part in parts]
    return [card.evaluate(inked if ".btn" in part else inside) for part, card in zip(parts, of_cards, strict=True)]


def test_what_is_overdue_and_the_number_of_a_dossier_do_not_lie_over_one_another(page: Page, table: Table) -> None:  # noqa: F811
    tables.begin(table, at=now() - timedelta(hours=10))
    Case.objects.update(due_at=now() - timedelta(hours=8, minutes=56), due_stage="mediate")
    Dossier.objects.update(tag="柳树村人调", serial=18)
    sit_down(page, table.he_mediates_willow)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})

    for address in ("/console/mediation/", "/console/mediation/dossiers/"):
        page.goto(address)
        row = page.locator(".dossier-row").first
        due, number = (row.locator(each).bounding_box() for each in (".row-due .left", ".row-number"))
        assert due and number
        assert due["x"] + due["width"] <= number["x"] or due["y"] + due["height"] <= number["y"]
