"""What a clerk writes down while someone talks."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Nature, Urgency
from fengqiao.files.transitions.keeping import Enclosed
from fengqiao.intake.models.report import TEXT_LIMIT
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel
from fengqiao.kit.ids import new_id
from fengqiao.people.models import Unit
from fengqiao.places.models import Region
from fengqiao.web.console.forms.fields import CategoryField, LineField, RegionField, WordsField
from fengqiao.web.console.forms.phones import PhoneField
from fengqiao.web.shared.copying import Form
from fengqiao.web.shared.enclosing import basket_of
from fengqiao.web.shared.proxy import must_speak_for

BY_STAFF = [(each.value, each.label) for each in (Channel.PHONE, Channel.WINDOW, Channel.LETTER, Channel.GRID)]


class Receive(Form):
    """A report by phone, at the window, by letter, or on someone's behalf."""

    channel = forms.ChoiceField(label=_("Channel"), choices=BY_STAFF, widget=forms.RadioSelect)
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices, widget=forms.RadioSelect, initial=Nature.HELP)
    text = WordsField(
        label=pgettext_lazy("case page", "What was said"),
        help_text=_("In the resident's own words; it is kept as written."),
        most=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 9, "accesskey": "t", "autofocus": True}),
    )
    region = RegionField(label=_("Where"), help_text=_("Type part of the name of the township or village."))
    place = LineField(
        label=_("Where exactly"), help_text=_("Road, house, a mark people know."), most=200, required=False
    )
    reporter = LineField(label=_("Name"), most=40, required=False)
    phone = PhoneField(label=_("Phone"))
    proxy = LineField(
        label=_("Told on their behalf by"),
        help_text=_("Name of who tells it, if it is not the resident."),
        most=60,
        required=False,
    )
    proxy_relation = LineField(
        label=_("What they are to the resident"),
        help_text=_("Such as daughter, neighbour, village doctor."),
        most=40,
        required=False,
    )
    proxy_agreed = forms.BooleanField(
        label=_("The resident knows and agrees, or cannot decide and this is the guardian"), required=False
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, county: str, today: date, channel: str = "", begin_at: Region | None = None
    ) -> None:
        super().__init__(data, auto_id="intake_%s")
        self.fields["region"].offer(county, today)  # type: ignore[attr-defined]
        self.basket = basket_of((data or {}).get("basket", ""))
        self.initial = {"submission": new_id(), "channel": channel or Channel.PHONE, "region": begin_at and begin_at.pk}

    def clean(self) -> dict[str, Any]:
        """Ask of whoever tells it for another what they are to them, and whether they agreed."""
        return must_speak_for(self)

    def entry(self) -> Entry:
        """Give what came in, as it came."""
        said = self.cleaned_data
        submission: UUID = said["submission"]
        return Entry(
            channel=Channel(said["channel"]),
            nature=Nature(said["nature"]),
            text=said["text"],
            region=said["region"],
            place=said["place"],
            reporter=said["reporter"],
            phone=said["phone"],
            proxy=said["proxy"],
            proxy_relation=said["proxy_relation"],
            proxy_agreed=said["proxy_agreed"],
            submission=submission,
            enclosed=Enclosed(self.basket),
        )


class OpenAtOnce(Form):
    """What a case is opened with while the report is still being written; where it lies, the report says."""

    title = LineField(label=_("Title"), most=120, help_text=_("Where and what, in one line; no names of residents."))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[each for each in Kind.choices if each[0] != Kind.LEAD], initial=Kind.REQUEST
    )
    category = CategoryField(label=_("Category"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, initial=Urgency.ORDINARY)

    def __init__(self, data: Any = None, *, county: str) -> None:
        super().__init__(data, auto_id="intake_%s", prefix="case")
        self.fields["category"].offer(county)  # type: ignore[attr-defined]

    def opening(self, entry: Entry, centre: Unit) -> Opening:
        """Give what the case of this report is opened with."""
        said = self.cleaned_data
        return Opening(
            title=said["title"],
            kind=Kind(said["kind"]),
            nature=entry.nature,
            region=entry.region,
            centre=centre,
            category=said["category"],
            urgency=Urgency(said["urgency"]),
        )
