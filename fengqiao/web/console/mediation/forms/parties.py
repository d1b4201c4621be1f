"""Who is in the dispute, what they say to being mediated, and who mediates."""

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Agent, Mediator
from fengqiao.mediation.seats import choosable
from fengqiao.mediation.transitions.parties import Acts, Known
from fengqiao.mediation.vocabulary import ChosenBy, DisputeType, PartyKind, Road, Way
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.forms.mediating import OF_DISPUTE, DisputeFields
from fengqiao.web.console.forms.phones import PhoneField
from fengqiao.web.console.mediation.forms.base import ActForm, DayField, Table
from fengqiao.web.console.tablelines import SIDES

BY_STAFF = [each for each in Way.choices if each[0] != Way.CODE]


class SetFacts(DisputeFields, ActForm):
    """What is known of the dispute."""

    def fill(self, table: Table) -> None:
        """Begin with what is known."""
        self.initial = {name: getattr(table.dossier, OF_DISPUTE.get(name, name)) for name in DisputeFields.base_fields}

    def facts(self) -> dict[str, Any]:
        """Give the dispute as it is known now."""
        return {"dispute": self.dispute(Road(self.table.dossier.road))}


class AddParty(ActForm):
    """A person or body, and on which side."""

    side = forms.TypedChoiceField(label=_("Side"), choices=SIDES, coerce=int, widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("Person or body"), choices=PartyKind.choices, widget=forms.RadioSelect, initial=PartyKind.PERSON
    )
    name = LineField(label=_("Name"), most=60)
    phone = PhoneField(label=_("Phone"))
    address = LineField(label=pgettext_lazy("party", "Address"), most=120, required=False)
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=[("", _("not asked")), ("女", _("Female")), ("男", _("Male"))],
        required=False,
        help_text=_("Only for the papers."),
    )
    born_on = DayField(
        label=_("Born on"),
        required=False,
        help_text=_("Whether a guardian must act; leave it blank if they are plainly of age."),
    )
    is_minor = forms.BooleanField(label=_("Under age"), required=False)
    occupation = LineField(label=_("Occupation or duty"), most=40, required=False)

    def fill(self, table: Table) -> None:
        """Begin with the side that is still empty; where both have somebody, ask."""
        taken = {party.side for party in present_parties(table.dossier)}
        self.initial = {"side": next((side for side in (1, 2) if side not in taken), None)}

    def clean_born_on(self) -> date | None:
        """Refuse a day to come."""
        day: date | None = self.cleaned_data["born_on"]
        if day and day > localdate(self.table.at):
            raise forms.ValidationError(_("That day is still to come."))
        return day

    def facts(self) -> dict[str, Any]:
        """Give the party as it is known."""
        said = self.cleaned_data
        return {"known": Known(**(said | {"kind": PartyKind(said["kind"])}))}


class AppointAgent(ActForm):
    """Who acts for a party, and by what right."""

    kind = forms.ChoiceField(label=_("Acts as"), choices=Agent.Kind.choices, widget=forms.RadioSelect)
    name = LineField(label=_("Name"), most=60)
    relation = LineField(label=_("Relation"), most=40, required=False)
    phone = PhoneField(label=_("Phone"))
    powers = LineField(label=_("Powers"), most=200, required=False, help_text=_("Special powers are named one by one."))
    has_paper = forms.BooleanField(label=_("The power of attorney is on file"), required=False)

    def fill(self, table: Table) -> None:
        """A minor needs the guardian first."""
        kind = Agent.Kind.GUARDIAN if table.about and table.about.is_minor else Agent.Kind.AGENT
        self.initial = {"kind": kind}

    def facts(self) -> dict[str, Any]:
        """Give who acts."""
        said = self.cleaned_data
        return {"acts": Acts(**(said | {"kind": Agent.Kind(said["kind"])}))}


class Told(ActForm):
    """How a party was asked or told."""

    way = forms.ChoiceField(
        label=pgettext_lazy("party", "How"), choices=BY_STAFF, widget=forms.RadioSelect, initial=Way.IN_PERSON
    )

    def fill(self, table: Table) -> None:
        """For a minor the guardian speaks."""
        if table.about is not None and table.about.is_minor:
            self.initial = {"way": Way.AGENT}

    def facts(self) -> dict[str, Any]:
        """Give the way by its code."""
        return self.cleaned_data | {"way": Way(self.cleaned_data["way"])}


class Acknowledge(Told):
    """How a party was told its rights and duties, which stand there to be read out."""

    template_name = "console/mediation/acknowledge.html"


class Said(Told):
    """What a party said, and how."""

    words = WordsField(label=_("In their words"), most=500, rows=2, required=False)


class MediatorField(forms.ModelChoiceField[Mediator]):
    """One of those who have a seat in the committee today."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Mediator.objects.none(), **kwargs)

    def label_from_instance(self, obj: Mediator) -> str:
        """Name a mediator with what they are versed in."""
        versed = "、".join(str(DisputeType(code).label) for code in obj.types)
        return f"{obj.name} · {versed}" if versed else obj.name


class ChooseMediator(ActForm):
    """Who mediates, and who chose them."""

    mediator = MediatorField(label=_("Mediator"), empty_label=None, widget=forms.RadioSelect)
    chosen_by = forms.ChoiceField(
        label=_("Chosen by"), choices=ChosenBy.choices, widget=forms.RadioSelect, initial=ChosenBy.PARTIES
    )

    def fill(self, table: Table) -> None:
        """Offer who sits in the committee and has not stood aside."""
        self.fields["mediator"].queryset = choosable(table.dossier, table.at)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """Give who chose by their code."""
        return self.cleaned_data | {"chosen_by": ChosenBy(self.cleaned_data["chosen_by"])}


class DeclareInterest(ActForm):
    """An interest of the mediator, and who mediates instead."""

    words = WordsField(label=_("What the interest is"), most=500, rows=3)
    raised_by = LineField(label=_("Named by"), most=60, help_text=_("The mediator, or the party that named it."))
    instead = MediatorField(label=_("Who mediates instead"), required=False, empty_label=_("The mediator stays"))

    def fill(self, table: Table) -> None:
        """Offer the others of the committee."""
        field: Any = self.fields["instead"]
        field.queryset = choosable(table.dossier, table.at).exclude(dossiers=table.dossier)
        self.initial = {"raised_by": str(table.user)}
