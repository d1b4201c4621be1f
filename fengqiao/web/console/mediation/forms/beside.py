"""What is asked when others help: somebody invited, what the parties say to it, and how a referral went."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Expert, Party, Referral
from fengqiao.mediation.transitions.inviting import Helper
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.mediation.forms.base import ActForm, Table


class AnswerReferral(ActForm):
    """Whether the party was taken on."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Referral.Answer.choices, widget=forms.RadioSelect)
    words = WordsField(label=_("Words"), most=500, rows=2, required=False)

    def facts(self) -> dict[str, Any]:
        """Give the answer by its code."""
        return self.cleaned_data | {"answer": Referral.Answer(self.cleaned_data["answer"])}


class EndReferral(ActForm):
    """What came of the help."""

    result = WordsField(label=_("What came of it"), most=500, rows=3)


class Invite(ActForm):
    """Who could help, as what; somebody of the register of experts is chosen there."""

    expert = forms.ModelChoiceField(
        label=_("From the register of experts"),
        queryset=Expert.objects.none(),
        required=False,
        empty_label=_("Somebody else"),
    )
    name = LineField(
        label=_("Name"), most=60, required=False, help_text=_("Leave it blank for somebody of the register.")
    )
    role = LineField(label=_("As what"), most=40, help_text=_("A relative, a neighbour, a lawyer, an office."))

    def fill(self, table: Table) -> None:
        """Offer the experts of the county who may be invited."""
        offered = Expert.objects.exclude(ended_on__lte=localdate(table.at))
        experts = offered.filter(county=table.dossier.county).order_by("name", "pk")
        self.fields["expert"].queryset = experts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one name, from the register or in words."""
        said = self.cleaned_data
        if "name" in said and bool(said["name"]) == bool(said.get("expert")):
            self.add_error("name", _("Give a name, or choose somebody of the register."))
        return said

    def facts(self) -> dict[str, Any]:
        """Give who is invited."""
        expert: Expert | None = self.cleaned_data["expert"]
        name = expert.name if expert else self.cleaned_data["name"]
        return {"helper": Helper(name=name, role=self.cleaned_data["role"], expert=expert)}


class AnswerInvitation(ActForm):
    """Which party says what to somebody invited."""

    party = forms.ModelChoiceField(
        label=_("Party"), queryset=Party.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    agrees = forms.TypedChoiceField(
        label=_("Does the party agree?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )

    def fill(self, table: Table) -> None:
        """Offer the parties; begin with the first that has not answered."""
        parties = [party.pk for party in present_parties(table.dossier)]
        self.fields["party"].queryset = Party.objects.filter(pk__in=parties).order_by("side", "pk")  # type: ignore[attr-defined]
        answered = set(table.about.answers.values_list("party_id", flat=True))
        self.initial = {"party": next((pk for pk in parties if pk not in answered), None)}
