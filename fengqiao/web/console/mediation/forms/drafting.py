"""The wording of an agreement as it is typed: what it is about, its items row by row, and what stays open."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Agreement, Item, Party
from fengqiao.mediation.transitions.wording import Term, Wording
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.mediation.forms.agreeing import MomentField, PartyField
from fengqiao.web.console.mediation.forms.base import DayField, RowsForm, Table


class Draft(RowsForm):
    """What the parties agree on, and item by item who owes whom what, how much and by when."""

    template_name = "console/mediation/draft.html"
    row = ("owes", "to", "what", "how", "amount", "due_on")
    first = ("what_for", "content")
    drawn = 4
    what_for = WordsField(label=_("Facts, issues, responsibility"), rows=4)
    content = WordsField(label=_("What was agreed"), rows=5)
    is_partial = forms.BooleanField(label=_("Settles a part only"), required=False)
    rest = WordsField(label=_("What stays open"), most=2000, rows=2, required=False)

    def fill(self, table: Table) -> None:
        """Draw a row of questions for each item, and begin with the last wording."""
        last = table.dossier.agreements.order_by("-version").first()
        known = list(last.items.order_by("order")) if last else []
        parties = Party.objects.filter(pk__in=[party.pk for party in present_parties(table.dossier)])
        self.ask_rows(len(known), lambda number: _row(number, parties.order_by("side", "pk")))
        self.initial = _known(last, known) if last else {"what_for": table.dossier.facts}

    def clean(self) -> dict[str, Any]:
        """An item says who does what."""
        said = self.cleaned_data
        for number in self.numbers:
            what, given = f"what_{number}", any(said.get(f"{name}_{number}") for name in self.row)
            if said.get(what) and not said.get(f"owes_{number}"):
                self.add_error(f"owes_{number}", _("Say who does it."))
            elif given and said.get(what) == "":
                self.add_error(what, _("Say what is done."))
        return said

    def facts(self) -> dict[str, Any]:
        """Give the wording."""
        said = self.cleaned_data
        terms = [_term(said, number) for number in self.numbers if said[f"what_{number}"]]
        wording = Wording(
            facts=said["what_for"],
            content=said["content"],
            items=terms,
            is_partial=said["is_partial"],
            rest=said["rest"],
        )
        return {"wording": wording}


class AgreeOrally(Draft):
    """What was agreed by word of mouth, and when."""

    agreed_at = MomentField(label=_("Agreed at"))

    def fill(self, table: Table) -> None:
        """Begin with this moment."""
        super().fill(table)
        self.initial = {**self.initial, "agreed_at": table.at}

    def facts(self) -> dict[str, Any]:
        """Give the wording and its moment."""
        return super().facts() | {"agreed_at": self.cleaned_data["agreed_at"]}


def _known(last: Agreement, items: list[Item]) -> dict[str, Any]:
    """Begin with the last wording."""
    known: dict[str, Any] = {"what_for": last.facts, "content": last.content}
    known |= {"is_partial": last.is_partial, "rest": last.rest}
    for number, item in enumerate(items, start=1):
        known |= {f"owes_{number}": item.owes_id, f"to_{number}": item.to_id, f"what_{number}": item.what}
        known |= {f"how_{number}": item.how, f"amount_{number}": item.amount, f"due_on_{number}": item.due_on}
    return known


def _row(number: int, parties: Any) -> dict[str, forms.Field]:
    """Draw the questions of one item."""
    who, whom = PartyField(required=False), PartyField(required=False)
    who.queryset = whom.queryset = parties
    who.label, whom.label = pgettext_lazy("item", "Who"), _("to whom")
    amount = forms.DecimalField(label=_("Amount in yuan"), max_digits=14, decimal_places=2, min_value=0, required=False)
    return {
        f"owes_{number}": who,
        f"to_{number}": whom,
        f"what_{number}": LineField(label=_("does what"), most=300, required=False),
        f"how_{number}": LineField(label=_("how"), most=120, required=False),
        f"amount_{number}": amount,
        f"due_on_{number}": DayField(label=_("by when"), required=False),
    }


def _term(said: dict[str, Any], number: int) -> Term:
    """Read one item."""
    amount: Decimal | None = said[f"amount_{number}"]
    due_on: date | None = said[f"due_on_{number}"]
    return Term(
        owes=said[f"owes_{number}"],
        to=said[f"to_{number}"],
        what=said[f"what_{number}"],
        amount=amount or None,
        how=said[f"how_{number}"],
        due_on=due_on,
    )
