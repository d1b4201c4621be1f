"""What is asked after the agreement, and beside the mediation: performance, the court, a visit, help, a danger."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.mediation.models import Party
from fengqiao.mediation.transitions.dangers import Danger
from fengqiao.mediation.transitions.performing import Visit
from fengqiao.mediation.transitions.referring import Help
from fengqiao.mediation.vocabulary import Overturned, ReferralKind
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.forms.mediating import SAFETY
from fengqiao.web.console.mediation.forms.agreeing import MomentField
from fengqiao.web.console.mediation.forms.base import ActForm, DayField, Table

YES_OR_NO = [("", _("not asked")), ("yes", _("Yes")), ("no", _("No"))]


class YesOrNo(forms.TypedChoiceField):
    """Yes, no, or not asked."""

    def __init__(self, **kwargs: Any) -> None:
        coerced: dict[str, Any] = {"coerce": lambda said: said == "yes", "empty_value": None, "choices": YES_OR_NO}
        super().__init__(**coerced, required=False, **kwargs)


class Perform(ActForm):
    """When an item was performed, and how much was paid."""

    done_at = MomentField(label=_("Done at"))
    recovered = forms.DecimalField(
        label=_("Money paid in yuan"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    words = WordsField(label=_("Words"), most=500, rows=2, required=False)

    def fill(self, table: Table) -> None:
        """Begin with this moment and what was promised."""
        self.initial = {"done_at": table.at, "recovered": getattr(table.about, "amount", None)}


class Breach(ActForm):
    """What was not kept."""

    words = WordsField(label=_("What was not kept"), most=500, rows=3)


class AskCourt(ActForm):
    """On which day both sides asked the court."""

    asked_on = DayField(label=_("Asked on"))

    def fill(self, table: Table) -> None:
        """Begin with today."""
        self.initial = {"asked_on": localdate(table.at)}


class CourtAnswered(ActForm):
    """What the court said."""

    is_confirmed = forms.TypedChoiceField(
        label=_("Answer of the court"),
        choices=[("yes", _("Confirmed")), ("no", _("Rejected"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    answered_on = DayField(label=_("Answered on"))
    words = WordsField(label=_("Words"), most=500, rows=2, required=False)


class Overturn(ActForm):
    """How an agreement lost its force."""

    how = forms.ChoiceField(
        label=pgettext_lazy("overturned", "How"), choices=Overturned.choices, widget=forms.RadioSelect
    )
    words = WordsField(label=_("By whom and why"), most=400, rows=3)

    def facts(self) -> dict[str, Any]:
        """Give the way by its code."""
        return self.cleaned_data | {"how": Overturned(self.cleaned_data["how"])}


class FollowUpVisit(ActForm):
    """What a visit after the agreement found."""

    reason = LineField(label=_("Reason"), most=120)
    words = WordsField(label=_("What was found"), most=3000, rows=3)
    is_kept = YesOrNo(label=_("Is the agreement kept?"))
    is_content = YesOrNo(label=_("Are they content?"))
    new_signs = WordsField(label=_("New signs of a dispute"), most=500, rows=2, required=False)
    party = forms.ModelChoiceField(
        label=_("Whom"), queryset=Party.objects.none(), required=False, empty_label=_("Choose")
    )

    def fill(self, table: Table) -> None:
        """Offer the parties."""
        self.fields["party"].queryset = table.dossier.parties.order_by("side", "pk")  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Give what was found."""
        return {"visit": Visit(**self.cleaned_data)}


class Refer(ActForm):
    """To what help a party is sent on, with its own consent."""

    kind = forms.ChoiceField(label=_("Kind of help"), choices=ReferralKind.choices, widget=forms.RadioSelect)
    to = LineField(label=_("To whom"), most=60)
    words = WordsField(label=_("Why"), most=500, rows=2)
    consented_at = MomentField(label=_("The party agreed at"), help_text=_("A party is sent on only if it agrees."))

    def facts(self) -> dict[str, Any]:
        """Give the help that is sought."""
        said = self.cleaned_data
        return {"sought": Help(**(said | {"kind": ReferralKind(said["kind"])}))}


class ReportDanger(ActForm):
    """To whom a danger was reported, when and why; and what those at the table must know from now on."""

    to = LineField(label=_("Reported to"), most=60, help_text=_("Police, or the department."))
    reported_at = MomentField(label=_("Reported at"))
    words = WordsField(label=_("Why"), most=1000, rows=3)
    measures = WordsField(label=_("What was done to calm it"), most=500, rows=2, required=False)
    safety_note = WordsField(
        label=_("Safety note for this matter"), help_text=SAFETY, most=1000, rows=2, required=False
    )

    def fill(self, table: Table) -> None:
        """Begin with this moment and the note as it stands."""
        self.initial = {"reported_at": table.at, "safety_note": table.dossier.safety_note}

    def facts(self) -> dict[str, Any]:
        """Give the report and the note."""
        said = dict(self.cleaned_data)
        return {"safety_note": said.pop("safety_note"), "danger": Danger(**said)}
