from datetime import date
from typing import Any, Self, TypeVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

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

    def left_behind(self, unit: Any) -> Self:
        """Narrow to the posts that ended with a closed unit and that their holders have not been given since."""
        since = self.model._default_manager.filter(
            user=OuterRef("user"), role=OuterRef("role"), region=OuterRef("region"), unit=unit.successor_id
        )
        ended = self.filter(unit=unit, ends_on=unit.valid_to, user__is_active=True)
        return ended.filter(starts_on__lt=F("ends_on")).exclude(Exists(since.filter(starts_on__gte=unit.valid_to)))

    def lasting_beyond(self, on: date) -> Self:
        """Narrow to the posts that are held on some day from this one on."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on) & Q(ends_on__gt=F("starts_on")))
