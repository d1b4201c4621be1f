"""What is asked when a dispute goes to mediation: who mediates, and what the dispute is."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models import Case
from fengqiao.intake.queries import brought
from fengqiao.mediation.transitions.opening import Dispute, open_dossier
from fengqiao.mediation.vocabulary import DisputeType, Road, Source
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region
from fengqiao.web.console.forms.base import Setting, StepForm
from fengqiao.web.console.forms.fields import UnitField, WordsField

# A word in the name of a case's category that tells of what type the dispute is.
TOLD_BY = {
    "医": DisputeType.MEDICAL, "劳动": DisputeType.LABOUR, "工资": DisputeType.WAGES, "宅基地": DisputeType.HOUSING,
    "土地": DisputeType.LAND, "林": DisputeType.LAND, "边界": DisputeType.LAND, "水事": DisputeType.LAND,
    "征地": DisputeType.EXPROPRIATION, "拆迁": DisputeType.EXPROPRIATION, "污染": DisputeType.ENVIRONMENT,
    "物业": DisputeType.PROPERTY, "交通事故": DisputeType.TRAFFIC, "旅游": DisputeType.TOURISM,
    "消费": DisputeType.CONSUMER,
    "合同": DisputeType.CONTRACT, "婚姻": DisputeType.FAMILY, "邻里": DisputeType.NEIGHBOURS,
}  # fmt: skip


SAFETY = _("What those at the table must know to keep everybody safe; of this matter only, never of a person.")
OF_DISPUTE = {"story": "facts"}  # a field by the name of a form's own method would hide it


class DisputeFields(forms.Form):
    """What is known of a dispute."""

    type = forms.ChoiceField(label=_("Type of dispute"), choices=[("", _("Choose the type")), *DisputeType.choices])
    source = forms.ChoiceField(label=_("How it came"), choices=Source.choices, initial=Source.APPLICATION)
    story = WordsField(label=_("Facts of the dispute"), most=4000, rows=5)
    wishes = WordsField(label=_("What is asked for"), most=2000, rows=3, required=False)
    amount = forms.DecimalField(
        label=_("Amount in yuan"),
        max_digits=14,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    people = forms.IntegerField(
        label=_("People involved"),
        min_value=1,
        max_value=9999,
        initial=2,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    is_difficult = forms.BooleanField(label=_("Difficult and complex"), required=False)
    is_open = forms.BooleanField(
        label=_("Open session"),
        help_text=_("The parties choose whether others may listen."),
        required=False,
        initial=True,
    )
    safety_note = WordsField(
        label=_("Safety note for this matter"),
        help_text=SAFETY,
        most=1000,
        rows=2,
        required=False,
    )

    def dispute(self, road: Road) -> Dispute:
        """Give what was said of the dispute."""
        said = {OF_DISPUTE.get(name, name): self.cleaned_data[name] for name in DisputeFields.base_fields}
        codes = {"type": DisputeType(said["type"]), "source": Source(said["source"]), "road": road}
        return Dispute(**(said | codes))


class Mediate(DisputeFields, StepForm):
    """Who mediates a dispute, and what it is about."""

    to = UnitField(label=_("Who mediates"))
    field_order = ("to", *DisputeFields.base_fields)

    def fill(self, setting: Setting) -> None:
        """Offer the committees, the nearest first, and one's own unit for administrative mediation."""
        case, field = setting.case, self.fields["to"]
        committees = committees_for(case.region, setting.at)
        field.queryset = Unit.objects.filter(county=case.county)  # type: ignore[attr-defined]
        field.today = localdate(setting.at)  # type: ignore[attr-defined]
        field.choices = lambda: self._choices(committees)  # type: ignore[attr-defined]
        near = nearest(committees, case.region)
        if near is not None:
            field.help_text = str(_("Suggested: the committee of the place, the lowest tier. Please check."))
        first = brought(case)[:1]
        known: dict[str, Any] = {
            "to": near.pk if near else None,
            "type": type_of(case),
            "story": first[0].text if first else "",
        }
        self.initial = {**known, **self.initial}

    def _choices(self, committees: list[Unit]) -> list[tuple[Any, Any]]:
        """List the committees, and the unit that handles the case now, which mediates by another law."""
        lead = self.setting.case.lead
        by_law: list[tuple[Any, Any]] = [
            (str(_("People's mediation")), [(unit.pk, unit.name) for unit in committees]),
        ]
        if lead is not None:
            by_law.append((str(_("Administrative mediation by the unit that has it")), [(lead.pk, lead.name)]))
        return [("", str(_("Choose a unit"))), *by_law]

    def facts(self) -> dict[str, Any]:
        """Give the arguments of the step."""
        to: Unit = self.cleaned_data["to"]
        road = Road.PEOPLES if to.kind == Unit.Kind.MEDIATION else Road.ADMINISTRATIVE
        return {"dispute": self.dispute(road), "to": to}


def take_to_mediation(case: Case, *, dispute: Dispute, to: Unit, by: User, at: datetime) -> Case:
    """Open the dossier of a dispute, and give the case as it stands then."""
    return open_dossier(case, dispute, to=to, by=by, at=at).case


def committees_for(region: Region, at: datetime) -> list[Unit]:
    """List the committees of a county, those of the place and above it first, from the lowest tier up."""
    units = Unit.objects.current(localdate(at)).filter(county=region.county, kind=Unit.Kind.MEDIATION)
    rows = list(units.select_related("region").order_by("region__path", "code"))
    return sorted(rows, key=lambda unit: (not _sits_over(unit, region), -len(unit.region.path)))


def nearest(committees: list[Unit], region: Region) -> Unit | None:
    """Give the committee of the lowest tier whose area the place lies in."""
    return committees[0] if committees and _sits_over(committees[0], region) else None


def type_of(case: Case) -> str:
    """Guess the type of a dispute from the name of its category; none if nothing tells."""
    name = case.category.name if case.category else ""
    return next((str(type_) for word, type_ in TOLD_BY.items() if word in name), "")


def _sits_over(unit: Unit, region: Region) -> bool:
    """Test if a place lies in the area of a unit."""
    return f"{region.path}.".startswith(f"{unit.region.path}.")
