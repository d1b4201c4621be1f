"""What a security administrator fills in: an account, a post, the end of one."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.people.models import Role
from fengqiao.people.transitions.posts import Holding
from fengqiao.web.console.forms.fields import LineField, RegionField, UnitField
from fengqiao.web.console.forms.offered import Choices, unit_choices

ANY = ("", _("All"))
STATES: Choices = [
    ("", _("Open accounts")),
    ("without", _("Without a post today")),
    ("ended", _("With posts that have ended")),
    ("closed", _("Closed accounts")),
]


class PeopleFilter(forms.Form):
    """The filters of the list of people."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Name or user name"), "data-search": ""}),
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[ANY, *Role.choices], required=False)
    state = forms.ChoiceField(label=pgettext_lazy("filter", "Accounts"), choices=STATES, required=False)

    def __init__(self, data: Any, *, county: str, today: date) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["unit"].choices = [ANY, *unit_choices(county, today)]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """Give what was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class NewAccount(forms.Form):
    """Who is to have an account."""

    name = LineField(label=_("Name"), most=40, widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}))
    username = forms.RegexField(
        label=_("User name"),
        regex=r"^[a-z0-9][a-z0-9._-]*$",
        max_length=60,
        help_text=_("Small letters, digits, “.”, “-” and “_”; it cannot be changed afterwards."),
        error_messages={"invalid": _("Use small letters, digits, “.”, “-” and “_” only.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )


class DayInput(forms.DateInput):
    """A day, picked or typed; a browser without a picker shows a line."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class NewPost(forms.Form):
    """Which post somebody is to hold."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role")), *Role.choices])
    unit = UnitField(label=_("Unit"))
    region = RegionField(
        label=_("Area answered for"), help_text=_("What lies in this area, or below it, is seen by this post.")
    )
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("First day no longer held"), help_text=_("Leave blank if it is open."), widget=DayInput, required=False
    )

    def __init__(self, data: Any = None, *, asked: Any, county: str, today: date) -> None:
        super().__init__(data, initial={"starts_on": today})
        self.today = today
        unit, region = self.fields["unit"], self.fields["region"]
        assert isinstance(unit, UnitField) and isinstance(region, RegionField)
        unit.offer(county, today)
        region.offer(county, today)
        self.offered = ""
        self._offer_area(unit, asked)

    def _offer_area(self, field: UnitField, asked: Any) -> None:
        """Begin with the seat of the unit that was chosen, unless another area was chosen by hand."""
        try:
            unit = field.clean(asked.get("unit"))
        except ValidationError:
            return
        if unit is not None:
            self.offered, chosen = str(unit.region_id), asked.get("region")
            by_hand = chosen and chosen != asked.get("offered")
            self.initial.update(unit=unit.pk, region=chosen if by_hand else self.offered)

    def clean(self) -> dict[str, Any]:
        """Where the area was left blank, fill in the seat of the unit and ask once more; it is never taken unseen."""
        unit = self.cleaned_data.get("unit")
        if unit is not None and self.has_error("region", "required") and unit.region.is_open_on(self.today):
            words = _("Choose the area. %(place)s, the seat of %(unit)s, is filled in; if it is that, send once more.")
            del self.errors["region"]
            self.add_error("region", words % {"unit": unit, "place": unit.region.place_name})
            self.offered = str(unit.region_id)
            self.data = {name: self.data.get(name, "") for name in self.fields} | {"region": self.offered}
        return self.cleaned_data

    def holding(self) -> Holding:
        """Give the post that was described."""
        return Holding(**self.cleaned_data)


class EndPost(forms.Form):
    """From which day a post is no longer held."""

    on = forms.DateField(label=_("First day no longer held"), widget=DayInput)
    with_seat = forms.BooleanField(required=False)
