"""What is asked of a meeting: when and where, why it is called off, and its minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Party
from fengqiao.mediation.transitions.meetings import Minutes, Plan, Seat
from fengqiao.mediation.vocabulary import MeetingKind
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.mediation.forms.agreeing import MomentField
from fengqiao.web.console.mediation.forms.base import ActForm, Table
from fengqiao.web.console.mediation.forms.tiers import PartiesField


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
        meeting = table.about
        known = {"ended_at": table.at, "present": [party.pk for party in parties]}
        planned = {"held_at": meeting.starts_at, "recorder": meeting.recorder} if meeting else {}
        self.initial = {**known, **planned}

    def facts(self) -> dict[str, Any]:
        """Give the minutes and who sat there."""
        said = dict(self.cleaned_data)
        there = set(said.pop("present"))
        seats = {party: Seat(party in there) for party in present_parties(self.table.dossier)}
        return {"minutes": Minutes(**said), "seats": seats}
