"""What is asked when both sides filed: which case comes to the table, and whether two units mediate together."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.models import Case
from fengqiao.cases.policy import may
from fengqiao.cases.workflow import Status
from fengqiao.kit import codes
from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Party
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.mediation.forms.agreeing import PartyField
from fengqiao.web.console.mediation.forms.base import ActForm, Table


class LinkCase(ActForm):
    """Which case tells of the same dispute, and who of the parties filed it."""

    number = LineField(
        label=gettext_lazy("Case number"),
        most=40,
        help_text=gettext_lazy("A dispute of your area that nobody has yet, or one that your unit has in hand."),
    )
    filed_by = PartyField(
        label=gettext_lazy("Filed by"),
        required=False,
        help_text=gettext_lazy("This party follows the mediation by the code of that report."),
    )

    def fill(self, table: Table) -> None:
        """Offer the parties."""
        parties = Party.objects.filter(pk__in=[party.pk for party in present_parties(table.dossier)])
        self.fields["filed_by"].queryset = parties.order_by("side", "pk")  # type: ignore[attr-defined]

    def clean_number(self) -> Case:
        """Find the case, if this user may take it to mediation; any other does not exist."""
        table = self.table
        case = Case.objects.filter(county=table.dossier.county, number=self.cleaned_data["number"]).first()
        verb = "mediation" if case is not None and case.status == Status.MEDIATING else "mediate"
        if case is None or not may(table.user, verb, case, table.at):
            raise forms.ValidationError(_("There is no such case that you could take to mediation."))
        return case

    def facts(self) -> dict[str, Any]:
        """Give the case and who filed it."""
        return {"other": self.cleaned_data["number"], "filed_by": self.cleaned_data["filed_by"]}


class AskToJoin(ActForm):
    """By which code the other side filed elsewhere, and why both should be mediated together."""

    code = LineField(
        label=gettext_lazy("Code on the receipt of the other side"),
        most=40,
        help_text=gettext_lazy("The unit that mediates what was filed under it is asked, and decides."),
    )
    reason = WordsField(label=gettext_lazy("Reason"), most=500, rows=2)

    def clean_code(self) -> str:
        """Reduce what was typed to the bare code."""
        return codes.tidy(self.cleaned_data["code"])


class AnswerAsk(ActForm):
    """Whether the dispute goes on together with the other side's, at the unit that asks."""

    agrees = forms.TypedChoiceField(
        label=gettext_lazy("Mediate together at the unit that asks?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        help_text=gettext_lazy("With a yes this dossier closes; its case and its parties' codes go on there."),
    )
    words = WordsField(label=gettext_lazy("Reason"), most=500, rows=2, required=False)
