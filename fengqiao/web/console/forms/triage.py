"""What becomes of a report: a case of its own, a place in another, or a reasoned no."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Kind, Nature, Urgency
from fengqiao.cases.workflow import OPEN
from fengqiao.intake.models import Report
from fengqiao.intake.queries import Alike, alike, first_title, said_same
from fengqiao.intake.workflow import DeclineReason
from fengqiao.people.models import User
from fengqiao.playbooks.models import ReplyTemplate
from fengqiao.web.console.forms.fields import CategoryField, LineField, RegionField, UnitField, WordsField
from fengqiao.web.console.forms.replies import ReplyField, offer_templates


@dataclass(frozen=True, slots=True)
class Desk:
    """On what report, for whom and when a form is drawn."""

    report: Report
    user: User
    at: datetime


class TriageForm(forms.Form):
    """A decision that asks nothing but to be confirmed."""

    def __init__(self, data: Any = None, *, desk: Desk) -> None:
        super().__init__(data, auto_id="triage_%s")
        self.desk = desk
        offer_templates(self, desk.report.county)
        self.fill(desk)

    def fill(self, desk: Desk) -> None:
        """Offer what can be chosen for this report today."""

    def facts(self) -> dict[str, Any]:
        """Give the arguments of the decision."""
        return dict(self.cleaned_data)


class OpenCase(TriageForm):
    """What kind of matter it is, and where."""

    title = LineField(
        label=gettext_lazy("Title"),
        most=120,
        help_text=gettext_lazy("Where and what, in one line; no names of residents."),
    )
    nature = forms.ChoiceField(label=gettext_lazy("Nature"), choices=Nature.choices)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    category = CategoryField(label=gettext_lazy("Category"), required=False)
    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=Urgency.choices)
    region = RegionField(label=gettext_lazy("Where"))
    is_restricted = forms.BooleanField(
        label=gettext_lazy("Restrict this case to the people named on it"),
        help_text=gettext_lazy("Every look at it is written down."),
        required=False,
    )
    complained_unit = UnitField(
        label=gettext_lazy("Unit complained of"),
        help_text=gettext_lazy("Nobody with a post there will ever see the case."),
        empty_label=gettext_lazy("None"),
        required=False,
    )

    def fill(self, desk: Desk) -> None:
        """Offer places, units and subjects, and preset what the report already says."""
        report, today = desk.report, localdate(desk.at)
        self.fields["region"].offer(report.county, today)  # type: ignore[attr-defined]
        self.fields["complained_unit"].offer(report.county, today)  # type: ignore[attr-defined]
        self.fields["category"].offer(report.county)  # type: ignore[attr-defined]
        first = {
            "title": first_title(report).rstrip("…，、"),
            "nature": report.nature,
            "region": report.region_id,
            "kind": Kind.SERVICE if hasattr(report, "errand") else Kind.REQUEST,
        }
        self.initial = {**first, "urgency": Urgency.ORDINARY}
        if report.is_confidential:
            self._fix(nature=Nature.ACCUSATION, kind=Kind.LEAD, is_restricted=True)

    def _fix(self, **values: object) -> None:
        """Preset what the law leaves no choice about."""
        for name, value in values.items():
            self.initial[name] = value
            self.fields[name].disabled = True


class JoinCase(TriageForm):
    """Which open case tells of the same matter."""

    candidate = forms.ChoiceField(
        label=gettext_lazy("Cases that sound alike"), required=False, widget=forms.RadioSelect
    )
    number = LineField(label=gettext_lazy("Or the case number"), most=40, required=False)
    alike: list[Alike]
    said: Case | None  # what the resident says it is the same as

    def fill(self, desk: Desk) -> None:
        """Offer the open cases nearby that share words with the report."""
        report = desk.report
        self.alike = alike(f"{report.title} {report.text}", report.region, desk.user, desk.at)
        self.said = said_same(report, desk.user, desk.at)
        if self.said:
            others = [each for each in self.alike if each.case != self.said]
            self.alike = [Alike(self.said, ()), *others]
            self.initial["candidate"] = self.said.number
        self.fields["candidate"].choices = [(each.case.number, each.case.title) for each in self.alike]  # type: ignore[attr-defined]
        if not self.alike:
            del self.fields["candidate"]
            self.fields["number"].required = True
            self.fields["number"].error_messages["required"] = _("Enter the case number.")
            self.fields["number"].label = _("Case number")

    def clean(self) -> dict[str, Any]:
        """Find the case within this person's sight."""
        if "number" in self.errors:
            return self.cleaned_data
        number = self.cleaned_data.get("number") or self.cleaned_data.get("candidate") or ""
        if not number:
            raise ValidationError(_("Choose a case, or enter its number."))
        visible = Case.objects.visible_to(self.desk.user, self.desk.at)
        case = visible.filter(county=self.desk.report.county, number=number.strip().upper(), status__in=OPEN).first()
        if case is None:
            raise ValidationError(
                _("There is no open case with the number %(number)s in your area.") % {"number": number}
            )
        return {"case": case}


class Decline(TriageForm):
    """Why not here, and where instead."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=DeclineReason.choices, widget=forms.RadioSelect)
    route = ReplyField(
        use=ReplyTemplate.Use.ROUTE,
        label=gettext_lazy("The right road"),
        help_text=gettext_lazy("Which office, where, which phone number; the resident reads this."),
        most=2_000,
    )


class Uphold(TriageForm):
    """Why the report stays declined."""

    route = WordsField(
        label=gettext_lazy("The right road"),
        help_text=gettext_lazy("The resident reads this; a second review is not possible here."),
        most=2_000,
    )
