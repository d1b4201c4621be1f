"""Quickened templates draw what Django's own do, sign by sign, whatever they are given."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine, Template
from django.test import override_settings
from django.urls import NoReverseMatch
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from fengqiao.web.shared.quickening.lists import quicken
from fengqiao.web.shared.quickening.nodes import Included, Shown

PART = "[{{ thing.name }}|{{ more }}|{{ csrf_token }}|{{ around }}]"
FRAMED = "<{% cycle 'a' 'b' %}{{ around }}{% block inner %}{{ more }}{% endblock %}>"


class NoPartner(ObjectDoesNotExist, AttributeError):
    """What a row says that has no partner in another table."""


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

    @property
    def partner(self) -> str:
        raise NoPartner

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


class Asked(forms.Form):
    """A form with one question."""

    words = forms.CharField()


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
    "several": ["甲", "<乙>", "丙"],
    "pairs": [("a", 1), ("<b>", 2)],
    "twos": ["<b", {"c": 1, "d": 2}],
    "nothing": None,
    "moment": datetime(2026, 1, 2, 20, 30, tzinfo=UTC),
    "counted": Counter(items=7),
    "form": Asked(),
    "lazy_row": SimpleLazyObject(lambda: {"name": "懒"}),
    "field": Asked()["words"],
    "code": "20260302-7K3MQ",
    "safe_code": mark_safe("QXA0000001B"),
    "run": UUID(int=7),
    "view": "console:report",
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
    "{{ thing.partner }}{{ thing.partner.name }}{{ thing.partner|default:'d' }}{% if thing.partner %}1{% endif %}"
    "{% if thing.partner is None %}2{% endif %}{% if thing.partner == '' %}3{% endif %}"
    "{% if thing.partner.name %}4{% endif %}",
    "{{ empty.isdigit }}{{ nothing.name }}{{ nothing.name.name }}{{ nothing.0 }}{{ nothing.name|default:'d' }}"
    "{% if nothing.name is None %}1{% endif %}",
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
    "{% for a in several %}{{ a }}{{ forloop.counter0 }}{{ forloop.revcounter }}{{ forloop.revcounter0 }}"
    "{% if forloop.first %}<{% elif forloop.last %}>{% endif %}{{ forloop.parentloop }}{% endfor %}{{ forloop }}",
    "{% for a in several reversed %}{% for b in rows %}{{ a }}{{ forloop.parentloop.counter }}{{ b.name }}{% endfor %}"
    "{{ forloop.counter }}{% include 'part' with more=forloop.last %}{% endfor %}",
    "{% for a, b in pairs %}{{ a }}{{ b }}{{ forloop.counter }}{% empty %}none{% endfor %}{{ a }}",
    "{% for a, b in twos reversed %}{% if forloop.first %}{% firstof a as left %}{% endif %}[{{ left }}]"
    "{% for c, d in pairs %}{{ b }}{{ c }}{{ forloop.parentloop.last }}{% endfor %}{% endfor %}{{ left }}",
    "{% for a in once %}{{ a }}{% endfor %}{% for a in text %}{{ a }}{% endfor %}{% for a in empty %}x{% endfor %}",
    "{% for a in nothing %}x{% empty %}{% cycle 'p' 'q' as left %}{{ a }}{% endfor %}[{{ left }}]",
    "{% for a in several %}{% with around=a %}{{ around }}{% endwith %}{{ around }}{% endfor %}{{ around }}",
    "{% if 1 < number %}a{% endif %}{% if 1 <= number %}b{% endif %}{% if number > text %}c{% endif %}"
    "{% if number >= 7 %}d{% endif %}{% if yes is True %}e{% endif %}{% if yes is not None %}f{% endif %}"
    "{% if '<b>' in text %}g{% endif %}{% if 1 not in number %}h{% endif %}{% if text != number %}i{% endif %}",
    "{% if not absent|add:gone %}a{% endif %}{% if absent|add:gone %}b{% else %}c{% endif %}"
    "{% if absent|default:gone or yes %}d{% endif %}{% if thing.gone %}e{% elif thing.nothing or empty %}f{% endif %}",
    "{% if broken.name and yes %}a{% endif %}{% if not broken.name %}b{% endif %}"
    "{% if broken.name == 1 or yes %}c{% endif %}",
    "{{ moment }}{{ moment|date:'H:i' }}{{ moment|date }}{{ safe|upper }}{{ text|linebreaks }}{{ text|join:safe }}",
    "{% autoescape off %}{{ text|linebreaks }}{{ number }}{% endautoescape %}{{ number|add:'1' }}",
    "{{ several.0 }}{{ several.7 }}{{ text.0 }}{{ text.upper }}{{ pairs.0.1 }}{{ field.name }}{{ field.0 }}{{ field }}",
    "{{ form.words }}{{ form.errors }}{{ lazy_row.name }}{{ lazy_row.keys|length }}{{ counted.items }}",
    "{{ safe|last }}{{ text|last }}{% autoescape off %}{{ text|linebreaks }}{% endautoescape %}{{ text|addslashes }}",
    "{{ text|lower }}{{ safe|lower }}{{ thing.name|capfirst }}{{ text|truncatechars:2 }}{{ text|lower|safe|lower }}",
    "{% url 'console:case' code %}{% url 'console:case' safe_code %}{% url 'console:case' number %}",
    "{% url 'console:bulk_run' run %}{% url 'console:print' code as at %}[{{ at }}]{% url view code %}",
    "{% url 'console:step' code 'accept' %}{% url 'console:case' number=code %}{% autoescape off %}"
    "{% url 'console:case' code %}{% endautoescape %}{% url 'console:nowhere' code as at %}[{{ at }}]",
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
    given = GIVEN | {"name_of_part": "part", "broken": Broken()}

    with override(language):
        wanted = plain.render(Context(given | {"once": iter("ab")}))
        drawn = [quick.render(Context(given | {"once": iter("ab")})) for _ in range(2)]
        assert drawn == [wanted, wanted]


def test_numbers_are_grouped_where_that_is_asked_for() -> None:
    plain, quick = templates("{{ number }}{{ share }}{{ yes }}")

    for is_grouped in (False, True):
        with override_settings(USE_THOUSAND_SEPARATOR=is_grouped), override("en"):
            assert quick.render(Context(GIVEN)) == plain.render(Context(GIVEN))
            assert ("1,234,567" in quick.render(Context(GIVEN))) is is_grouped


@pytest.mark.parametrize("name", ["with space", "a/b", "", "中"])
def test_an_address_that_leads_nowhere_is_refused_as_ever(name: str) -> None:
    for template in templates("{% url 'console:case' name %}"):
        with pytest.raises(NoReverseMatch):
            template.render(Context({"name": name}))


@pytest.mark.filterwarnings("ignore:Calling format_html")  # Django's own, where there is no token
@pytest.mark.parametrize(
    "token", ["abc", "", None, 0, "NOTPROVIDED", "<\"'&>", mark_safe("<b>"), 7, gettext_lazy("Cases")]
)
def test_a_token_is_the_one_of_the_page(token: Any) -> None:
    plain, quick = templates("[{% csrf_token %}]")

    for said in (token, SimpleLazyObject(lambda: token)):
        assert quick.render(Context({"csrf_token": said})) == plain.render(Context({"csrf_token": said}))
    assert quick.render(Context()) == plain.render(Context()) == "[]"


def test_names_of_both_kinds_in_one_address_are_refused_as_ever() -> None:
    for template in templates("{% url 'console:case' code number=code %}"):
        with pytest.raises(ValueError, match="mix"):
            template.render(Context(GIVEN))


@pytest.mark.parametrize("each", [("a",), ("a", "b", "c"), "abc", "", 7, iter("ab"), None])
def test_too_few_or_too_many_parts_are_refused_as_ever(each: Any) -> None:
    refusals = []
    for template in templates("{% for a, b in rows %}{{ a }}{% endfor %}"):
        with pytest.raises(ValueError, match="Need 2 values") as refused:
            template.render(Context({"rows": [each]}))
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]


@pytest.mark.parametrize(
    "said", ["{% for each in rows %}{{ thing.name }}{% endfor %}", "{% with a=1 %}{{ thing.name }}{% endwith %}"]
)
def test_a_frame_is_taken_away_when_drawing_fails(said: str) -> None:
    _plain, quick = templates(said)
    context = Context({"thing": Broken(), "rows": [1]})
    before = list(context.dicts)

    with pytest.raises(AttributeError, match="inside"):
        quick.render(context)
    assert context.dicts == before


def test_a_page_in_search_of_a_fault_is_drawn_as_ever() -> None:
    ours = Engine.get_default()
    looking = Engine(loaders=ours.loaders, libraries=ours.libraries, builtins=ours.builtins, debug=True)

    assert not looking.get_template("console/cases/case.html").nodelist.get_nodes_by_type(Shown)


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
