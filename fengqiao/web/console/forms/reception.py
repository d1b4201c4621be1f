"""Announcing a reception day, calling it off, booking at the window, and what came of a talk."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengqiao.intake.models import Report
from fengqiao.kit.codes import tidy
from fengqiao.people.models import Unit
from fengqiao.reception.models.day import MOST_PLACES
from fengqiao.reception.queries import Slot
from fengqiao.reception.transitions.announcing import Announcement
from fengqiao.reception.transitions.hearing import Talk
from fengqiao.reception.vocabulary import Result
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.shared.words import clock_time

AWAY = "away"


class Announce(forms.Form):
    """Who receives, where and when."""

    centre = forms.ModelChoiceField(
        label=gettext_lazy("Governance centre"), queryset=Unit.objects.none(), empty_label=None
    )
    host_title = LineField(label=gettext_lazy("Post of who receives"), most=60)
    host_name = LineField(
        label=gettext_lazy("Name of who receives"), most=40, help_text=gettext_lazy("Everybody reads it.")
    )
    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    opens = forms.TimeField(
        label=pgettext_lazy("reception", "From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(
        label=pgettext_lazy("reception", "Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    places = forms.IntegerField(
        label=pgettext_lazy("reception", "Places"),
        min_value=1,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("The hours are cut into as many equal times."),
    )
    where = LineField(label=gettext_lazy("Room or address"), most=120)
    subject = LineField(label=gettext_lazy("Subject of the day"), most=120, required=False)

    def __init__(self, data: Any = None, *, centres: list[Unit], today: date) -> None:
        super().__init__(data, auto_id="reception_%s")
        field = self.fields["centre"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in centres]).order_by("code")  # type: ignore[attr-defined]
        self.initial = {"places": 8, "opens": "09:00", "closes": "11:30", "centre": centres[0].pk}
        self.fields["on"].widget.attrs["min"] = today.isoformat()

    def announcement(self) -> Announcement:
        """Give what is announced."""
        return Announcement(**{name: value for name, value in self.cleaned_data.items() if name != "centre"})


class CallOff(forms.Form):
    """A word to those who had booked."""

    notice = WordsField(
        label=gettext_lazy("Words to those who had booked"),
        help_text=gettext_lazy("They read it by their code: why, and when instead."),
        most=1_000,
        rows=3,
    )


class BookAtTheWindow(forms.Form):
    """Whose matter, and when."""

    code = LineField(label=gettext_lazy("Code of the report"), most=40)
    slot = forms.TypedChoiceField(label=gettext_lazy("Time"), choices=[], coerce=int)

    def __init__(self, data: Any = None, *, slots: list[Slot], reports: Any) -> None:
        super().__init__(data, auto_id="book_%s")
        self.reports = reports
        self.fields["slot"].choices = [(slot.number, clock_time(slot.begins)) for slot in slots]  # type: ignore[attr-defined]

    def clean_code(self) -> Report:
        """Find the report within this person's sight."""
        found: Report | None = self.reports.filter(code=tidy(str(self.cleaned_data["code"]))).first()
        if found is None:
            raise ValidationError(_("No report that you can see has this code."))
        return found


class Outcome(forms.Form):
    """Did they come, and what came of it?"""

    result = forms.ChoiceField(label=gettext_lazy("What came of it"), choices=[], widget=forms.RadioSelect)
    words = WordsField(
        label=gettext_lazy("What was said, and what was promised"),
        help_text=gettext_lazy("For the record. For a new report: the matter in the resident's own words."),
        required=False,
        rows=5,
    )
    public = WordsField(
        label=gettext_lazy("What the resident was told"),
        help_text=gettext_lazy("Goes into the record of the case beside it."),
        required=False,
        rows=3,
    )

    def __init__(self, data: Any = None, *, results: list[Result]) -> None:
        super().__init__(data, auto_id="talk_%s")
        choices = [(result.value, result.label) for result in results]
        self.fields["result"].choices = [*choices, (AWAY, _("Did not come"))]  # type: ignore[attr-defined]
        if Result.IN_CASE not in results:
            del self.fields["public"]

    def talk(self) -> Talk | None:
        """Give what came of it; nothing when nobody came."""
        said = self.cleaned_data
        if said["result"] == AWAY:
            return None
        return Talk(result=Result(said["result"]), words=said["words"], public=said.get("public", ""))
