"""The filters of the list of dossiers; a value that is none narrows nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.mediation.workflow import LIVE, Stand
from fengqiao.places.models.region import Level
from fengqiao.web.console.waits import WAITS
from fengqiao.web.shared.copying import Form
from fengqiao.web.shared.selects import Select

STANDS = [("live", _("Not over")), *Stand.choices, ("all", _("All"))]
TIERS = [each for each in Level.choices if each[0] in (Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY)]


class DossierFilter(Form):
    """What of the dossiers is shown."""

    stand = forms.ChoiceField(label=_("Stands"), choices=STANDS, required=False, widget=Select)
    type = forms.ChoiceField(
        label=_("Type of dispute"),
        choices=[("", _("Every type")), *DisputeType.choices],
        required=False,
        widget=Select,
    )
    tier = forms.ChoiceField(label=_("Tier"), choices=[("", _("Every tier")), *TIERS], required=False, widget=Select)
    overdue = forms.BooleanField(label=_("Overdue only"), required=False)
    mine = forms.BooleanField(label=_("Mediated by me"), required=False)
    waiting = forms.ChoiceField(
        choices=[("", ""), *((key, key) for key in WAITS)], required=False, widget=forms.HiddenInput
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s", initial={"stand": "live"})
        self.is_valid()

    def wanted(self) -> dict[str, Any]:
        """Give what was asked for and can be understood."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def stands(self) -> tuple[str, ...]:
        """Give the stands asked for; none: all."""
        asked = self.cleaned_data.get("stand") or "live"
        return () if asked == "all" else tuple(LIVE) if asked == "live" else (asked,)
