"""The board of the day: which day, which area, and a note for the next shift."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.oversight.models.daynote import NOTE_LIMIT
from fengqiao.places.models import Region


class DayFilter(forms.Form):
    """Which day and which area; both stand in the address."""

    on = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    region = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, data: Any, *, areas: Sequence[Region], shown: Region, on: date, today: date) -> None:
        super().__init__(data, auto_id="day_%s")
        known = areas if shown in areas else [shown, *areas]
        self.fields["region"].choices = [(each.code, each.name) for each in known]  # type: ignore[attr-defined]
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        self.initial = {"on": on, "region": shown.code}


class Note(forms.Form):
    """A word for the next shift."""

    words = forms.CharField(
        label=_("Note for the next shift"),
        max_length=NOTE_LIMIT,
        help_text=_("Give case numbers, no names or telephone numbers of residents, and nothing of restricted cases."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    stays_open = forms.BooleanField(label=_("Keep it on the board until somebody settles it"), required=False)
