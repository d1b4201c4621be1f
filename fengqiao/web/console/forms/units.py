"""What a system administrator fills in about units: a unit, the end of one, and the filters of their list."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.people.models import Unit
from fengqiao.people.transitions.units import About
from fengqiao.web.console.forms.fields import LineField, RegionField, UnitField
from fengqiao.web.console.forms.offered import Choices
from fengqiao.web.console.forms.people import ANY, DayInput

STATES: Choices = [("", _("Open units")), ("closing", _("Closing soon")), ("closed", _("Closed units"))]


class UnitsFilter(forms.Form):
    """The filters of the list of units."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Name, old or new"), "data-search": ""}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *Unit.Kind.choices], required=False)
    state = forms.ChoiceField(label=pgettext_lazy("filter", "State"), choices=STATES, required=False)

    def wanted(self) -> dict[str, str]:
        """Give what was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class UnitForm(forms.Form):
    """What is said about a unit."""

    name = LineField(
        label=pgettext_lazy("unit", "Name"), most=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    short_name = LineField(
        label=_("Short name"), most=20, required=False, help_text=_("As people say it; it stands where room is short.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose a kind")), *Unit.Kind.choices])
    region = RegionField(label=_("Seat"), help_text=_("Where it sits: its page and its centre follow from this."))
    phone = LineField(
        label=_("Duty phone"), most=30, required=False, help_text=_("Shown to everybody. Never a private number.")
    )

    def __init__(self, data: Any = None, *, county: str, today: date, unit: Unit | None = None) -> None:
        known = (
            {name: getattr(unit, name) for name in ("name", "short_name", "kind", "region", "phone")} if unit else {}
        )
        super().__init__(data, initial=known)
        region = self.fields["region"]
        assert isinstance(region, RegionField)
        region.offer(county, today)

    def about(self) -> About:
        """Give what was said."""
        return About(**self.cleaned_data)


class CloseUnit(forms.Form):
    """From which day a unit is no more, and who takes over."""

    on = forms.DateField(label=_("First day it is closed"), widget=DayInput)
    successor = UnitField(
        label=_("Unit that takes over"),
        required=False,
        help_text=_("Open cases go there by themselves on that day; their due times do not move."),
    )

    def __init__(self, data: Any = None, *, unit: Unit, today: date) -> None:
        super().__init__(data, initial={"on": today})
        successor = self.fields["successor"]
        assert isinstance(successor, UnitField)
        successor.empty_label = _("Nobody: it has nothing left to do")
        successor.offer(unit.county, today, without=[unit.pk])
        self.today = today

    def clean_on(self) -> date:
        """Refuse a day that is over."""
        on: date = self.cleaned_data["on"]
        if on < self.today:
            raise ValidationError(_("A unit closes today at the earliest."))
        return on
