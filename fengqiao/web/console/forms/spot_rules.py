"""What the system administrator fills in about records on the spot: sums, types, days, and what raises a question."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.models import SpotLimits
from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.playbooks.rulebook.spot import MOST_DAYS, Limits
from fengqiao.web.console.forms.people import DayInput
from fengqiao.web.console.forms.picking import PickMany


class SpotLimitsForm(forms.Form):
    """The limits of what is settled on the spot, from a day on."""

    most = forms.DecimalField(
        label=_("Sum in yuan settled on the spot at most"),
        help_text=_("Leave it blank for any sum. What is beyond is taken in as a dispute."),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    never = forms.MultipleChoiceField(
        label=_("Types not settled on the spot"), choices=DisputeType.choices, required=False, widget=PickMany
    )
    late_days = forms.IntegerField(
        label=_("Days after which no record is written any more"), min_value=0, max_value=MOST_DAYS
    )
    alike = forms.IntegerField(label=_("Asked about: records with the same words"), min_value=2, max_value=100)
    near = forms.IntegerField(label=_("Asked about: words in common, in per cent"), min_value=1, max_value=100)
    in_an_hour = forms.IntegerField(
        label=_("Asked about: more records of one mediator within an hour than"), min_value=1, max_value=100
    )
    days = forms.IntegerField(label=_("Days the review looks back"), min_value=1, max_value=MOST_DAYS)
    on = forms.DateField(
        label=_("Holds from"), help_text=_("What was settled before is measured by its own day."), widget=DayInput
    )

    def __init__(self, data: Any = None, *, known: SpotLimits, today: date) -> None:
        said = {name: getattr(known, name) for name in Limits.__dataclass_fields__}
        super().__init__(data, initial=said | {"on": today})

    def limits(self) -> Limits:
        """Give the limits that were asked for."""
        said = {name: self.cleaned_data[name] for name in Limits.__dataclass_fields__}
        return Limits(**(said | {"never": tuple(said["never"])}))
