"""A number to call, as staff write it down: a slip is pointed out, and what is all there is to know is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fengqiao.web.console.forms.fields import LineField
from fengqiao.web.shared.telephones import is_whole, tidied

SHOWN = "-shown"  # what the box held when it was drawn, sent along beside it


class Typed(str):
    """What was typed, and whether it is what the box held already."""

    stood_there = False


class PhoneInput(forms.TextInput):
    """A box for a number; one that is not whole is sent along as it was drawn, so that leaving it says it is meant."""

    def __init__(self) -> None:
        super().__init__({"inputmode": "tel", "autocomplete": "off"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        """Read what was typed, and whether it was left as it stood."""
        typed = Typed(super().value_from_datadict(data, files, name) or "")
        typed.stood_there = typed == data.get(f"{name}{SHOWN}")
        return typed

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw the box, and what it holds once more where that is no whole number."""
        box = super().render(name, value, attrs, renderer)
        if not value or is_whole(tidied(str(value))):
            return box
        return box + forms.HiddenInput().render(f"{name}{SHOWN}", value, renderer=renderer)


class PhoneField(LineField):
    """A number to call. Someone may know half of one, or whose it is: that is taken when it is sent a second time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=30, required=False, widget=PhoneInput, **kwargs)

    def clean(self, value: Any) -> str:
        """Tidy a whole number; say once of anything else that it is none, and then keep it as it was written."""
        said = super().clean(value)
        number = tidied(said)
        if not number or is_whole(number):
            return number
        if not getattr(value, "stood_there", False):
            raise ValidationError(
                _(
                    "This does not look like a whole phone number: a mobile has 11 digits, a landline its area code. "
                    "If it is all there is, save once more and it is kept as written."
                )
            )
        return said
