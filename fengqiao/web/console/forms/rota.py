"""What is filled in about who is at a centre: a presence, turns by a pattern, turns pasted from a table."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from fengqiao.kit.workdays import Calendar
from fengqiao.people.models import DutyTurn, Post, Presence, Unit
from fengqiao.people.transitions.rota import Station, Turn
from fengqiao.web.console.forms.fields import LineField, UnitField, WordsField
from fengqiao.web.console.forms.offered import Choices
from fengqiao.web.console.forms.people import DayInput
from fengqiao.web.console.forms.picking import PickOne

A_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)
WEEKDAYS: Choices = [
    ("0", pgettext_lazy("weekday", "Mon")),
    ("1", pgettext_lazy("weekday", "Tue")),
    ("2", pgettext_lazy("weekday", "Wed")),
    ("3", pgettext_lazy("weekday", "Thu")),
    ("4", pgettext_lazy("weekday", "Fri")),
    ("5", pgettext_lazy("weekday", "Sat")),
    ("6", pgettext_lazy("weekday", "Sun")),
]


class PresenceForm(forms.Form):
    """Which unit takes part in the centre's work, and how."""

    unit = UnitField(label=_("Unit"))
    mode = forms.ChoiceField(label=_("How"), choices=Presence.Mode)
    window = LineField(label=_("Window"), most=20, required=False)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)

    def __init__(self, data: Any = None, *, centre: Unit, today: date) -> None:
        super().__init__(data, initial={"starts_on": today}, auto_id="presence_%s")
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)
        unit.offer(centre.county, today, without=[centre.pk])

    def station(self) -> Station:
        """Give what was described."""
        return Station(**self.cleaned_data)


class PatternForm(forms.Form):
    """Turns that come back every week: who, on which weekdays, from when until when."""

    who = forms.ChoiceField(label=pgettext_lazy("duty", "Who"), widget=PickOne)
    weekdays = forms.MultipleChoiceField(label=_("Every"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple)
    first = forms.DateField(label=_("From day"), widget=DayInput)
    last = forms.DateField(label=_("To day"), widget=DayInput)
    shift = forms.ChoiceField(label=_("Shift"), choices=DutyTurn.Shift)
    phone = LineField(label=_("Phone"), most=30, required=False, help_text=_("Left blank: the duty phone of the unit."))
    off_days = forms.BooleanField(label=_("Also on days off"), required=False)

    def __init__(self, data: Any = None, *, centre: Unit, today: date, first: date, last: date) -> None:
        super().__init__(data, initial={"first": max(first, today), "last": last}, auto_id="pattern_%s")
        self.fields["who"].choices = [("", _("Choose a unit or a person")), *who_choices(centre, today)]  # type: ignore[attr-defined]
        self.centre = centre

    def clean(self) -> dict[str, Any]:
        """Refuse a span that runs backwards or for years."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and last and not timedelta(0) <= last - first <= LONGEST:
            raise ValidationError(_("The last day comes after the first, within a year."))
        return said

    def turns(self, calendar: Calendar) -> list[Turn]:
        """Lay the pattern out into turns."""
        said = self.cleaned_data
        kind, _colon, pk = said["who"].partition(":")
        post = Post.objects.select_related("unit").get(pk=pk) if kind == "post" else None
        unit = post.unit if post else Unit.objects.get(pk=pk)
        days = [said["first"] + A_DAY * n for n in range((said["last"] - said["first"]).days + 1)]
        wanted = [day for day in days if str(day.weekday()) in said["weekdays"]]
        return [
            Turn(on=day, unit=unit, post=post, shift=said["shift"], phone=said["phone"])
            for day in wanted
            if said["off_days"] or calendar.is_working(day)
        ]


class PasteForm(forms.Form):
    """A month of turns as a table, pasted out of a spreadsheet."""

    table = WordsField(
        label=pgettext_lazy("rota", "Table"),
        rows=8,
        most=20_000,
        help_text=_("One turn a line: day, unit, person, shift, phone. The last three may be left out."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="paste_%s")


def who_choices(centre: Unit, today: date) -> Choices:
    """List whoever can have a turn: each unit of the county by itself, and those who hold a post in it."""
    posts: dict[Any, Choices] = {}
    for post in Post.objects.held_on(today).filter(county=centre.county).select_related("user").order_by("role", "pk"):
        posts.setdefault(post.unit_id, []).append((f"post:{post.pk}", f"{post.user} · {post.get_role_display()}"))
    units = Unit.objects.current(today).filter(county=centre.county).order_by("kind", "code")
    nobody = pgettext("duty", "%(unit)s, nobody named")
    return [(unit.name, [(f"unit:{unit.pk}", nobody % {"unit": unit.name}), *posts.get(unit.pk, [])]) for unit in units]
