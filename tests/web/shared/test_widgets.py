"""Fields drawn by hand say what Django's own templates say."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.test.html import parse_html
from django.utils.translation import gettext_lazy

from fengqiao.web.shared.forms import Renderer
from fengqiao.web.shared.widgets import DRAWN

SHARP = "\"><script>alert('1')</script>&amp;"
CHOICES = [
    ("", gettext_lazy("All")),
    (SHARP, SHARP),
    (7, 7),
    ("水务 <局>", [("a", "一"), ("b", SHARP)]),
    (gettext_lazy("Open"), [("c", "三")]),
]
WIDGETS: list[tuple[forms.Widget, list[Any]]] = [
    (forms.TextInput(attrs={"placeholder": SHARP, "data-search": True, "hidden": False}), ["", None, SHARP, 12]),
    (forms.Textarea(attrs={"rows": 3}), ["", None, SHARP, "\n两行\n话"]),
    (forms.Select(choices=CHOICES), ["", None, SHARP, 7, "7", "b"]),
    (forms.Select(choices=[]), [None]),
    (forms.SelectMultiple(choices=CHOICES), [[], ["a", "c", SHARP]]),
    (forms.RadioSelect(choices=CHOICES), ["", None, SHARP, 7, "7", "b"]),
    (forms.RadioSelect(choices=CHOICES, attrs={"class": SHARP, "data-search": True}), ["a"]),
    (forms.RadioSelect(choices=[]), [None]),
    (forms.CheckboxSelectMultiple(choices=CHOICES), [[], ["a", "c", SHARP]]),
    (forms.CheckboxInput(), [True, False, None, "on"]),
    (forms.DateInput(attrs={"type": "date"}), [date(2026, 11, 22), None]),
    (forms.HiddenInput(), [SHARP, None, 3]),
    (forms.PasswordInput(), ["geheim"]),
    (forms.NumberInput(attrs={"min": 1, "step": 0.5}), [1, 2.5, "x"]),
    (forms.SearchInput(), [SHARP]),
    (forms.TelInput(), ["138 0000 0000"]),
    (forms.URLInput(), ["https://x/?a=1&b=2"]),
    (forms.EmailInput(), ["a@b.cn"]),
    (forms.TimeInput(), ["09:30"]),
    (forms.DateTimeInput(), [None]),
]
SENT = [pytest.param(widget, value) for widget, values in WIDGETS for value in values]
CHOSEN = [(widget, value) for widget, values in WIDGETS for value in values if widget.use_fieldset]


@pytest.mark.parametrize(("widget", "value"), SENT)
def test_what_is_drawn_by_hand_is_what_the_templates_draw(widget: forms.Widget, value: Any) -> None:
    name, attrs = f"x{SHARP}", {"id": "id_x", "required": True, "aria-describedby": SHARP}
    assert widget.template_name in DRAWN
    ours = widget.render(name, value, attrs, renderer=Renderer())
    theirs = widget.render(name, value, attrs, renderer=DjangoTemplates())
    assert parse_html(ours) == parse_html(theirs)
    assert "<script" not in ours


@pytest.mark.parametrize("attrs", [{"id": "id_x", "class": SHARP}, {"id": ""}, {}])
@pytest.mark.parametrize(("widget", "value"), CHOSEN)
def test_choices_are_drawn_sign_by_sign_but_for_white_space(
    widget: forms.Widget, value: Any, attrs: dict[str, str]
) -> None:
    ours, theirs = (widget.render("x", value, attrs, renderer=by()) for by in (Renderer, DjangoTemplates))
    assert "".join(ours.split()) == "".join(theirs.split())


def test_an_option_with_a_template_of_its_own_is_refused() -> None:
    class Own(forms.RadioSelect):
        option_template_name = "own.html"

    with pytest.raises(KeyError, match=r"own\.html"):
        Own(choices=CHOICES).render("x", "a", renderer=Renderer())


def test_faults_are_drawn_as_ever_and_none_by_nothing() -> None:
    for said in ([], [SHARP], [SHARP, "两"]):
        ours, theirs = (ErrorList(said, renderer=by(), field_id="id_x") for by in (Renderer, DjangoTemplates))
        assert str(ours) == str(theirs)


def test_the_first_line_of_a_text_is_kept() -> None:
    drawn = forms.Textarea().render("x", "\n两行", renderer=Renderer())
    assert drawn == forms.Textarea().render("x", "\n两行", renderer=DjangoTemplates())


def test_all_that_is_drawn_by_hand_is_compared() -> None:
    options = {getattr(widget, "option_template_name", None) for widget, _values in WIDGETS if widget.use_fieldset}
    assert {widget.template_name for widget, _values in WIDGETS} | options == set(DRAWN)
