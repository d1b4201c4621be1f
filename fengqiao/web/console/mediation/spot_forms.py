"""What was settled on the spot, as it is typed with one thumb; and what a review found."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.mediation.models import Mediator, SpotLimits, SpotReview
from fengqiao.mediation.onspot import Desk, places_of
from fengqiao.mediation.seats import seated
from fengqiao.mediation.spotlimits import in_yuan, limits_of, names_of
from fengqiao.mediation.transitions.spot import Settled
from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.web.console.forms.fields import LineField, WordsField

MOMENT = "%Y-%m-%dT%H:%M"


class WriteDown(forms.Form):
    """Who, what, settled how; the rest is filled in already."""

    who = LineField(
        label=gettext_lazy("Between whom"), most=120, help_text=gettext_lazy("Names only, with a comma between.")
    )
    what = WordsField(label=gettext_lazy("What was it about?"), most=500, rows=2)
    settled = WordsField(label=gettext_lazy("How was it settled?"), most=500, rows=2)
    type = forms.ChoiceField(
        label=gettext_lazy("Type of dispute"), choices=[("", gettext_lazy("Choose")), *DisputeType.choices]
    )
    region = forms.ModelChoiceField(label=gettext_lazy("Where"), queryset=Region.objects.none(), empty_label=None)
    mediator = forms.ModelChoiceField(
        label=gettext_lazy("Who mediated"), queryset=Mediator.objects.none(), empty_label=None
    )
    settled_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        input_formats=[MOMENT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Sum in yuan, if any"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, data: Any = None, *, desk: Desk, user: User, at: datetime) -> None:
        super().__init__(data, auto_id="spot_%s")
        people, places = seated(desk.unit, at), places_of(desk.area, at)
        self._offer("mediator", people)
        self._offer("region", places)
        own = people.filter(user=user).first() or people.first()
        self._say_limits(limits_of(desk.unit.county, localdate(at)))
        here = localtime(at).replace(second=0, microsecond=0)
        self.initial = {"settled_at": here, "region": desk.area.pk, "mediator": own.pk if own else None}

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def _say_limits(self, limits: SpotLimits) -> None:
        """Say beside each field what is taken in as a dispute instead."""
        late = _("Within %(days)d days; later it is written down no more.") % {"days": limits.late_days}
        self.fields["settled_at"].help_text = late
        if limits.most is not None:
            most = _("At most %(most)s yuan here; beyond that, take it in as a dispute.")
            self.fields["amount"].help_text = most % {"most": in_yuan(limits.most)}
        if limits.never:
            never = _("Not on the spot here: %(types)s.")
            self.fields["type"].help_text = never % {"types": names_of(limits)}

    def said(self) -> Settled:
        """Give what was settled."""
        said = self.cleaned_data
        return Settled(**(said | {"type": DisputeType(said["type"])}))


class Review(forms.Form):
    """What somebody found who looked at a record."""

    finding = forms.ChoiceField(
        label=gettext_lazy("What did you find?"), choices=SpotReview.Finding.choices, widget=forms.RadioSelect
    )
    words = WordsField(label=gettext_lazy("In your words"), most=500, rows=2)
