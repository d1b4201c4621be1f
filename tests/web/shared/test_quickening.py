"""Quickened templates draw what Django's own do, sign by sign, whatever they are given."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine, Template
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from fengqiao.web.shared.quickening import Included, Shown, quicken

PART = "[{{ thing.name }}|{{ more }}|{{ csrf_token }}|{{ around }}]"
FRAMED = "<{% cycle 'a' 'b' %}{{ around }}{% block inner %}{{ more }}{% endblock %}>"


class Thing:
    """A row of a page."""

    name = "<李>"
    nothing = None
    several = ("一", "二")

    def label(self) -> str:
        return "标签 & 名"

    def delete(self) -> str:
        raise AssertionError("no page may call this")

    delete.alters_data = True  # type: ignore[attr-defined]

    def gone(self) -> str:
        raise ObjectDoesNotExist

    def with_words(self, words: str) -> str:
        return words

    def __str__(self) -> str:
        return "<thing>"


class Kept:
    """Something a page may speak of but not call."""

    do_not_call_in_templates = True

    def __call__(self) -> str:
        raise AssertionError("no page may call this")

    def __str__(self) -> str:
        return "kept"


class Broken:
    """Something that fails when asked."""

    @property
    def name(self) -> str:
        raise AttributeError("inside")


GIVEN: dict[str, Any] = {
    "thing": Thing(),
    "lazy": SimpleLazyObject(Thing),
    "kept": Kept(),
    "row": {"name": "行", "items": "its own", "deep": {"er": [Thing()]}},
    "text": "<b>&'\"",
    "safe": mark_safe("<b>"),
    "word": gettext_lazy("Cases"),
    "number": 1234567,
    "share": 1234.5,
    "day": date(2026, 1, 2),
    "yes": True,
    "empty": "",
    "rows": [Thing(), {"name": "二"}],
    "around": "外",
    "call": lambda: "called",
}
SAID = (
    "{{ thing.name }}{{ thing.nothing }}{{ thing.label }}{{ thing.label|length }}{{ thing }}{{ thing.several.1 }}",
    "{{ thing.gone }}{{ thing.delete }}{{ thing.with_words }}",
    "{{ thing.absent }}{{ thing.absent.further }}{{ absent }}{{ absent.name }}",
    "{{ lazy.name }}{{ lazy.label }}{{ lazy.absent }}{{ kept }}{{ kept.name }}{{ call }}{{ call.upper }}",
    "{{ row.name }}{{ row.items }}{{ row.keys|length }}{{ row.deep.er.0.label }}{{ row.absent }}{{ row.deep.er.7 }}",
    "{{ text }}{{ safe }}{{ word }}{{ number }}{{ share }}{{ day }}{{ yes }}{{ empty }}{{ 7 }}{{ 'q<' }}{{ None }}",
    "{{ text|upper }}{{ text|default:thing.name }}{{ absent|default:thing.name }}{{ text|add:row.name|safe }}",
    "{% autoescape off %}{{ text }}{{ thing.name }}{% endautoescape %}",
    "{% if thing.nothing or not thing.absent and row.name == '行' %}1{% elif absent %}2{% else %}3{% endif %}",
    "{% if absent.name %}1{% endif %}{% if number > 5 and 'x' in absent %}2{% endif %}",
    "{% if lazy.name|length > 2 %}3{% endif %}{% if number == 1234567 and absent is None %}4{% endif %}",
    "{% for each in rows %}{{ forloop.counter }}{{ each.name }}{% empty %}none{% endfor %}",
    "{% for a in absent %}x{% empty %}none{% endfor %}",
    "{% with more=thing.label other=absent.name %}{{ more }}{{ other }}{% endwith %}{% firstof absent thing.name %}",
    "{% include 'part' %}{% include 'part' with more=text %}",
    "{% include 'part' with thing=row more=number only %}{{ more }}",
    "{% for each in rows %}{% include 'part' with thing=each only %}{% include 'framed' with more=each %}{% endfor %}",
    "{{ autoescape }}{{ template_name }}{{ push }}{% if request %}1{% endif %}",
    "{{ _('Cases') }}{{ absent|default:_('Print') }}",
    "{% include name_of_part %}{% include 'part'|lower %}",
    "{% for each in rows %}{% cycle 'a' thing.name as now silent %}{{ now }}{% endfor %}",
    "{% for each in rows %}{% ifchanged each.name %}!{% endifchanged %}{% endfor %}",
)


def templates(said: str) -> tuple[Template, Template]:
    """Read a template twice, and quicken the second."""
    engine = Engine.get_default()
    loaders = [("django.template.loaders.locmem.Loader", {"part": PART, "framed": FRAMED})]
    own = Engine(loaders=loaders, libraries=engine.libraries, builtins=engine.builtins)
    plain, quick = own.from_string(said), own.from_string(said)
    quicken(quick.nodelist)
    return plain, quick


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_draws_the_same(said: str, language: str) -> None:
    plain, quick = templates(said)
    given = GIVEN | {"name_of_part": "part"}

    with override(language):
        wanted = plain.render(Context(given))
        assert [quick.render(Context(given)) for _ in range(2)] == [wanted, wanted]


def test_what_is_left_over_from_an_include_is_nothing() -> None:
    _plain, quick = templates("{% include 'part' with more=text only %}{{ thing.name }}{{ more }}")
    context = Context(GIVEN)
    before = list(context.dicts)

    assert quick.render(context) == "[|&lt;b&gt;&amp;&#x27;&quot;||]&lt;李&gt;"
    assert context.dicts == before


def test_an_include_that_fails_leaves_the_page_its_values() -> None:
    _plain, quick = templates("{% include 'part' with thing=thing only %}")
    context = Context({"thing": Broken()})

    with pytest.raises(AttributeError, match="inside"):
        quick.render(context)
    assert context["thing"].__class__ is Broken


def test_a_fault_inside_a_row_is_not_hidden() -> None:
    for template in templates("{{ thing.name }}"):
        with pytest.raises(AttributeError, match="inside"):
            template.render(Context({"thing": Broken()}))


def test_the_pages_are_quickened() -> None:
    found = Engine.get_default().get_template("console/cases/case.html").nodelist

    assert found.get_nodes_by_type(Shown) and found.get_nodes_by_type(Included)
