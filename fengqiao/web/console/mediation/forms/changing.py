"""What is asked when who is in the dispute changes: somebody steps in for a party, a party or an agent is set right."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fengqiao.mediation.models import Agent, Party
from fengqiao.mediation.transitions.correcting import REACHED
from fengqiao.mediation.transitions.parties import Acts, Known
from fengqiao.mediation.vocabulary import PartyKind
from fengqiao.mediation.workflow import Stand
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.forms.phones import PhoneField
from fengqiao.web.console.mediation.forms.base import ActForm, DayField, RowsForm, Table
from fengqiao.web.console.mediation.forms.parties import AddParty, AppointAgent


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


class ChangeParty(AddParty):
    """What stands there of a party, to be set right, and why."""

    is_same = forms.BooleanField(
        label=gettext_lazy("Another name: it is the same person, written wrong before"),
        required=False,
        help_text=gettext_lazy("If it is somebody else, the party leaves and the other steps in."),
    )
    reason = LineField(label=gettext_lazy("Reason"), most=200)

    def fill(self, table: Table) -> None:
        """Begin with what stands there; once an agreement binds, only how the party is reached is asked."""
        self.initial = {name: getattr(table.about, name, None) for name in AddParty.base_fields}
        if table.dossier.stand == Stand.AGREED:
            _keep(self, {*REACHED, "reason"})

    def facts(self) -> dict[str, Any]:
        """Give the party as it is, with what was set right."""
        said = dict(self.cleaned_data)
        reason, is_same = said.pop("reason"), said.pop("is_same", False)
        stood = {name: getattr(self.table.about, name) for name in Known.__dataclass_fields__}
        known = stood | said
        return {"known": Known(**(known | {"kind": PartyKind(known["kind"])})), "reason": reason, "is_same": is_same}


class ChangeAgent(AppointAgent):
    """What stands there of who acts for a party, to be set right, and why."""

    reason = LineField(label=gettext_lazy("Reason"), most=200)

    def fill(self, table: Table) -> None:
        """Begin with what stands there; once an agreement binds, only how the agent is reached is asked."""
        self.initial = {name: getattr(table.about, name, None) for name in AppointAgent.base_fields}
        if table.dossier.stand == Stand.AGREED:
            _keep(self, {*REACHED, "reason"})

    def facts(self) -> dict[str, Any]:
        """Give who acts, as they are."""
        said = dict(self.cleaned_data)
        reason = said.pop("reason")
        known = {name: getattr(self.table.about, name) for name in Acts.__dataclass_fields__} | said
        return {"acts": Acts(**(known | {"kind": Agent.Kind(known["kind"])})), "reason": reason}


class DismissAgent(ActForm):
    """Why somebody no longer acts for a party."""

    reason = WordsField(label=gettext_lazy("Reason"), most=200, rows=2)


def _keep(form: ActForm, names: set[str]) -> None:
    """Ask these questions alone."""
    for name in [*form.fields]:
        if name not in names:
            del form.fields[name]


def _row(number: int, leaving: Party) -> dict[str, forms.Field]:
    """Draw the questions about one who steps in."""
    rows: dict[str, forms.Field] = {
        f"name_{number}": LineField(label=_("Name"), most=60, required=False),
        f"phone_{number}": PhoneField(label=_("Phone")),
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
