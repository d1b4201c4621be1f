"""What a system administrator fills in about places: a name, the place above, what takes over, a list of grids."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.places.coordinates import System
from fengqiao.places.models import Level, Region
from fengqiao.playbooks.models import PlaceFile
from fengqiao.playbooks.redrawing.acts import About
from fengqiao.playbooks.redrawing.files import Sent
from fengqiao.playbooks.redrawing.preview import fits
from fengqiao.web.console.forms.fields import LineField, OneFile, RegionField
from fengqiao.web.console.forms.offered import Choices, region_choices
from fengqiao.web.console.forms.people import DayInput
from fengqiao.web.console.forms.picking import PickMany

STATES: Choices = [("", _("Open places")), ("closed", _("Closed places"))]
LEVELS = (Level.TOWNSHIP, Level.VILLAGE, Level.GROUP, Level.GRID)
MOST_BYTES = 8 * 1024 * 1024


class RegionsFilter(forms.Form):
    """By what places are looked for."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=40,
        widget=forms.SearchInput(attrs={"placeholder": _("Name or code"), "data-search": ""}),
    )
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("All")), *((level.value, level.label) for level in LEVELS)], required=False
    )
    state = forms.ChoiceField(label=pgettext_lazy("filter", "State"), choices=STATES, required=False)

    def wanted(self) -> dict[str, Any]:
        """Give what was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class RegionForm(forms.Form):
    """Something that is done to a place from a day on."""

    on = forms.DateField(
        label=_("From which day"), help_text=_("Today or earlier, as the decision says."), widget=DayInput
    )

    def __init__(self, data: Any = None, *, region: Region, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.region, self.today = region, today
        self.fill()
        self.order_fields([name for name in self.fields if name != "on"])

    def fill(self) -> None:
        """Offer what can be chosen for this place."""


class Rename(RegionForm):
    """Another name."""

    name = LineField(label=_("New name"), most=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def fill(self) -> None:
        """Begin with the name it has."""
        self.initial["name"] = self.region.name


class Move(RegionForm):
    """Another place above."""

    under = RegionField(label=_("Part of"), help_text=_("Its code and its addresses stay; all below it goes along."))

    def fill(self) -> None:
        """Offer the places of the county under which it can hang."""
        known = _open(self.region, self.today)
        _offer(self.fields["under"], self.region, self.today, [one for one in known if fits(self.region, one)])


class Close(RegionForm):
    """What takes over."""

    into = RegionField(label=_("What takes over"), help_text=_("Old sheets and addresses lead there from that day."))

    def fill(self) -> None:
        """Offer the place above and those of the same level."""
        region = self.region
        known = _open(region, self.today)
        kept = [one for one in known if _may_take_over(one, region)]
        _offer(self.fields["into"], region, self.today, kept)
        self.initial["into"] = region.parent_id


class TakeOver(RegionForm):
    """What closes for this place."""

    regions = forms.ModelMultipleChoiceField(
        label=_("What closes for it"),
        help_text=_("One or several; merged places close for the one that remains or is new."),
        queryset=Region.objects.none(),
        widget=PickMany,
        error_messages={"required": _("Choose at least one.")},
    )

    def fill(self) -> None:
        """Offer what lies in it and the others of its level."""
        region = self.region
        kept = [one for one in _open(region, self.today) if _may_take_over(region, one)]
        _offer(self.fields["regions"], region, self.today, kept)


class Found(RegionForm):
    """A new place below this one."""

    level = forms.ChoiceField(label=_("Level"))
    name = LineField(
        label=pgettext_lazy("place", "Name"), most=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    code = forms.RegexField(
        label=pgettext_lazy("place", "Code"),
        regex=r"^[0-9]{9,24}$",
        help_text=_("Digits; a code is never used twice. Begin with the code of the place above."),
        error_messages={"invalid": _("Nine to 24 digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def fill(self) -> None:
        """Offer the levels that can hang here."""
        levels = [level for level in LEVELS if fits(Region(level=level), self.region)]
        self.fields["level"].choices = [(level.value, level.label) for level in levels]  # type: ignore[attr-defined]
        self.initial["code"] = self.region.short_code

    def about(self) -> About:
        """Give what was said."""
        said = self.cleaned_data
        return About(code=said["code"], name=said["name"], level=said["level"])


class SendFile(forms.Form):
    """A file about places."""

    kind: PlaceFile.Kind
    file = forms.FileField(label=pgettext_lazy("place", "File"), widget=OneFile)
    on = forms.DateField(
        label=_("From which day"), help_text=_("Today or earlier, as the decision says."), widget=DayInput
    )

    def clean_file(self) -> Any:
        """Refuse what is far too large to be a list."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 8 MB; send it in parts."))
        return sent

    def sent(self) -> Sent:
        """Give what was sent in."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        file = self.cleaned_data["file"]
        return Sent(kind=self.kind, name=file.name[:120], raw=file.read(), **said)


class SendGrids(SendFile):
    """A list of grids: CSV in UTF-8 or GBK."""

    kind = PlaceFile.Kind.GRIDS
    is_whole = forms.BooleanField(
        label=_("The list is complete for the villages in it"),
        help_text=_(
            "Groups and grids of those villages that it leaves out are closed, and the place above takes over."
        ),
        required=False,
    )


class SendBoundaries(SendFile):
    """A file of boundaries: GeoJSON."""

    kind = PlaceFile.Kind.BOUNDARIES
    system = forms.ChoiceField(
        label=_("Coordinates"), choices=System.choices, help_text=_("As the survey says; kept is WGS-84.")
    )
    source = LineField(
        label=_("Source"), help_text=_("Whose survey, of which year; shown under the drawing."), most=200
    )


def _may_take_over(heir: Region, region: Region) -> bool:
    """Test if one place could take over from another."""
    return not region.covers(heir) and (heir.level == region.level or region.parent_id == heir.pk)


def _open(region: Region, today: date) -> list[Region]:
    return list(Region.objects.current(today).filter(county=region.county).exclude(pk=region.pk))


def _offer(field: Any, region: Region, today: date, kept: Iterable[Region]) -> None:
    """Fill a field with some of the county's places, under their townships."""
    wanted = {str(one.pk) for one in kept}
    field.queryset = Region.objects.filter(county=region.county, pk__in=wanted).select_related("parent__parent")
    choices: Choices = [] if isinstance(field, forms.ModelMultipleChoiceField) else [("", field.empty_label)]
    for key, label in region_choices(region.county, today):
        if isinstance(label, str):
            choices += [(key, label)] if key in wanted else []
        elif group := [(pk, name) for pk, name in label if pk in wanted]:
            choices.append((key, group))
    field.choices = choices
    if isinstance(field, RegionField):
        field.today = today
