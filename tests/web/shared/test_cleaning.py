"""A form cleans its answers as Django's does, though it binds few of its fields."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from fengqiao.web.shared.letting_go import Form


class Asks(forms.Form):
    """A form with one field of each sort that is cleaned differently."""

    words = forms.CharField(max_length=5)
    none = forms.CharField(required=False)
    kept = forms.CharField(disabled=True, initial="kept")
    number = forms.IntegerField(required=False)
    agreed = forms.BooleanField(required=False)
    among = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    moment = forms.SplitDateTimeField(required=False)
    photo = forms.FileField(required=False)

    def clean_number(self) -> int:
        """Refuse one, and double the rest."""
        number: int = self.cleaned_data["number"] or 0
        if number == 1:
            raise forms.ValidationError("not one")
        return number * 2


class AsksOurs(Form, Asks):
    """The same, as ours are cleaned."""


@pytest.mark.parametrize(
    "answers",
    [
        "",
        "f-words=abc&f-none=+x+&f-kept=lost&f-number=3&f-agreed=on&f-among=a&f-among=b",
        "f-words=abcdef&f-number=1&f-among=c&f-moment_0=2026-11-23&f-moment_1=9:00",
        "f-words=a&f-number=x&f-moment_0=never&words=b",
    ],
)
def test_a_form_is_cleaned_as_djangos_is(answers: str) -> None:
    files: Any = MultiValueDict({"f-photo": [SimpleUploadedFile("a.jpg", b"a" if "abc&" in answers else b"")]})
    ours, djangos = AsksOurs(QueryDict(answers), files, prefix="f"), Asks(QueryDict(answers), files, prefix="f")

    assert ours.errors == djangos.errors
    assert ours.cleaned_data == djangos.cleaned_data
    assert "photo" in ours.cleaned_data or ours.errors["photo"]
