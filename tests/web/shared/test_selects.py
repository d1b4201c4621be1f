"""Choices are fetched when they are wanted, once."""

from django import forms

from fengqiao.web.shared.copying import Form
from fengqiao.web.shared.selects import Choice, Offered

CHOICES = (("", "全部"), ("水务", (("a", "一"), ("b", "二"))))


class Filter(Form):
    unit = forms.ChoiceField(required=False)


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
