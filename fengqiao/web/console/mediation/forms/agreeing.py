"""What is asked when the parties agree: the wording with its items, the check, each hand on the paper."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.confirming import QUESTIONS
from fengqiao.mediation.models import Party
from fengqiao.mediation.transitions.wording import Term, Wording
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.mediation.forms.base import ActForm, Table

ITEMS = 4  # duties asked for at once; whoever needs more words several in one
DAY = {"type": "date"}


class MomentField(forms.DateTimeField):
    """A day and a time of day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)


class PartyField(forms.ModelChoiceField[Party]):
    """One of the parties in the dispute."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Party.objects.none(), **kwargs)


class Draft(ActForm):
    """What the parties agree on, and item by item who owes whom what, how much and by when."""

    what_for = WordsField(label=_("Facts, issues, responsibility"), rows=4)
    content = WordsField(label=_("What was agreed"), rows=5)
    is_partial = forms.BooleanField(label=_("Settles a part only"), required=False)
    rest = WordsField(label=_("What stays open"), most=2000, rows=2, required=False)

    def fill(self, table: Table) -> None:
        """Draw a row of questions for each item, and begin with the last wording."""
        parties = Party.objects.filter(pk__in=[party.pk for party in present_parties(table.dossier)])
        for number in range(1, ITEMS + 1):
            self.fields |= _row(number, parties.order_by("side", "pk"))
        last = table.dossier.agreements.order_by("-version").first()
        known = {"what_for": last.facts, "content": last.content} if last else {"what_for": table.dossier.facts}
        self.initial = known

    def clean(self) -> dict[str, Any]:
        """An item that says what says who, too."""
        said = self.cleaned_data
        for number in range(1, ITEMS + 1):
            if said.get(f"what_{number}") and not said.get(f"owes_{number}"):
                self.add_error(f"owes_{number}", _("Say who does it."))
        return said

    def facts(self) -> dict[str, Any]:
        """Give the wording."""
        said = self.cleaned_data
        terms = [_term(said, number) for number in range(1, ITEMS + 1) if said[f"what_{number}"]]
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


class Check(ActForm):
    """One question of the check before signing."""

    question = forms.ChoiceField(label=_("What could stand against confirmation"), choices=[], widget=forms.RadioSelect)
    is_clear = forms.TypedChoiceField(
        label=_("Does it stand against it?"),
        choices=[("yes", _("No, it is clear")), ("no", _("Yes, or not sure"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )

    def fill(self, table: Table) -> None:
        """Offer the questions, those without an answer first."""
        draft = table.dossier.agreements.filter(state="draft").first()
        answered = set(draft.checks.values_list("question", flat=True)) if draft else set()
        rows = sorted(QUESTIONS, key=lambda each: each.code in answered)
        self.fields["question"].choices = [(each.code, each.label) for each in rows]  # type: ignore[attr-defined]
        self.initial = {"question": rows[0].code}


class Sign(ActForm):
    """When a party signed, and by whose hand."""

    signed_at = MomentField(label=_("Signed at"))
    through = LineField(
        label=_("By the hand of"),
        most=60,
        required=False,
        help_text=_("The agent or guardian; blank: the party itself."),
    )

    def fill(self, table: Table) -> None:
        """For a minor the guardian signs."""
        guardian = table.about.agents.filter(kind="guardian").first() if table.about else None
        self.initial = {"signed_at": table.at, "through": guardian.name if guardian else ""}


class SignedAt(ActForm):
    """When the mediator signed."""

    signed_at = MomentField(label=_("Signed at"))

    def fill(self, table: Table) -> None:
        """Begin with this moment."""
        self.initial = {"signed_at": table.at}


class SealedAt(ActForm):
    """When the seal was put on the paper."""

    sealed_at = MomentField(label=_("Sealed at"))

    def fill(self, table: Table) -> None:
        """Begin with this moment."""
        self.initial = {"sealed_at": table.at}


def _row(number: int, parties: Any) -> dict[str, forms.Field]:
    """Draw the questions of one item."""
    who, whom = PartyField(required=False), PartyField(required=False)
    who.queryset = whom.queryset = parties
    who.label, whom.label = _("Item %(number)s: who") % {"number": number}, _("to whom")
    amount = forms.DecimalField(label=_("Amount in yuan"), max_digits=14, decimal_places=2, min_value=0, required=False)
    return {
        f"owes_{number}": who,
        f"to_{number}": whom,
        f"what_{number}": LineField(label=_("does what"), most=300, required=False),
        f"how_{number}": LineField(label=_("how"), most=120, required=False),
        f"amount_{number}": amount,
        f"due_on_{number}": forms.DateField(label=_("by when"), required=False, widget=forms.DateInput(DAY)),
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
