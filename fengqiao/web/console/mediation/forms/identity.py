"""What is asked about an identity number: the number for a paper, and why somebody wants to see it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.web.console.forms.fields import LineField
from fengqiao.web.console.mediation.forms.base import ActForm


class EnterIdentity(ActForm):
    """The number, and which paper needs it."""

    number = LineField(
        label=_("Identity number"),
        most=18,
        help_text=_("Kept sealed; the page shows the last four signs."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    needed_for = LineField(label=_("Which paper needs it"), most=60)


class ShowIdentity(ActForm):
    """Why somebody needs to see the whole number."""

    reason = LineField(label=_("Reason"), most=200, help_text=_("Your name and the reason are written down."))
