"""What is asked when a dispute climbs its ladder, comes back, or gets more time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.ladders import ways_up
from fengqiao.mediation.models import Party
from fengqiao.people.models import Unit
from fengqiao.web.console.forms.fields import WordsField
from fengqiao.web.console.mediation.forms.base import ActForm, DayField, Table


class UnitChoice(forms.ModelChoiceField[Unit]):
    """One of the committees of the tier above."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), empty_label=None, widget=forms.RadioSelect, **kwargs)


class PartiesField(forms.ModelMultipleChoiceField[Party]):
    """Several parties of the dispute."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Party.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)


class Escalate(ActForm):
    """To which committee above, and why."""

    to = UnitChoice(label=_("To which committee"))
    reason = WordsField(label=_("Reason"), help_text=_("The parties read this."), rows=3)

    def fill(self, table: Table) -> None:
        """Offer the committees of the tier above; a single one is chosen already."""
        units = ways_up(table.dossier, table.at)
        field: Any = self.fields["to"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        field.choices = [(unit.pk, unit.name) for unit in units]
        self.initial = {"to": units[0].pk if len(units) == 1 else None}


class SendBack(ActForm):
    """With what help the tier below goes on."""

    help_given = WordsField(
        label=_("What help goes with it"),
        help_text=_("Advice, a person, a department: the tier below goes on with it."),
        rows=4,
    )


class Extend(ActForm):
    """How many days more, and who agreed."""

    days = forms.IntegerField(label=_("Days more"), min_value=1, widget=forms.TextInput({"inputmode": "numeric"}))
    agreed_by = PartiesField(label=_("Who agreed"), help_text=_("Every party must."))

    def fill(self, table: Table) -> None:
        """Offer the parties."""
        parties = [party.pk for party in present_parties(table.dossier)]
        self.fields["agreed_by"].queryset = Party.objects.filter(pk__in=parties).order_by("side", "pk")  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Give the parties as a list."""
        return self.cleaned_data | {"agreed_by": list(self.cleaned_data["agreed_by"])}


class Pause(ActForm):
    """Until when the time stands still, and for what."""

    until = DayField(label=_("Until the end of"))
    reason = WordsField(label=_("Which appraisal"), help_text=_("The parties read this."), most=1000, rows=2)
