"""What is asked about an identity number: the number for a paper, and why somebody wants to see it."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.papers.offering import Offer
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


class PrintIdentities(forms.Form):
    """Which paper is to show the whole numbers, and why; the button pressed says in which format."""

    paper = forms.ChoiceField(label=_("Which paper"), widget=forms.RadioSelect)
    reason = LineField(label=_("Reason"), most=200, help_text=_("Your name and the reason are written down."))

    def __init__(self, data: object = None, *, papers: Iterable[Offer]) -> None:
        super().__init__(data, auto_id="whole_%s")  # type: ignore[arg-type]
        offered = [(paper.key, paper.form.label) for paper in papers if paper.has_identities]
        self.fields["paper"].choices = offered  # type: ignore[attr-defined]
        self.initial = {"paper": offered[0][0]} if len(offered) == 1 else {}
