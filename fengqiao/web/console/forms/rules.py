"""What a system administrator fills in about the rules: a span, office hours, a year's days off, a subject."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.cases.models import ClockRule, SpanUnit, Stage
from fengqiao.playbooks.rulebook.calendar import Year
from fengqiao.playbooks.rulebook.clocks import MOST, Span
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.forms.people import DayInput

NOTICE_LIMIT = 6_000
FIRST_YEAR, LAST_YEAR = 2017, 2100


class ChangeRule(forms.Form):
    """How long a stage may take from a day on."""

    amount = forms.IntegerField(label=_("Span"), min_value=1, max_value=MOST)
    unit = forms.ChoiceField(label=_("Counted in"), choices=SpanUnit.choices)
    extendable_by = forms.IntegerField(
        label=_("A supervisor may extend it by at most"),
        help_text=_("In the same unit. Leave blank for its own span again; 0 for never."),
        min_value=0,
        max_value=MOST,
        required=False,
    )
    pausable_days = forms.IntegerField(
        label=_("Days it may stand still with approval"),
        help_text=_("In a round, in all; 0 for never."),
        min_value=0,
        max_value=MOST,
    )
    on = forms.DateField(
        label=_("Holds from"), help_text=_("Today means from this moment. Later days are possible."), widget=DayInput
    )

    def __init__(self, data: Any = None, *, rule: ClockRule, today: date) -> None:
        names = ("amount", "unit", "extendable_by", "pausable_days")
        super().__init__(data, initial={name: getattr(rule, name) for name in names} | {"on": today})
        if rule.stage != Stage.HANDLE:
            for name in ("extendable_by", "pausable_days"):  # only handling is ever moved
                del self.fields[name]
        self.rule = rule

    def span(self) -> Span:
        """Give the span that was asked for; what is not asked stays as it is."""
        said = self.cleaned_data
        return Span(
            amount=said["amount"],
            unit=said["unit"],
            extendable_by=said.get("extendable_by", self.rule.extendable_by),
            pausable_days=said.get("pausable_days", self.rule.pausable_days),
        )


class TimeInput(forms.TimeInput):
    """A time of day, picked or typed."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class OfficeHours(forms.Form):
    """The office hours of a county: one stretch, or two with a break."""

    opens = forms.TimeField(label=_("Opens"), widget=TimeInput)
    closes = forms.TimeField(label=_("Closes"), help_text=_("00:00 is the end of the day."), widget=TimeInput)
    opens_again = forms.TimeField(label=_("Opens again"), widget=TimeInput, required=False)
    closes_again = forms.TimeField(
        label=_("Closes again"), help_text=_("Leave both blank if there is no break."), widget=TimeInput, required=False
    )

    def __init__(self, data: Any = None, *, hours: list[tuple[time, time]]) -> None:
        names = ("opens", "closes", "opens_again", "closes_again")
        known = dict(zip(names, (each for stretch in hours for each in stretch), strict=False))
        super().__init__(data, initial=known)

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of the second stretch, or neither."""
        said = super().clean() or {}
        for name, other in (("opens_again", "closes_again"), ("closes_again", "opens_again")):
            if said.get(name) is None and said.get(other) is not None:
                self.add_error(name, _("Give both times of the second stretch, or neither."))
        return said

    def hours(self) -> list[tuple[time, time]]:
        """Give the stretches in their order."""
        said = self.cleaned_data
        second = [(said["opens_again"], said["closes_again"])] if said["opens_again"] is not None else []
        return [(said["opens"], said["closes"]), *second]


class PublishedYear(forms.Form):
    """A year's notice of days off, pasted in."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    edition = LineField(label=_("Title of the notice"), most=120)
    text = WordsField(
        label=_("Text of the notice"),
        help_text=_("Paste it whole, from “一、元旦：…” on. You see what was understood before anything changes."),
        most=NOTICE_LIMIT,
        rows=10,
    )

    def published(self) -> Year:
        """Give the year and where it comes from."""
        return Year(self.cleaned_data["year"], self.cleaned_data["edition"])


class SubjectsFilter(forms.Form):
    """The words that subjects are looked up by."""

    q = forms.CharField(required=False)

    def words(self) -> str:
        """Give what was asked for and makes sense."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))


class SubjectName(forms.Form):
    """The name of a subject."""

    name = LineField(
        label=pgettext_lazy("of a thing", "Name"), most=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def called(self) -> str:
        """Give the name."""
        return str(self.cleaned_data["name"])
