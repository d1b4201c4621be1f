from datetime import date
from typing import Self, TypeVar

from django.db.models import F, Model, Q, QuerySet

from fengqiao.places.scope import HasPath, LastingQuerySet, within

Row = TypeVar("Row", bound=Model, covariant=True)


class UnitQuerySet(LastingQuerySet[Row]):
    """Where one looks for units."""

    def in_region(self, region: HasPath) -> Self:
        """Narrow to the units seated in a region or below it."""
        return self.filter(within("region__path", region))


class PostQuerySet(QuerySet[Row]):
    """Where one looks for posts; what a person may do follows from the posts held that day."""

    def held_on(self, on: date) -> Self:
        """Narrow to the posts held on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)

    def lasting_beyond(self, on: date) -> Self:
        """Narrow to the posts that are held on some day from this one on."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on) & Q(ends_on__gt=F("starts_on")))
