"""What the lists can be narrowed by. Everything stands in the address; nonsense there narrows nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.cases.queries import NEEDS
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.cases.workflow import OPEN, Status
from fengqiao.insight.narrowing import COUNTED
from fengqiao.intake.workflow import Channel
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.kit.keys import Keys
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from fengqiao.web.console.forms.offered import Choices, unit_choices
from fengqiao.web.shared.copying import Form
from fengqiao.web.shared.selects import Offered, Select

ANY = ("", _("All"))
COMMON_AMONG = {"q", "status"}  # what else is asked for may be rare
CASE_STATUSES: Choices = [
    ("", _("Open; when searching, all")),
    ("open", _("All open")),
    *[(each.value, each.label) for each in Status],
    ("all", _("Open and closed")),
]

WHOSE: Choices = [
    ("", _("Everybody’s")),
    ("unit", _("In our hands")),
    ("me", _("Given to me")),
    ("watched", _("Watched by me")),
]


class CaseFilter(Form):
    """The work list's filters."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Number, title, words, report code"), "data-search": ""}),
    )
    status = forms.ChoiceField(label=_("Stands at"), choices=CASE_STATUSES, required=False, widget=Select)
    township = forms.ChoiceField(label=pgettext_lazy("filter", "Township"), required=False, widget=Select)
    unit = forms.ChoiceField(label=_("Lead unit"), required=False, widget=Select)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *Kind.choices], required=False, widget=Select)
    overdue = forms.BooleanField(label=_("Overdue only"), required=False)
    mine = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False, widget=Select)
    waiting = forms.ChoiceField(
        choices=[("", ""), *[(key, need.label) for key, need in NEEDS.items()]],
        required=False,
        widget=forms.HiddenInput,
    )

    # Where the board of the day leads: what it counted, on which day, where, and in whose hands.
    counted = forms.ChoiceField(
        choices=[("", ""), *[(key, key) for key in COUNTED]], required=False, widget=forms.HiddenInput
    )
    on = forms.DateField(required=False, widget=forms.HiddenInput)
    region = forms.CharField(required=False, widget=forms.HiddenInput)
    holder = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, county: str = "", today: date = date.max, like: "CaseFilter | None" = None
    ) -> None:
        """Offer what the county has today, or, for what the data name, what another filter offers already."""
        super().__init__(data, auto_id="filter_%s")
        if like:
            self.fields = {name: field for name, field in like.fields.items() if name in data}
        else:
            _offer(self.fields["township"], lambda: townships(county, today))
            _offer(self.fields["unit"], lambda: unit_choices(county, today))

    def wanted(self) -> dict[str, Any]:
        """Give what was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReportFilter(Form):
    """The reports list's filters."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": _("Words or code"), "data-search": ""}),
    )
    status = forms.ChoiceField(
        label=_("Stands at"),
        choices=[
            ("", _("Waiting; when searching, all")),
            *ReportStatus.choices,
            ("all", pgettext_lazy("reports", "All")),
        ],
        required=False,
        widget=Select,
    )
    township = forms.ChoiceField(label=pgettext_lazy("filter", "Township"), required=False, widget=Select)
    nature = forms.ChoiceField(label=_("Nature"), choices=[ANY, *Nature.choices], required=False, widget=Select)
    channel = forms.ChoiceField(label=_("Channel"), choices=[ANY, *Channel.choices], required=False, widget=Select)
    received_on = forms.DateField(required=False, widget=forms.HiddenInput)
    declined_on = forms.DateField(required=False, widget=forms.HiddenInput)
    region = forms.CharField(required=False, widget=forms.HiddenInput)
    overdue = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, county: str, today: date) -> None:
        super().__init__(data, auto_id="filter_%s")
        _offer(self.fields["township"], lambda: townships(county, today))

    def wanted(self) -> dict[str, Any]:
        """Give what was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def is_plain(wanted: dict[str, Any]) -> bool:
    """Test if nothing but the words narrows a list."""
    return wanted.keys() <= COMMON_AMONG and wanted.get("status", "all") == "all"


def townships(county: str, today: date) -> Choices:
    """List a county's townships in official order."""
    return [(path.rpartition(".")[2], name) for path, name in _TOWNSHIPS((county, today))]


def _townships(asked: tuple[str, date]) -> QuerySet[Any, Any]:
    county, today = asked
    found = Region.objects.current(today).filter(county=county, level=Level.TOWNSHIP)
    return found.order_by("sort_key").values_list("path", "name")


_TOWNSHIPS: Keys[tuple[str, date]] = Keys(_townships, keeps_plan=True)


def _offer(field: Any, choices: Callable[[], Choices]) -> None:
    field.choices = Offered(lambda: [ANY, *choices()])


IS_OPEN = frozenset({"open", *OPEN})  # these lists run by what is due, the others by what is newest
