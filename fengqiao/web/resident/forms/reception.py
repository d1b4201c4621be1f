"""Choosing a time on a reception day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.reception.queries import Slot
from fengqiao.web.shared.words import clock_time


class Time(forms.Form):
    """One of the times that are free."""

    slot = forms.TypedChoiceField(
        label=_("When do you want to come?"),
        choices=[],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a time."),
            "invalid_choice": _("Somebody else took that time; please choose another one."),
        },
    )

    def __init__(self, data: Any = None, *, slots: list[Slot]) -> None:
        super().__init__(data)
        self.fields["slot"].choices = [(slot.number, clock_time(slot.begins)) for slot in slots]  # type: ignore[attr-defined]
        if slots:
            self.initial["slot"] = slots[0].number
