"""The three screens of a report."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.models.report import TEXT_LIMIT
from fengqiao.places.models import County, Level, Region
from fengqiao.places.queries import has_boundaries
from fengqiao.web.shared.proxy import must_speak_for
from fengqiao.web.shared.telephones import is_whole, tidied

# Each nature in the words of someone who does not know our words.
NATURES = {
    Nature.HELP: gettext_lazy("I am in difficulty and need something done or someone to help"),
    Nature.COMPLAINT: gettext_lazy("Someone or some office did wrong by me, or did not do what it should"),
    Nature.CONSULT: gettext_lazy("I want to ask about a rule, a paper or where to go"),
    Nature.SUGGESTION: gettext_lazy("I have an idea for doing something better"),
    Nature.PRAISE: gettext_lazy("Someone did well and I want to say so"),
    Nature.ACCUSATION: gettext_lazy("I report a breach of law or discipline; only people named for it may read this"),
}


class What(forms.Form):
    """What happened, and what is wanted."""

    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy(
            "In your own words: what, when, who is concerned, what you hope for. No identity or bank numbers, please."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Please write what happened; a sentence or two is enough.")},
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("What do you want to do?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the line that fits best; it need not fit exactly.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        row = '<span><span class="nature-name">{}</span><span class="nature-about">{}</span></span>'
        choices = [(nature.value, format_html(row, nature.label, about)) for nature, about in NATURES.items()]
        self.fields["nature"].choices = choices  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Count as people count (a new line is one) and say by how much it is too long."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if len(text) > TEXT_LIMIT:
            facts = {"length": len(text), "limit": TEXT_LIMIT, "over": len(text) - TEXT_LIMIT}
            said = _("You wrote %(length)d characters, %(over)d more than the %(limit)d we can take: please shorten.")
            raise ValidationError(said % facts)
        return text


class Where(forms.Form):
    """Where it happened: the village or community, or as near as one knows."""

    region = forms.CharField(
        label=gettext_lazy("Which village or community?"),
        help_text=gettext_lazy("Where the matter is, not where you live. If you are not sure, choose the township."),
        widget=forms.Select,
        error_messages={"required": gettext_lazy("Choose the place, or the first line if you do not know it.")},
    )
    grid = forms.CharField(
        label=gettext_lazy("Which grid, if you know?"),
        help_text=gettext_lazy("The grid stands on the notice at the village office and on the sheets in the stairs."),
        widget=forms.Select,
        required=False,
    )
    place = forms.CharField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("A road, a house, a shop nearby: so that whoever comes finds it."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: object, county: County, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.county, self.today = county, today
        self.can_use_position = False

    def offer_places(self) -> None:
        """Fill the list of places: only the page that shows it needs it."""
        self.fields["region"].widget.choices = place_choices(self.county, self.today)
        self.can_use_position = has_boundaries(self.county.code, self.today)
        self.fields["grid"].widget.choices = grid_choices(self.county, str(self["region"].value() or ""), self.today)

    def clean_region(self) -> Region:
        """Find the region; one that closed while the page was open says so."""
        found = Region.objects.select_related("parent").filter(
            county=self.county.code, code=self.cleaned_data["region"], level__in=OFFERED
        )
        region = found.first()
        if region is None:
            raise ValidationError(_("This place is not in the list; please choose again."))
        if note := region.closed_note(self.today):
            raise ValidationError(_("%(note)s Please choose the place it belongs to now.") % {"note": note})
        return region

    def clean(self) -> dict[str, Any]:
        """Make it the grid where one was chosen; one of another village was left over and does not count."""
        region, code = self.cleaned_data.get("region"), self.cleaned_data.pop("grid", "")
        if isinstance(region, Region) and code:
            grids = Region.objects.current(self.today).in_region(region).filter(level__in=FINER, code=code)
            self.cleaned_data["region"] = grids.select_related("parent__parent__parent").first() or region
        return self.cleaned_data


class Who(forms.Form):
    """Whom to answer. Nothing here must be filled in."""

    phone = forms.CharField(
        label=gettext_lazy("A phone number we can call"),
        help_text=gettext_lazy("Used only to ask back and to answer. Without it you read the answer with your code."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    reporter = forms.CharField(
        label=gettext_lazy("How may we call you?"),
        help_text=gettext_lazy("Your name, or only your family name: used when we call."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    proxy = forms.CharField(
        label=gettext_lazy("Your own name"),
        help_text=gettext_lazy("The name above is theirs."),
        max_length=60,
        required=False,
    )
    proxy_relation = forms.CharField(
        label=gettext_lazy("What are you to them?"),
        help_text=gettext_lazy("For example: daughter, neighbour, village doctor."),
        max_length=40,
        required=False,
    )
    proxy_agreed = forms.BooleanField(
        label=gettext_lazy("They know and agree, or they cannot decide and I am their guardian"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask of whoever tells it for another what they are to them, and whether they agreed."""
        return must_speak_for(self)

    def clean_phone(self) -> str:
        """Accept a number however it is spaced."""
        number = tidied(str(self.cleaned_data["phone"]))
        if number and not is_whole(number):
            said = _("This is not a whole phone number: a mobile has 11 digits, a landline its area code.")
            raise ValidationError(said)
        return number


OFFERED = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
FINER = (Level.GROUP, Level.GRID)


def place_choices(county: County, today: date) -> list[tuple[str, object]]:
    """List the county's places by township, each group opening with the township itself."""
    regions = Region.objects.current(today).filter(county=county.code, level__in=OFFERED).order_by("sort_key")
    choices: list[tuple[str, object]] = [("", _("Please choose"))]
    groups: dict[object, list[tuple[str, str]]] = {}
    for region in regions:
        if region.level == Level.COUNTY:
            choices.append((region.code, _("I do not know; the centre will find out")))
        elif region.level == Level.TOWNSHIP:
            somewhere = _("somewhere in %(township)s") % {"township": region.name}
            groups[region.pk] = [(region.code, somewhere)]
            choices.append((region.name, groups[region.pk]))
        elif region.parent_id in groups:
            groups[region.parent_id].append((region.code, region.place_name))
    return choices


def grid_choices(county: County, village: str, today: date) -> list[tuple[str, object]]:
    """List the groups and grids of a village; none for a township or where nothing is drawn up."""
    above = ("parent", "parent__parent", "parent__parent__parent")
    inside = Q(*(Q(**{f"{one}__code": village, f"{one}__level": Level.VILLAGE}) for one in above), _connector=Q.OR)
    below = Region.objects.current(today).filter(inside, county=county.code, level__in=FINER)
    found = below.order_by("path") if village and village.isprintable() else ()
    choices: list[tuple[str, object]] = [(one.code, one.name) for one in found]
    return [("", _("I do not know")), *choices] if choices else []


def full_place(region: Region) -> str:
    """Name a region with its township: 孟坝镇 王山村 第一网格."""
    names: list[str] = []
    here: Region | None = region
    while here is not None and here.level in (Level.TOWNSHIP, Level.VILLAGE, *FINER):
        names.insert(0, here.place_name if here.level == Level.VILLAGE else here.name)
        here = here.parent
    return pgettext("between the names of a place", " ").join(names) or region.name
