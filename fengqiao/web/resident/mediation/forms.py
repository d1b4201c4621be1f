"""What a party says of its mediation."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from fengqiao.mediation.models import Invitation, Mediator
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


class AnswerInvitation(forms.Form):
    """Whether somebody the mediator would like to bring in may take part (art. 20)."""

    invitation = forms.ModelChoiceField(
        queryset=Invitation.objects.none(),
        label=gettext_lazy("Who is invited"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    agrees = forms.TypedChoiceField(
        label=gettext_lazy("May they take part?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one.")},
    )

    def __init__(self, data: Any = None, *, offered: QuerySet[Invitation]) -> None:
        super().__init__(data)
        field: Any = self.fields["invitation"]
        field.queryset = offered
        field.label_from_instance = lambda each: f"{each.name} · {each.role}"
        self.initial = {"invitation": offered.first()}
