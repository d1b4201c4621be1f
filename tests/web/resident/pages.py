"""What a resident types, and a reader that carries the hidden fields from page to page as a browser does."""

from html.parser import HTMLParser
from typing import Any, TypeAlias

from django.test import Client

from tests import acts
from tests.cast import QingCounty

Page: TypeAlias = Any  # what the test client answers: a response that remembers its context


def answers(qing: QingCounty) -> dict[str, str]:
    """All that a resident types on the three screens."""
    return {
        "nature": "help",
        "text": acts.LEAK,
        "region": qing.willow.code,
        "place": "村口小学对面",
        "phone": "139 0000 0012",
        "reporter": "何秀英",
        "proxy": "",
    }


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.found[str(given["name"])] = given.get("value") or ""


def hidden(page: Page) -> dict[str, str]:
    """Read the hidden fields of a page."""
    reader = _Hidden()
    reader.feed(page.content.decode())
    return reader.found


def press(client: Client, page: Page, **typed: str) -> Page:
    """Send a page's form with what was typed, and with everything it carried."""
    return client.post("/report/", hidden(page) | typed)


def walk_to_check(client: Client, said: dict[str, str]) -> Page:
    """Go through the three screens to the summary."""
    page = client.get("/report/")
    for screen in (("text", "nature"), ("region", "place"), ("phone", "reporter", "proxy")):
        page = press(client, page, **{name: said[name] for name in screen})
    return page
