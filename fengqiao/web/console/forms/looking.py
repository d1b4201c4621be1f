"""Why a restricted case is looked at."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OTHER = "other"
REASONS = [
    ("step", gettext_lazy("To prepare a step, or to help whoever takes it")),
    ("resident", gettext_lazy("The resident asks about it")),
    ("progress", gettext_lazy("To see how far it is")),
    ("check", gettext_lazy("To check it: a review, an inspection, a complaint about us")),
    (OTHER, gettext_lazy("Another reason")),
]


class Why(forms.Form):
    """The reason, from a short list or in words."""

    reason = forms.ChoiceField(label=gettext_lazy("Why you look"), choices=REASONS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In words"), max_length=120, required=False, help_text=gettext_lazy("For “Another reason”.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where none of the list fits."""
        if self.cleaned_data.get("reason") == OTHER and len(self.cleaned_data.get("words", "").strip()) < 2:
            self.add_error("words", ValidationError(_("Say the reason in a few words.")))
        return self.cleaned_data

    def said(self) -> str:
        """Give the reason as it is written down."""
        words: str = self.cleaned_data["words"].strip()
        chosen = str(dict(REASONS)[self.cleaned_data["reason"]])
        if self.cleaned_data["reason"] == OTHER:
            return words
        return f"{chosen}: {words}" if words else chosen
