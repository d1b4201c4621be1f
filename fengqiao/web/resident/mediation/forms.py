"""What a party says of its mediation."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from fengqiao.mediation.models import Mediator
from fengqiao.web.resident.forms.tracking import Words

WORDS_MOST = 500  # as the record of consent holds


class Say(Words):
    """A word beside the answer; nobody has to give one."""

    words = forms.CharField(
        label=gettext_lazy("Anything to add?"),
        required=False,
        max_length=WORDS_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Choose(forms.Form):
    """Whom of the committee one would like to mediate."""

    mediator = forms.ModelChoiceField(
        queryset=Mediator.objects.none(),
        label=gettext_lazy("Who shall mediate?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )

    def __init__(self, data: Any = None, *, offered: QuerySet[Mediator]) -> None:
        super().__init__(data)
        self.fields["mediator"].queryset = offered  # type: ignore[attr-defined]
