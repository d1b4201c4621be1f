"""Folded templates draw what the templates say, in the language that is spoken."""

from django.template import Context, Engine, Template
from django.template.base import TextNode
from django.utils.safestring import mark_safe
from django.utils.translation import override

from fengqiao.web.shared import folding

SAID = (
    '{% load i18n assets %}<p>{% translate "Cases" %} {% icon "list" %}</p>{% comment %}nothing{% endcomment %}'
    '{% if late %}<b>{% translate "Print" context "case" %}</b>{% else %}{{ name }}{% endif %}'
    '{% for each in names %}<a href="{% url "console:home" %}">{{ each }}</a>{% endfor %}'
    "{% blocktranslate with what=name %}Choose: {{ what }}{% endblocktranslate %} 100 %"
    "{% blocktranslate trimmed %} You watch: {{ name }}, and {{ nobody }} % {% endblocktranslate %}"
    "{% blocktranslate count n=names|length %}{{ n }} sign{% plural %}{{ n }} signs{% endblocktranslate %}"
)


def folded(language: str) -> Template:
    engine = Engine.get_default()
    loaders = [("fengqiao.web.shared.folding.Loader", [("django.template.loaders.locmem.Loader", {"said": SAID})])]
    own = Engine(loaders=loaders, libraries=engine.libraries, builtins=engine.builtins)
    with override(language):
        return own.get_template("said")


def test_it_says_the_same_as_before() -> None:
    plain = Engine.get_default().from_string(SAID)
    for language in ("zh-hans", "en"):
        template = folded(language)
        for given in ({"late": True, "names": "ab"}, {"late": False, "name": "<李>", "names": ""}):
            with override(language):
                assert template.render(Context(given)) == plain.render(Context(given))


def test_languages_do_not_mix() -> None:
    engine = Engine.get_default()
    loaders = [("fengqiao.web.shared.folding.Loader", [("django.template.loaders.locmem.Loader", {"said": SAID})])]
    own = Engine(loaders=loaders, libraries=engine.libraries, builtins=engine.builtins)

    said = []
    for language in ("zh-hans", "en", "zh-hans"):
        with override(language):
            said.append(own.get_template("said").render(Context({"late": True})))

    assert "事项" in said[0] and "Cases" in said[1] and "事项" not in said[1] and said[2] == said[0]


def test_what_never_changes_is_one_piece_of_text() -> None:
    template = folded("zh-hans")

    assert [type(node) for node in template.nodelist][0] is TextNode
    assert len(template.nodelist) == 7  # the text, the condition, the list, a sentence, the text, two sentences


def test_a_sentence_is_translated_once_and_filled_in_each_time() -> None:
    sentence, _text, other, counted = folded("zh-hans").nodelist[-4:]

    assert [type(node) for node in (sentence, other)] == [folding.Sentence] * 2
    assert not isinstance(counted, folding.Sentence)
    said = [sentence.render(Context({"name": name})) for name in ("<李>", "王", mark_safe("<b>陈</b>"))]
    assert said == ["选择：&lt;李&gt;", "选择：王", "选择：<b>陈</b>"]


def test_words_that_depend_on_the_page_are_left_alone() -> None:
    node = Engine.get_default().from_string("{% load i18n %}{% translate word %}").nodelist[-1]

    assert not folding._is_the_same(node)
