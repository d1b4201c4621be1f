"""What is asked when who is in the dispute changes: somebody steps in for a party, the other side's case comes in."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fengqiao.cases.models import Case
from fengqiao.cases.policy import may
from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Party
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.vocabulary import PartyKind
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.mediation.forms.agreeing import PartyField
from fengqiao.web.console.mediation.forms.base import ActForm, DayField, RowsForm, Table


class ReplaceParty(RowsForm):
    """Why a party leaves, and who steps in on its side."""

    template_name = "console/mediation/heirs.html"
    row = ("name", "phone", "address", "born_on")
    first = ("why",)
    drawn = 3
    why = WordsField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Whoever steps in is asked for consent; a draft is void."),
        most=200,
        rows=2,
    )

    def fill(self, table: Table) -> None:
        """Draw a row of questions for each who steps in."""
        self.ask_rows(0, lambda number: _row(number, table.about))

    def clean(self) -> dict[str, Any]:
        """Whoever steps in has a name, and was born already."""
        said = self.cleaned_data
        for number in self.numbers:
            if not said.get(f"name_{number}") and any(said.get(f"{each}_{number}") for each in self.row):
                self.add_error(f"name_{number}", _("Give the name."))
            day = said.get(f"born_on_{number}")
            if day and day > localdate(self.table.at):
                self.add_error(f"born_on_{number}", _("That day is still to come."))
        return said

    def facts(self) -> dict[str, Any]:
        """Give the reason and who steps in."""
        said, leaving = self.cleaned_data, self.table.about
        named = [number for number in self.numbers if said[f"name_{number}"]]
        return {"why": said["why"], "heirs": [_heir(said, number, leaving) for number in named]}


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
        if case is None or not may(table.user, "mediate", case, table.at):
            raise forms.ValidationError(_("There is no such case that you could take to mediation."))
        return case

    def facts(self) -> dict[str, Any]:
        """Give the case and who filed it."""
        return {"other": self.cleaned_data["number"], "filed_by": self.cleaned_data["filed_by"]}


def _row(number: int, leaving: Party) -> dict[str, forms.Field]:
    """Draw the questions about one who steps in."""
    rows: dict[str, forms.Field] = {
        f"name_{number}": LineField(label=_("Name"), most=60, required=False),
        f"phone_{number}": LineField(label=_("Phone"), most=30, required=False),
        f"address_{number}": LineField(label=pgettext("party", "Address"), most=120, required=False),
    }
    if leaving.kind == PartyKind.PERSON:
        rows[f"born_on_{number}"] = DayField(
            label=_("Born on"),
            required=False,
            help_text=_("Whether a guardian must act; leave it blank if they are plainly of age."),
        )
    return rows


def _heir(said: dict[str, Any], number: int, leaving: Party) -> Known:
    """Read one who steps in: on the same side, a person for a person, a body for a body."""
    return Known(
        side=leaving.side,
        kind=PartyKind(leaving.kind),
        name=said[f"name_{number}"],
        phone=said[f"phone_{number}"],
        address=said[f"address_{number}"],
        born_on=said.get(f"born_on_{number}"),
    )
