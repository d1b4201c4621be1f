"""What is asked when a case moves between tiers and counties, is set right, or gets further hands."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.deadlines import running
from fengqiao.cases.models import Stage
from fengqiao.cases.tiers import centre_above, other_counties
from fengqiao.cases.transitions.correcting import Description
from fengqiao.cases.vocabulary import Kind, Urgency
from fengqiao.places.models import County
from fengqiao.web.console.forms.base import Setting, StepForm
from fengqiao.web.console.forms.fields import CategoryField, RegionField, UnitsField, WordsField


class CountyField(forms.ModelChoiceField[County]):
    """Another county that takes cases on this platform."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=County.objects.none(), widget=forms.RadioSelect, empty_label=None, **kwargs)


class HandOn(StepForm):
    """In which county the matter lies, and how one knows."""

    to = CountyField(label=gettext_lazy("Where does it lie?"))
    reason = WordsField(
        label=gettext_lazy("How do you know?"),
        help_text=gettext_lazy(
            "The resident reads this. It ends here as not ours; code and words go along, and the times there begin."
        ),
    )

    def fill(self, setting: Setting) -> None:
        """Offer the other counties of this platform."""
        field: Any = self.fields["to"]
        others = other_counties(setting.case.county, setting.at)
        field.queryset = County.objects.filter(pk__in=[each.pk for each in others]).order_by("code")
        self.initial.setdefault("to", others[0].pk if len(others) == 1 else None)


class AskAssistants(StepForm):
    """Who in the lead's own region is to help, and with what."""

    assist = UnitsField(label=gettext_lazy("Assisting units"))
    note = WordsField(label=gettext_lazy("What should they do?"), help_text=gettext_lazy("Internal; they read it."))

    def fill(self, setting: Setting) -> None:
        """Offer the units seated in the region of the lead, without those that have the case already."""
        field: Any = self.fields["assist"]
        case, today = setting.case, localdate(setting.at)
        asked = case.assists.filter(round=case.round).values_list("unit", flat=True)
        known = [case.lead_id, case.complained_unit_id, *asked]
        if case.lead is not None:
            field.offer_within(case.lead.region, today, without=known)


class Correct(StepForm):
    """What sort of matter it is, how urgent and where, as it should have been opened."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    category = CategoryField(label=gettext_lazy("Category"), required=False)
    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=Urgency.choices)
    region = RegionField(label=gettext_lazy("Where"))
    reason = WordsField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Internal. The record keeps what stood there before; no due time moves."),
        rows=3,
    )

    def fill(self, setting: Setting) -> None:
        """Offer what the county has, with what stands there now; a running handling time fixes the urgency."""
        case, fields = setting.case, self.fields
        fields["category"].offer(case.county)  # type: ignore[attr-defined]
        fields["region"].offer(case.county, localdate(setting.at))  # type: ignore[attr-defined]
        now = {"kind": case.kind, "category": case.category_id, "urgency": case.urgency, "region": case.region_id}
        self.initial = {**now, **self.initial}
        if running(case, Stage.HANDLE):
            fields["urgency"].disabled = True
            fields["urgency"].help_text = _("The handling time runs: only an approved extension or pause moves it.")

    def facts(self) -> dict[str, Any]:
        """Give the description as the step takes it."""
        said = dict(self.cleaned_data)
        reason = said.pop("reason")
        said |= {"kind": Kind(said["kind"]), "urgency": Urgency(said["urgency"])}
        return {"what": Description(**said), "reason": reason}


class RaiseUp(StepForm):
    """Why the tier above must act."""

    reason = WordsField(
        label=gettext_lazy("Why must the tier above act?"), help_text=gettext_lazy("The resident reads this.")
    )

    def fill(self, setting: Setting) -> None:
        """Say to which centre it goes."""
        above = centre_above(setting.case.lead or setting.case.centre, setting.at)
        field: Any = self.fields["reason"]
        if above is not None:
            said = _("It goes to the dispatcher of %(centre)s. No time starts anew. The resident reads the reason.")
            field.help_text = said % {"centre": above.name}
