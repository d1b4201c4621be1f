"""What is filled in about the registers of mediation: committees, mediators, seats, complaints, tables."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.mediation.models import Committee, Mediator, MediatorComplaint, Membership
from fengqiao.mediation.transitions.committees import Registered
from fengqiao.mediation.transitions.mediators import Who
from fengqiao.mediation.vocabulary import CommitteeKind, ComplaintGround, DisputeType, Engagement
from fengqiao.people.models import Role, Unit, User
from fengqiao.web.console.forms.fields import LineField, OneFile, RegionField, WordsField
from fengqiao.web.console.forms.people import ANY, DayInput
from fengqiao.web.console.forms.picking import PickMany, PickOne

MOST_BYTES = 2 * 1024 * 1024


class Filter(forms.Form):
    """What both lists are searched by."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=40,
        widget=forms.SearchInput(attrs={"placeholder": pgettext_lazy("register", "Name"), "data-search": ""}),
    )

    def wanted(self) -> dict[str, str]:
        """Give what was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CommitteesFilter(Filter):
    """The filters of the list of committees."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *CommitteeKind.choices], required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("filter", "State"),
        choices=[("", _("Standing")), ("warned", _("With something to do")), ("closed", _("Closed units"))],
        required=False,
    )


class MediatorsFilter(Filter):
    """The filters of the list of mediators."""

    type = forms.ChoiceField(label=_("Versed in"), choices=[ANY, *DisputeType.choices], required=False)
    engagement = forms.ChoiceField(label=_("Engagement"), choices=[ANY, *Engagement.choices], required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Serving")), *Mediator.Status.choices[1:], ("all", _("All"))],
        required=False,
    )


class CommitteeForm(forms.Form):
    """What the register says of a committee."""

    name = LineField(label=pgettext_lazy("unit", "Name"), most=60)
    short_name = LineField(label=_("Short name"), most=20, required=False)
    kind = forms.ChoiceField(label=_("Kind of committee"), choices=[("", _("Choose a kind")), *CommitteeKind.choices])
    region = RegionField(label=_("Seat"))
    tag = LineField(
        label=_("Sign in its numbers"), most=10, help_text=_("It stands in the number of each of its papers.")
    )
    trade = LineField(label=_("Trade, if it is of one"), most=40, required=False)
    phone = LineField(
        label=_("Duty phone"), most=30, required=False, help_text=_("Shown to everybody. Never a private number.")
    )
    set_up_on = forms.DateField(label=_("Set up on"), widget=DayInput, required=False)
    term_ends_on = forms.DateField(
        label=_("Term ends on"), widget=DayInput, required=False, help_text=_("The law gives three years.")
    )

    def __init__(self, data: Any = None, *, county: str, today: date, known: Committee | None = None) -> None:
        super().__init__(data, initial=_of_committee(known) if known else {})
        region = self.fields["region"]
        assert isinstance(region, RegionField)
        region.offer(county, today)

    def said(self) -> Registered:
        """Give what was said."""
        return Registered(**self.cleaned_data)


class MediatorForm(forms.Form):
    """What the register says of a mediator."""

    name = LineField(
        label=pgettext_lazy("person", "Name"), most=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    is_woman = forms.BooleanField(label=_("A woman"), required=False)
    engagement = forms.ChoiceField(label=_("Engagement"), choices=Engagement.choices)
    types = forms.MultipleChoiceField(
        label=_("Versed in"), choices=DisputeType.choices, required=False, widget=PickMany
    )
    languages = LineField(label=_("Languages"), most=60, required=False)
    phone = LineField(label=_("Phone"), most=30, required=False, help_text=_("Shown to staff only."))
    since = forms.DateField(label=_("Mediator since"), widget=DayInput, required=False)
    user = forms.ModelChoiceField(
        label=_("Account, if there is one"), queryset=User.objects.none(), required=False, widget=PickOne
    )

    def __init__(self, data: Any = None, *, county: str, known: Mediator | None = None) -> None:
        super().__init__(
            data, initial={name: getattr(known, name) for name in Who.__dataclass_fields__} if known else {}
        )
        free = User.objects.filter(county=county, posts__role=Role.MEDIATOR, mediator__isnull=True)
        own = User.objects.filter(mediator=known) if known else User.objects.none()
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(
            pk__in=[*free.values_list("pk", flat=True), *own.values_list("pk", flat=True)]
        )

    def who(self) -> Who:
        """Give what was said."""
        return Who(**self.cleaned_data | {"types": tuple(self.cleaned_data["types"])})


class SeatForm(forms.Form):
    """Which seat a mediator is to have, and from when."""

    committee = forms.ModelChoiceField(
        label=pgettext_lazy("mediation", "Committee"), queryset=Committee.objects.none(), widget=PickOne
    )
    seat = forms.ChoiceField(label=_("Seat in the committee"), choices=Membership.Seat.choices)
    on = forms.DateField(label=_("First day"), widget=DayInput)

    def __init__(self, data: Any = None, *, county: str, today: date) -> None:
        super().__init__(data, initial={"on": today, "seat": Membership.Seat.MEDIATOR})
        standing = Unit.objects.current(today).filter(county=county)
        field = self.fields["committee"]
        assert isinstance(field, forms.ModelChoiceField)
        found = Committee.objects.filter(county=county, unit__in=standing)
        field.queryset = found.select_related("unit").order_by("unit__name")


class ComplaintForm(forms.Form):
    """What a mediator is complained of."""

    ground = forms.ChoiceField(label=_("Ground"), choices=[("", _("Choose")), *ComplaintGround.choices])
    words = WordsField(label=_("What is complained of"), most=2000)


class FindingForm(forms.Form):
    """What was found of a complaint."""

    finding = forms.ChoiceField(label=_("Finding"), choices=[("", _("Choose")), *MediatorComplaint.Finding.choices])
    words = WordsField(label=_("What was found"), most=2000)


class SendRegister(forms.Form):
    """A table to be looked through."""

    file = forms.FileField(label=_("Table (CSV)"), widget=OneFile)

    def clean_file(self) -> Any:
        """Refuse what is too large to be a register."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 1024 // 1024})
        return file


def _of_committee(known: Committee) -> dict[str, Any]:
    own = ("kind", "tag", "trade", "set_up_on", "term_ends_on")
    of_unit = ("name", "short_name", "region", "phone")
    return {name: getattr(known, name) for name in own} | {name: getattr(known.unit, name) for name in of_unit}
