"""Reads a page as a browser does: what could run in it, what is said, which forms it holds."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LOADS = {"src", "href", "action", "formaction", "data", "poster", "srcset", "hx-get", "hx-post", "xlink:href"}
FORBIDDEN = {"iframe", "object", "embed", "base", "style", "applet", "x-evil"}
HARMLESS_DATA = ("data:image/png", "data:image/svg+xml")
INPUTS = {"input", "select", "textarea", "button"}
Given = dict[str, str]


@dataclass
class Field:
    """One field of a form, as the page describes it."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    is_on: bool = False
    is_asked: bool = False


@dataclass
class Form:
    """A form as it stands in a page."""

    method: str
    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def shape(self) -> tuple[str, frozenset[str]]:
        """Tell forms apart that lead to the same address: by the names of their fields."""
        return self.method, frozenset(each.name for each in self.fields)


class Reader(HTMLParser):
    """Reads a page and collects what could run in it, what is said, and its forms."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.words: list[str] = []
        self.forms: list[Form] = []
        self._named: dict[str, Form] = {}
        self._parts: list[tuple[Given, Form]] = []
        self._here: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Judge one element, and keep it if it is part of a form."""
        given = {name: value or "" for name, value in attrs}
        self.faults += list(judge(tag, given))
        self.words += given.values()
        if tag == "form":
            self._open(given)
        elif tag == "option" and self._select is not None:
            self._select.choices.append(given.get("value", ""))
            self._select.value = given.get("value", "") if "selected" in given else self._select.value
        elif tag in INPUTS and given.get("name"):
            self._keep(tag, given)
        elif "hx-post" in given and self._here is not None:
            self._parts.append((given, self._here))

    def handle_endtag(self, tag: str) -> None:
        """Leave a form, a list of choices or a text."""
        if tag == "form":
            self._here = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        """Keep what is said."""
        self.words.append(data)
        if self._area is not None:
            self._area.value += data

    def close(self) -> None:
        """Take what a script posts of a form while it is filled in for a form of its own."""
        super().close()
        for given, form in self._parts:
            sent = given["hx-params"].split(",")
            self.forms.append(Form("post", given["hx-post"], [each for each in form.fields if each.name in sent]))

    def _open(self, given: Given) -> None:
        form = Form(given.get("method", "get").lower(), given.get("action", ""))
        self.forms.append(form)
        self._named[given.get("id", "")] = self._here = form

    def _keep(self, tag: str, given: Given) -> None:
        form = self._named.get(given["form"]) if "form" in given else self._here
        kind = given.get("type", "text").lower() if tag == "input" else tag
        if form is None:
            return
        same = next((one for one in form.fields if one.name == given["name"] and one.kind == kind), None)
        one = same or Field(given["name"], kind, given.get("value", ""), [], "checked" in given, "required" in given)
        if same is None:
            form.fields.append(one)
        if kind in ("radio", "checkbox", "button", "submit"):
            one.choices.append(given.get("value", "on"))
        self._select = one if tag == "select" else self._select
        self._area = one if tag == "textarea" else self._area


def judge(tag: str, given: Given) -> list[str]:
    """Say what in one element could run, or stands in the page itself instead of a file of ours."""
    faults = []
    if tag in FORBIDDEN or (tag == "meta" and given.get("http-equiv", "").lower() == "refresh"):
        faults.append(f"<{tag}>")
    if tag == "script" and not _is_ours(given):
        faults.append(f"<script {given}>")
    faults += [f"{tag} {name}" for name in given if name.startswith(("on", "hx-on")) or name in ("srcdoc", "style")]
    return faults + [f"{tag} {name}={given[name]}" for name in LOADS & given.keys() if runs(given[name])]


def _is_ours(given: Given) -> bool:
    """Test if a script is a file of ours, or a block of data that no browser runs."""
    return given.get("src", "").startswith("/static/") or given.get("type") == "application/json"


def runs(address: str) -> bool:
    """Test if a browser would run an address instead of going there."""
    plain = re.sub(r"[\x00-\x20]", "", address).lower()
    return plain.startswith(("javascript:", "vbscript:", "data:")) and not plain.startswith(HARMLESS_DATA)


def read(page: str) -> Reader:
    """Read a page to its end."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader
