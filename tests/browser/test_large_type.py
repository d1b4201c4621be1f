"""Every page there is, in large type: nothing wider than a phone, nothing serious for axe, no English, no dead end.

The addresses are read from the URL table, so that a new page is walked from its first day; one that names its thing in
a way nobody has taught this page fails.
"""

from collections.abc import Iterator
from dataclasses import fields
from itertools import product

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.architecture.test_access import ours_and_theirs
from tests.architecture.test_restricted_doors import path_of
from tests.browser.conftest import Shot
from tests.browser.furnishing import Furnished, bearer, cookies, furnish, signed_in
from tests.browser.test_console import english
from tests.browser.test_resident import faults
from tests.cast import QingCounty
from tests.mediation.table import Table

DESKS = ("ma_clerks", "chen_dispatches", "liu_handles_water", "wu_supervises")
ADMINISTRATORS = ("shi_runs_the_system", "feng_secures", "bai_audits")
WALKS = {"resident": (), "desk": DESKS, "administrators": ADMINISTRATORS}
SET_UP = ("/console/setup/", "/console/audit/", "/accounts/")
EMPTY = {"cases", "units"}  # lists that say what to do where nothing is found
NEVER = {"account_logout"}  # ends the walk
NO_PAGES = {"waiting", "basket", "arriving", "sign_in"}  # what these name is a picture, a piece of a file, or an act
# What an address of a page says in Latin letters: names of accounts, devices, formats, and of our editions.
LATIN = {
    "English", "Chrome", "HeadlessChrome", "Linux", "Shift", "Delete", "GeoJSON", "FeatureCollection", "Polygon",
    "MultiPolygon", "CGCS", "code", "place", "track", "http", "localhost", "wecombot", "dingtalk", "feishu", "mailtos",
    "json", "JSON", "geojson", "Cookie",
}  # fmt: skip
ACCOUNTS = {part for field in (*fields(QingCounty), *fields(Table)) for part in field.name.split("_")}
WAYS_ON = "[...document.querySelectorAll('a[href], button')].filter((one) => one.offsetParent).length"


def queries(name: str | None) -> Iterator[str]:
    """Ask plainly, and for what a list shows otherwise; the steps of a case are looked at in test_console.py."""
    yield ""
    if name == "audit":
        yield from ("?log=looks", "?log=failed")
    elif name in EMPTY:
        yield "?q=没有这样的事"


def walk_of(address: str) -> str:
    """Say on which walk an address lies."""
    if address.startswith(SET_UP):
        return "administrators"
    return "desk" if address.startswith("/console/") else "resident"


def addresses(furnished: Furnished) -> Iterator[str]:
    """Give every address with every thing it may name."""
    for address, one in ours_and_theirs():
        wanted = sorted(one.pattern.converters)
        if one.name in NEVER or NO_PAGES & set(wanted):
            continue
        for values in product(*(furnished.values[name] for name in wanted)):
            path = path_of(address, dict(zip(wanted, values, strict=True)))
            yield from (path + query for query in queries(one.name))


def pages(client: Client, found: list[str]) -> Iterator[str]:
    """Narrow to the addresses that show this reader a page; a piece that a script asks for is none."""
    for address in found:
        answer = client.get(address)
        if answer.status_code == 200 and not answer.streaming and b"<html" in answer.content:
            yield address


@pytest.mark.parametrize("walk", WALKS)
def test_every_page_holds_in_large_type(
    page: Page, shot: Shot, qing: QingCounty, live_server: LiveServer, walk: str
) -> None:
    cache.clear()
    furnished = furnish(qing)
    readers = [signed_in(getattr(qing, who)) for who in WALKS[walk]] or [bearer(furnished)]
    left = [address for address in addresses(furnished) if walk_of(address) == walk]
    wrong: dict[str, list[str]] = {}
    for reader in readers:
        page.context.clear_cookies()
        page.context.add_cookies(cookies(reader, live_server.url))  # type: ignore[arg-type]
        for address in list(pages(reader, left)):
            left.remove(address)
            wrong[address] = look(page, shot, address)
    assert "\n".join(f"{address} {said}" for address, said in wrong.items() if said) == ""
    assert len(wrong) > 15


def look(page: Page, shot: Shot, address: str) -> list[str]:
    """Open one page and collect what is wrong with it."""
    page.goto(address)
    said = faults(page) + sorted(english(page) - LATIN - ACCOUNTS)
    if not page.evaluate(WAYS_ON):
        said.append("leads nowhere")
    try:
        shot(page, "walk" + address.replace("/", "-"))
    except AssertionError as wide:
        said.append(str(wide).splitlines()[0])
    return said
