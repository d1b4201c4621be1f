"""What the audit administrator narrows the logs by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.people.models import FailedSignIn, StaffLog
from fengqiao.rights.models import AccessLog
from fengqiao.web.console.forms.filters import ANY
from fengqiao.web.console.forms.people import DayInput

LOGS = [
    ("staff", _("Accounts, posts and sign-ins")),
    ("looks", _("Looks at sensitive things")),
    ("failed", _("Failed sign-ins")),
]
KINDS = {
    "staff": StaffLog.Act.choices,
    "looks": AccessLog.Look.choices,
    "failed": FailedSignIn.Proof.choices,
}


class LogFilter(forms.Form):
    """Which log, whose lines, of which days, of which kind, about which case or report."""

    log = forms.ChoiceField(label=pgettext_lazy("filter", "Log"), choices=LOGS, required=False)
    who = forms.CharField(
        label=_("Person"),
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Name or user name"), "data-search": ""}),
    )
    number = forms.CharField(
        label=_("Number or code"), required=False, max_length=40, widget=forms.SearchInput(attrs={"size": 16})
    )
    since = forms.DateField(label=pgettext_lazy("filter", "From"), required=False, widget=DayInput)
    until = forms.DateField(label=pgettext_lazy("filter", "Until"), required=False, widget=DayInput)
    kind = forms.ChoiceField(label=pgettext_lazy("log", "What was done"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")
        log = str(self.data.get("log", ""))
        self.fields["kind"].choices = [ANY, *KINDS.get(log, StaffLog.Act.choices)]  # type: ignore[attr-defined]
        if log != "looks":
            del self.fields["number"]

    def wanted(self) -> dict[str, Any]:
        """Give what was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
