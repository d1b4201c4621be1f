"""Choices are fetched when they are wanted, once; a select box is drawn once for all who are offered the same."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from fengqiao.web.shared import selects
from fengqiao.web.shared.copying import Form
from fengqiao.web.shared.forms import Renderer
from fengqiao.web.shared.selects import Choice, Offered, Select

SHARP = "\"><script>alert('1')</script>&amp;"
CHOICES = (("", gettext_lazy("All")), (SHARP, SHARP), ("7", 7), ("水务 <局>", (("a", "一"), ("b", SHARP))))


class Filter(Form):
    unit = forms.ChoiceField(required=False, widget=Select)


def test_choices_are_fetched_once_and_not_before_somebody_wants_them() -> None:
    fetched: list[tuple[Choice, ...]] = []

    def offer() -> tuple[Choice, ...]:
        fetched.append(CHOICES)
        return CHOICES

    blank, chosen, nonsense = (Filter({"unit": value}) for value in ("", "b", "c"))
    for form in (blank, chosen, nonsense):
        form.fields["unit"].choices = Offered(offer)  # type: ignore[attr-defined]

    assert blank.is_valid() and not fetched
    assert chosen.is_valid() and 'value="b" selected' in str(chosen["unit"])
    assert not nonsense.is_valid() and "selected" not in str(nonsense["unit"])
    assert len(fetched) == 2


def drawn(
    value: Any = None, attrs: Any = None, by: Any = None, name: str = "x", choices: Any = CHOICES, kind: Any = Select
) -> str:
    return str(kind(choices=Offered(lambda: choices)).render(name, value, attrs, by or Renderer()))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("attrs", [None, {"id": "id_x", "required": True, "class": SHARP}])
@pytest.mark.parametrize("by", [Renderer(), DjangoTemplates()])
@pytest.mark.parametrize("value", ["", None, SHARP, 7, "7", "b", "nothing of these"])
def test_a_box_that_was_drawn_before_is_djangos_own(value: Any, by: Any, attrs: Any, language: str) -> None:
    with override(language):
        plain = drawn(value, attrs, by, kind=forms.Select)
        assert drawn(value, attrs, by) == drawn(value, attrs, by) == plain
        assert drawn(value, attrs, by, name=SHARP) == plain.replace('name="x"', drawn(name=SHARP).split(">")[0][8:])


def test_a_box_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selects, "_DRAWN", {})

    assert drawn("b") is drawn("b")
    assert drawn("b", choices=(("b", "乙方"),)) is drawn("b", choices=(("b", "".join(["乙", "方"])),))
    others = [drawn("a"), drawn("b", name="y"), drawn("b", {"id": "1"}), drawn("b", choices=(("b", "乙"), *CHOICES))]
    with override("en"):
        others.append(drawn("b"))
    assert len({drawn("b"), *others}) == len(selects._DRAWN) - 1 == 6  # noqa: SLF001


def test_a_box_is_forgotten_with_its_choices_and_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selects, "_DRAWN", {})
    monkeypatch.setattr(selects, "MOST_DRAWN", 3)

    for number in range(500):
        words = f"第{number}"
        assert f">{words}</option>" in drawn(choices=(("a", (("b", words),)),))  # others may stand where these stood
        assert len(selects._DRAWN) <= 3  # noqa: SLF001


def test_words_are_told_from_words_that_are_safe_and_numbers_from_words() -> None:
    assert ">&lt;i&gt;<" in drawn(choices=(("a", "<i>"),)) and "><i><" in drawn(choices=(("a", SafeString("<i>")),))
    assert 'value="True"' in drawn(choices=((True, "a"),)) and 'value="1"' in drawn(choices=((1, "a"),))


def test_what_may_change_meanwhile_is_drawn_each_time() -> None:
    choices = [("水务", [("a", "一")])]
    first = drawn(choices=choices)
    choices[0][1].append(("b", "二"))

    assert "二" not in first and "二" in drawn(choices=choices)
