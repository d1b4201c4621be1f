"""What a committee asks when somebody brings a dispute to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.intake.transitions.disputes import Brought
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel
from fengqiao.kit.ids import new_id
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.vocabulary import Road
from fengqiao.people.models import Unit
from fengqiao.web.console.forms.fields import LineField, RegionField
from fengqiao.web.console.forms.mediating import DisputeFields
from fengqiao.web.console.forms.phones import PhoneField

CHANNELS = [(each.value, each.label) for each in (Channel.WINDOW, Channel.PHONE, Channel.LETTER)]


class CommitteeField(forms.ModelChoiceField[Unit]):
    """One of the committees for which somebody mediates."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), empty_label=None, **kwargs)


class TakeIn(DisputeFields):
    """Who asks, against whom, where, and what happened."""

    asks = LineField(label=_("Who asks"), most=40)
    asks_phone = PhoneField(label=_("Phone"))
    answers = LineField(label=_("Against whom"), most=60)
    answers_phone = PhoneField(label=_("Phone of the other side"))
    title = LineField(label=_("Title"), most=120, help_text=_("Where and what, in one line; no names of residents."))
    region = RegionField(label=_("Where"), help_text=_("Type part of the name of the township or village."))
    channel = forms.ChoiceField(label=_("Channel"), choices=CHANNELS, widget=forms.RadioSelect)
    to = CommitteeField(label=pgettext_lazy("mediation", "Committee"))
    submission = forms.UUIDField(widget=forms.HiddenInput)
    field_order = (
        "asks", "asks_phone", "answers", "answers_phone", "title", "region", "channel", "to",
        *DisputeFields.base_fields,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, county: str, units: list[Unit], at: datetime) -> None:
        super().__init__(data, auto_id="dispute_%s")
        self.fields["region"].offer(county, localdate(at))  # type: ignore[attr-defined]
        self.fields["to"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
        self.initial = {
            "submission": new_id(),
            "channel": Channel.WINDOW,
            "to": units[0].pk,
            "region": units[0].region_id,
        }

    def entry(self) -> Entry:
        """Give the report as it came."""
        said = self.cleaned_data
        submission: UUID = said["submission"]
        return Entry(
            channel=Channel(said["channel"]),
            nature=Nature.HELP,
            text=said["story"],
            region=said["region"],
            reporter=said["asks"],
            phone=said["asks_phone"],
            submission=submission,
        )

    def brought(self, centre: Unit) -> Brought:
        """Give the dispute with who asks on the first side and who answers on the second."""
        said = self.cleaned_data
        opening = Opening(
            title=said["title"], kind=Kind.DISPUTE, nature=Nature.HELP, region=said["region"], centre=centre
        )
        return Brought(
            opening=opening,
            dispute=self.dispute(Road.PEOPLES),
            asks=Known(side=1, name=said["asks"], phone=said["asks_phone"]),
            answer=(Known(side=2, name=said["answers"], phone=said["answers_phone"]),),
            to=said["to"],
        )
