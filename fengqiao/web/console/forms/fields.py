"""The fields that console forms are made of. What is chosen may have closed meanwhile: each says so in words.

Choices are fetched when they are drawn: a form that is sent and valid lists no places.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from fengqiao.cases.models import Category
from fengqiao.kit.keys import Keys
from fengqiao.kit.prepared import Prepared
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from fengqiao.web.console.forms.picking import PickMany, PickOne
from fengqiao.web.shared.selects import Offered

WORDS_LIMIT = 5_000
GROUPED_KEPT = 40  # lists of units, put in groups once for each language
Choices = list[tuple[Any, Any]]
Told = tuple[str, str, str, str]  # of a unit: its id, kind, code and name


class WordsField(forms.CharField):
    """Words in a box: counted as people count, never cut off by the browser."""

    def __init__(self, *, most: int = WORDS_LIMIT, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> str:
        """Say by how much the words are too many; nothing typed is cut."""
        words = str(super().clean(value)).replace("\r\n", "\n")
        if len(words) > self.most:
            over = {"length": len(words), "most": self.most, "over": len(words) - self.most}
            raise ValidationError(
                _("This has %(length)d characters, %(over)d more than the %(most)d there is room for.") % over
            )
        return words


class LineField(WordsField):
    """A line of words."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput)
        super().__init__(most=most, **kwargs)


class UnitField(forms.ModelChoiceField[Unit]):
    """A unit of the county: only the open ones are offered, a closed one is refused by name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", gettext_lazy("Choose a unit"))
        kwargs.setdefault("error_messages", {"required": gettext_lazy("Choose a unit.")})
        super().__init__(queryset=Unit.objects.none(), widget=PickOne, **kwargs)
        self.today = date.max
        self.counties: tuple[str, str] | None = None

    def offer(self, county: str, today: date, *, without: Iterable[object] = (), beside: str = "") -> None:
        """Fill the field with the units of a county, and of one beside it, those open today to choose from."""
        self.today = today
        self.counties = county, beside or county
        empty = ("", self.empty_label)
        self.choices = Offered(lambda: [empty, *unit_choices(county, today, without=without, beside=beside)])

    def to_python(self, value: Any) -> Unit | None:
        """Find the unit in the county, or the one beside it."""
        if value in self.empty_values or self.counties is None:
            return super().to_python(value)
        try:
            return _UNIT(*self.counties, UUID(str(value)))[0]
        except (ValueError, IndexError):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None

    def clean(self, value: Any) -> Unit | None:
        """Refuse a unit that has closed, and say since when."""
        unit: Unit | None = super().clean(value)
        if unit is not None and (note := unit.closed_note(self.today)):
            raise ValidationError(_("%(note)s Please choose the unit that took over its duties.") % {"note": note})
        return unit


def _unit(_shape: object, county: str, beside: str, unit: UUID) -> QuerySet[Unit]:
    return Unit.objects.filter(county__in=[county, beside], pk=unit)


_UNIT: Prepared[Unit] = Prepared(_unit)


class UnitsField(forms.ModelMultipleChoiceField[Unit]):
    """Several units of the county."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), widget=PickMany, **kwargs)
        self.counties: set[str] = set()

    def offer(self, county: str, today: date, *, without: Iterable[object] = (), beside: str = "") -> None:
        """Fill the field with the units of a county, and of one beside it, open today."""
        self.counties = {county, beside}
        self.choices = Offered(lambda: unit_choices(county, today, without=without, beside=beside))

    def offer_within(self, region: Region, today: date, *, without: Iterable[object] = ()) -> None:
        """Fill the field with the units seated in a region, open today."""
        self.queryset = units = Unit.objects.in_region(region)
        self.choices = Offered(lambda: _by_kind(_told(units.current(today)), without))

    def clean(self, value: Any) -> list[Unit]:  # type: ignore[override]
        """Find the units; where none were chosen, none are looked for."""
        if not (value or self.required):
            return []
        if self.counties:
            self.queryset = Unit.objects.filter(county__in=self.counties)
        return list(super().clean(value))


class RegionField(forms.ModelChoiceField[Region]):
    """A place of the county, by township; what has closed is refused by name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": gettext_lazy("Choose the place, or the township.")})
        empty = gettext_lazy("Choose the place")
        super().__init__(queryset=Region.objects.none(), widget=PickOne, empty_label=empty, **kwargs)
        self.today = date.max
        self.county = ""

    def offer(self, county: str, today: date) -> None:
        """Fill the field with the county's places open today."""
        self.today = today
        self.county = county
        empty = ("", self.empty_label)
        self.choices = Offered(lambda: [empty, *region_choices(county, today)])

    def to_python(self, value: Any) -> Region | None:
        """Find the place in the county, or among those that were offered instead."""
        if value in self.empty_values or not self.county:
            return super().to_python(value)
        try:
            return _PLACE(self.county, UUID(str(value)))[0]
        except (ValueError, IndexError):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None

    def clean(self, value: Any) -> Region | None:
        """Refuse a place that is no more, and say since when."""
        region: Region | None = super().clean(value)
        if region is not None and (note := region.closed_note(self.today)):
            raise ValidationError(_("%(note)s Please choose the place it belongs to now.") % {"note": note})
        return region


def _place(_shape: object, county: str, place: UUID) -> QuerySet[Region]:
    return Region.objects.filter(county=county, pk=place).select_related("parent__parent")


_PLACE: Prepared[Region] = Prepared(_place)


class CategoryField(forms.ModelChoiceField[Category]):
    """A subject of the three-level list."""

    def __init__(self, **kwargs: Any) -> None:
        empty = gettext_lazy("Choose a category")
        super().__init__(queryset=Category.objects.none(), widget=PickOne, empty_label=empty, **kwargs)
        self.county = ""

    def offer(self, county: str) -> None:
        """Fill the field with the county's subjects in force."""
        self.county = county
        empty = ("", self.empty_label)
        self.choices = Offered(lambda: [empty, *category_choices(county)])

    def to_python(self, value: Any) -> Category | None:
        """Find the subject, if one was chosen."""
        if value not in self.empty_values:
            self.queryset = Category.objects.filter(county=self.county, valid_to=None)
        return super().to_python(value)


class PersonField(forms.ModelChoiceField[User]):
    """A member of staff who holds a post in the county today."""

    def __init__(self, **kwargs: Any) -> None:
        empty = gettext_lazy("Choose a person")
        super().__init__(queryset=User.objects.none(), widget=PickOne, empty_label=empty, **kwargs)

    def offer(self, people: Choices) -> None:
        """Fill the field with these people, who stand under their units."""
        self.queryset = User.objects.filter(pk__in=[pk for _unit, group in people for pk, _name in group])
        self.choices = [("", self.empty_label), *people]


def unit_choices(county: str, today: date, *, without: Iterable[object] = (), beside: str = "") -> Choices:
    """List the open units of a county, and of one beside it, by kind; `without` names units, or kinds of units."""
    return _by_kind(_UNITS(((county, beside or county), today)), without)


def _units(asked: tuple[tuple[str, str], date]) -> QuerySet[Any, Any]:
    counties, today = asked
    return _told(Unit.objects.current(today).filter(county__in=counties))


_UNITS: Keys[tuple[tuple[str, str], date]] = Keys(_units, keeps_plan=True)


def _told(units: QuerySet[Unit]) -> QuerySet[Any, Any]:
    return units.values_list(Cast("pk", TextField()), "kind", "code", "name")


def _by_kind(units: Iterable[Told], without: Iterable[object]) -> Choices:
    left_out = set(map(str, without))
    rows = [row for row in units if row[0] not in left_out and row[1] not in left_out]
    return [*_grouped(tuple(rows), get_language())]


@lru_cache(GROUPED_KEPT)
def _grouped(units: tuple[Told, ...], _language: str | None) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    places = {str(kind): place for place, kind in enumerate(Unit.Kind)}
    rows = sorted(units, key=lambda row: (places[row[1]], row[2]))
    return tuple(
        (str(Unit.Kind(kind).label), tuple([(pk, name) for pk, _kind, _code, name in group]))
        for kind, group in groupby(rows, itemgetter(1))
    )


def region_choices(county: str, today: date) -> Choices:
    """List a county's places by township, the township itself first in its group."""
    regions = (
        Region.objects.current(today).filter(county=county).order_by("path").only("pk", "name", "level", "kind", "path")
    )
    choices: Choices = []
    village = ""
    for region in regions:
        if region.level == Level.COUNTY:
            choices.append((region.pk, _("%(county)s as a whole, or not known") % {"county": region.name}))
        elif region.level == Level.TOWNSHIP:
            choices.append((region.name, [(region.pk, region.name)]))
        elif choices and isinstance(choices[-1][1], list):
            village = region.place_name if region.level == Level.VILLAGE else village
            choices[-1][1].append((region.pk, _below(choices[-1][0], village, region)))
    return choices


def _below(township: str, village: str, region: Region) -> str:
    """Name a place with the township, so that typing either finds it."""
    name = village if region.level == Level.VILLAGE else f"{village} {region.name}"
    return pgettext("place in its township", "%(township)s %(village)s") % {"township": township, "village": name}


def category_choices(county: str) -> Choices:
    """List the subjects: the third level under the names of the two above it; a subject without any stands alone."""
    rows = list(Category.objects.filter(county=county, valid_to=None).order_by("code"))
    names = {row.pk: row.name for row in rows}
    parents = {row.pk: row.parent_id for row in rows}
    with_children = {row.parent_id for row in rows}
    choices: Choices = []
    for row in rows:
        if row.pk in with_children:
            continue
        above = [names[pk] for pk in _above(row.parent_id, parents)]
        label = " › ".join(above) or row.name
        if not choices or choices[-1][0] != label:
            choices.append((label, []))
        choices[-1][1].append((row.pk, row.name))
    return choices


def _above(parent: Any, parents: dict[Any, Any]) -> list[Any]:
    found: list[Any] = []
    while parent is not None and parent in parents:
        found.insert(0, parent)
        parent = parents[parent]
    return found
