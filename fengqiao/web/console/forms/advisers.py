"""What is filled in about named studios, and about experts and co-mediators who may be invited."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.mediation.models import Committee, Expert, Mediator, Studio
from fengqiao.mediation.transitions.experts import Adviser
from fengqiao.mediation.transitions.studios import Plate
from fengqiao.web.console.forms.fields import LineField
from fengqiao.web.console.forms.people import DayInput
from fengqiao.web.console.forms.registers import Filter


class StudiosFilter(Filter):
    """The filters of the list of studios."""

    state = forms.ChoiceField(
        label=pgettext_lazy("filter", "State"),
        choices=[
            ("", pgettext_lazy("studios", "Open")),
            ("closed", pgettext_lazy("studios", "Closed")),
            ("all", _("All")),
        ],
        required=False,
    )


class ExpertsFilter(Filter):
    """The filters of the list of experts and co-mediators."""

    field = forms.ChoiceField(label=_("Field"), choices=[], required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("filter", "State"),
        choices=[("", _("May be invited")), ("ended", _("Not invited any more")), ("all", _("All"))],
        required=False,
    )

    def __init__(self, data: Any = None, *, fields: list[str]) -> None:
        super().__init__(data)
        self.fields["field"].choices = [("", _("Any")), *((each, each) for each in fields)]  # type: ignore[attr-defined]


class StudioForm(forms.Form):
    """The name of a studio, its committee and since when."""

    name = LineField(label=_("Name of the studio"), most=60, help_text=_("It usually carries the mediator's name."))
    committee = forms.ModelChoiceField(
        label=pgettext_lazy("mediation", "Committee"), queryset=Committee.objects.none(), empty_label=None
    )
    opened_on = forms.DateField(label=_("Opened on"), widget=DayInput)

    def __init__(self, data: Any = None, *, mediator: Mediator, today: date, known: Studio | None = None) -> None:
        said = {name: getattr(known, name) for name in Plate.__dataclass_fields__} if known else {"opened_on": today}
        super().__init__(data, initial=said)
        seats = set(mediator.memberships.lasting_beyond(today).values_list("committee", flat=True))
        field = self.fields["committee"]
        assert isinstance(field, forms.ModelChoiceField)
        own = seats | ({known.committee_id} if known else set())
        field.queryset = Committee.objects.filter(pk__in=own).select_related("unit").order_by("unit__name")

    def said(self) -> Plate:
        """Give what stands on the door."""
        return Plate(**self.cleaned_data)


class ExpertForm(forms.Form):
    """Somebody who may be invited when the parties agree."""

    name = LineField(
        label=pgettext_lazy("person", "Name"), most=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    body = LineField(label=_("Body or profession"), most=60)
    field = LineField(label=_("Field"), most=60, help_text=_("What they can say something about."))
    phone = LineField(label=_("Phone"), most=30, required=False, help_text=_("Shown to staff only."))

    def __init__(self, data: Any = None, *, known: Expert | None = None) -> None:
        said = {name: getattr(known, name) for name in Adviser.__dataclass_fields__} if known else {}
        super().__init__(data, initial=said)

    def said(self) -> Adviser:
        """Give what was said."""
        return Adviser(**self.cleaned_data)


class EndForm(forms.Form):
    """From which day something is no more, and why."""

    on = forms.DateField(label=_("First day it no longer holds"), widget=DayInput)
    because = LineField(label=_("Why"), most=200)

    def __init__(self, data: Any = None, *, since: date | None, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.since = since

    def clean_on(self) -> date:
        """Refuse a day before it began."""
        on: date = self.cleaned_data["on"]
        if self.since and on < self.since:
            raise ValidationError(_("It does not end before it began."))
        return on
