"""What the audit administrator narrows the logs by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.people.models import StaffLog
from fengqiao.rights.models import AccessLog
from fengqiao.web.console.forms.filters import ANY
from fengqiao.web.console.forms.people import DayInput

LOGS = [("staff", _("Accounts, posts and sign-ins")), ("looks", _("Looks at sensitive things"))]


class LogFilter(forms.Form):
    """Which log, whose lines, of which day, of which kind."""

    log = forms.ChoiceField(label=pgettext_lazy("filter", "Log"), choices=LOGS, required=False)
    who = forms.CharField(
        label=_("Person"),
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Name or user name"), "data-search": ""}),
    )
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput)
    kind = forms.ChoiceField(
        label=pgettext_lazy("log", "What was done"),
        choices=[ANY, *StaffLog.Act.choices, *AccessLog.Look.choices],
        required=False,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")
        kinds = AccessLog.Look.choices if self.data.get("log") == "looks" else StaffLog.Act.choices
        self.fields["kind"].choices = [ANY, *kinds]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """Give what was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
