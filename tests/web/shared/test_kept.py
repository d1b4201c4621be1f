"""A part that is kept is drawn once for what it is given, and says nothing that turns with time or reader."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, Template
from django.utils.translation import override

from fengqiao.web.shared import parts
from tests.both_ways import plain_engine

KEPT = re.compile(r'{% kept "([^"]+)"((?: \w+=[\w.]+)*) %}')
TURNS = re.compile(r"{% load [^%]*\bwords\b|{% now |csrf_token|\b(request|user|messages|perms)\b")
SAID = '{% load kept %}{% kept "parts/steps.html" steps=steps %}'
STEPS = (
    parts.Step(label="登记 <1>", state="done"),
    parts.Step(label="办理", state="here"),
    parts.Step(label="督办", state="next", note="2 次", is_lane=True),
)


def drawn(steps: tuple[parts.Step, ...], engine: Engine | None = None) -> str:
    return str(Template(SAID, engine=engine).render(Context({"steps": steps})))


def test_it_draws_the_same_as_an_include() -> None:
    included = Template('{% include "parts/steps.html" with steps=steps only %}').render(Context({"steps": STEPS}))

    assert drawn(STEPS) == drawn(STEPS) == drawn(STEPS, plain_engine()) == included.removesuffix("\n")
    assert "登记 &lt;1&gt;" in included


def test_it_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(STEPS)
    loaded: list[str] = []
    monkeypatch.setattr(Engine, "get_template", lambda _self, name: loaded.append(name))

    drawn(STEPS)

    assert not loaded


def test_other_values_and_other_languages_are_drawn_anew() -> None:
    changed = (*STEPS[:2], replace(STEPS[2], note="3 次"))
    assert "3 次" in drawn(changed)
    with override("en"):
        assert "(here now)" in drawn(STEPS)
    assert "(here now)" not in drawn(STEPS)


def test_what_is_kept_depends_on_nothing_else() -> None:
    texts = {path: path.read_text() for path in Path(settings.BASE_DIR / "fengqiao").rglob("templates/**/*.html")}
    names = {name for text in texts.values() for name, _given in KEPT.findall(text)}

    assert {"parts/steps.html", "console/nav.html"} <= names
    for path, text in texts.items():
        if any(str(path).endswith(f"templates/{name}") for name in names):
            assert not TURNS.search(text.partition("{% endcomment %}")[2]), path
