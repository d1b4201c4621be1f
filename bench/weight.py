"""What a resident's first page weighs on the wire: `./run bench weight`.

The page and everything it asks for, at the first visit of a browser that takes compressed answers; heads and bodies.
That the way works without JavaScript is held by tests: tests/web/resident/ sends every form without any.
"""

import argparse
import re
from urllib.parse import urljoin, urlsplit

from bench.kept import database
from bench.kept.stocking import ensure
from bench.load import figures, stack
from bench.load.client import Answer, Browser

ASKED_FOR = re.compile(rb'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"')
NOT_FETCHED = re.compile(rb'<link\b[^>]*rel="(?:canonical|alternate|help)"[^>]*>')
IMPORTED = re.compile(rb'(?:from|import)\s*\(?"(\.[^"]+\.js)"')
COMPRESSED = "Accept-Encoding: gzip, deflate, br\r\n"
PAGES = ("/", "/report/")


def main(arguments: list[str]) -> None:
    """Fetch each page as a new browser does and add up."""
    parser = argparse.ArgumentParser(prog="./run bench weight")
    parser.add_argument("--stock", type=int, default=database.USUAL)
    ensure(parser.parse_args(arguments).stock)
    with stack.running(quiet=False) as up:
        weights = {path: weigh(Browser(*up.at), path) for path in PAGES}
    first = weights[PAGES[0]]
    result = {"figure": round(sum(first.values()) / 1024, 1), "unit": "KiB on the wire, first load of the first page"}
    others = {path: round(sum(parts.values()) / 1024, 1) for path, parts in weights.items()}
    figures.tell("weight", result | {"errors": 0, "pages_kib": others, "bytes": first, **figures.machine()})


def weigh(browser: Browser, path: str) -> dict[str, int]:
    """Give the bytes of a page and of each thing it asks for."""
    page = _fetch(browser, path)
    parts, asked = {path: _bytes(page)}, _named(ASKED_FOR, NOT_FETCHED.sub(b"", page.body), path)
    while asked:
        address = asked.pop()
        if address not in parts:
            parts[address] = _bytes(_fetch(browser, address))
            # A script may ask for more; read a second time, as it is before it is compressed.
            asked += _named(IMPORTED, browser.get(address).body, address) if address.endswith(".js") else []
    return parts


def _named(pattern: re.Pattern[bytes], body: bytes, base: str) -> list[str]:
    found = [urljoin(base, name.decode()) for name in pattern.findall(body)]
    return [address for address in found if not urlsplit(address).scheme and not urlsplit(address).netloc]


def _fetch(browser: Browser, path: str) -> Answer:
    answer = browser.get(path, COMPRESSED)
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return answer


def _bytes(answer: Answer) -> int:
    return len(answer.head) + 2 + len(answer.body)
