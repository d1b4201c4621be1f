"""The fields that console forms are made of. What is chosen may have closed meanwhile: each says so in words.

Choices are fetched when they are drawn: a form that is sent and valid lists no places.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.models import Category
from fengqiao.kit.prepared import Prepared
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region
from fengqiao.web.console.forms.offered import (
    Choices,
    category_choices,
    region_choices,
    unit_choices,
    unit_choices_within,
)
from fengqiao.web.console.forms.picking import PickMany, PickOne
from fengqiao.web.shared.selects import Offered

WORDS_LIMIT = 5_000


class OneFile(forms.FileInput):
    """A place to choose one file, in the page's words."""

    template_name = "parts/file.html"


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
        self.queryset = Unit.objects.in_region(region)
        self.choices = Offered(lambda: unit_choices_within(region, today, without=without))

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
