"""What is asked before an agreement binds: the check, and each hand on the paper."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.confirming import Asked, asked
from fengqiao.mediation.models import Party
from fengqiao.web.console.forms.fields import LineField
from fengqiao.web.console.forms.steps import explained
from fengqiao.web.console.mediation.forms.base import ActForm, Table

YEARS = range(1900, 2200)


class MomentField(forms.DateTimeField):
    """A day and a time of day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """Read it by the clock here; at the ends of the calendar a moment can be stored and never be read again."""
        moment = super().to_python(value)
        if moment is None:
            return None
        if moment.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return localtime(moment)


class PartyField(forms.ModelChoiceField[Party]):
    """One of the parties in the dispute."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Party.objects.none(), empty_label=_("Choose"), **kwargs)


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
        """Offer the questions, those without an answer first, each with its article and what is noticed by rule."""
        draft = table.dossier.agreements.filter(state="draft").first()
        rows = sorted(asked(draft) if draft else [], key=lambda each: each.answer is not None)
        self.fields["question"].choices = [(each.question.code, _told(each)) for each in rows]  # type: ignore[attr-defined]
        self.initial = {"question": rows[0].question.code} if rows else {}


def _told(each: Asked) -> SafeString:
    """Say a question with where it stands in the law, and what is noticed."""
    return explained(each.question.label, " · ".join([str(each.question.basis), *each.warnings]))


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
