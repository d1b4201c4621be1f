"""What is asked of a meeting: when and where, why it is called off, and its minutes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Agent, Invitation, Party
from fengqiao.mediation.transitions.meetings import Minutes, Plan, Seat
from fengqiao.mediation.vocabulary import MeetingKind
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.mediation.forms.agreeing import MomentField
from fengqiao.web.console.mediation.forms.base import ActForm, Table
from fengqiao.web.console.mediation.forms.tiers import PartiesField


class AgentsField(forms.ModelMultipleChoiceField[Agent]):
    """Several of those who act for the parties."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Agent.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, obj: Agent) -> str:
        """Name who acts, and for whom."""
        return f"{obj.name} · {obj.party.name}"


class GuestsField(forms.ModelMultipleChoiceField[Invitation]):
    """Several of those whom every party agreed to have there."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Invitation.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)


class PlanMeeting(ActForm):
    """How, when and where the parties meet."""

    kind = forms.ChoiceField(
        label=_("How they meet"), choices=MeetingKind.choices, widget=forms.RadioSelect, initial=MeetingKind.IN_PERSON
    )
    starts_at = MomentField(label=_("Begins"))
    place = LineField(label=_("Place"), most=120, required=False)
    link = LineField(label=_("Link"), most=300, required=False)
    recorder = LineField(label=_("Recorder"), most=40, required=False)

    def facts(self) -> dict[str, Any]:
        """Give the plan."""
        said = self.cleaned_data
        return {"planned": Plan(**(said | {"kind": MeetingKind(said["kind"])}))}


class CallOff(ActForm):
    """Why a meeting is called off."""

    reason = WordsField(label=_("Reason"), help_text=_("The parties read this."), most=200, rows=2)


class HoldMeeting(ActForm):
    """The minutes: who was there, what was said and found, what came of it."""

    held_at = MomentField(label=_("Begun at"))
    ended_at = MomentField(label=_("Ended at"))
    present = PartiesField(label=_("Who was there"), required=False)
    spoke = AgentsField(label=_("Agents and guardians who spoke for a party"), required=False)
    guests = GuestsField(label=_("Invited helpers who were there"), required=False)
    subject = LineField(label=_("Subject"), most=120, required=False)
    recorder = LineField(label=_("Recorder"), most=40, required=False)
    statements = WordsField(label=_("Statements of the parties"), most=10_000, rows=5, required=False)
    verified = WordsField(label=_("Facts verified"), rows=3, required=False)
    undisputed = WordsField(label=_("Facts not in dispute"), rows=2, required=False)
    is_undisputed_agreed = forms.BooleanField(label=_("The parties agree to record them"), required=False)
    concessions = WordsField(label=_("Concessions, no evidence later"), rows=2, required=False)
    result = WordsField(label=_("Result"), most=3000, rows=3)

    def fill(self, table: Table) -> None:
        """Begin with what was planned."""
        parties = Party.objects.filter(pk__in=[party.pk for party in present_parties(table.dossier)])
        self.fields["present"].queryset = parties.order_by("side", "pk")  # type: ignore[attr-defined]
        agents = Agent.objects.filter(party__in=parties).select_related("party")
        self._offer("spoke", agents.order_by("party__side", "pk"))
        self._offer("guests", table.dossier.invitations.filter(agreed_at__isnull=False).order_by("at", "pk"))
        meeting = table.about
        known = {"ended_at": table.at, "present": [party.pk for party in parties]}
        planned = {"held_at": meeting.starts_at, "recorder": meeting.recorder} if meeting else {}
        self.initial = {**known, **planned}

    def facts(self) -> dict[str, Any]:
        """Give the minutes and who sat there."""
        said = dict(self.cleaned_data)
        there, spoke, guests = set(said.pop("present")), said.pop("spoke", ()), said.pop("guests", ())
        through = {party: "、".join(each.name for each in spoke if each.party_id == party.pk) for party in self._here()}
        seats = {party: Seat(party in there or bool(words), words[:60]) for party, words in through.items()}
        return {"minutes": Minutes(**said), "seats": seats, "guests": list(guests)}

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Ask only where there is somebody to choose."""
        field: Any = self.fields[name]
        field.queryset = rows
        if not rows.exists():
            del self.fields[name]

    def _here(self) -> list[Party]:
        return present_parties(self.table.dossier)
