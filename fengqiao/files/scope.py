"""Which files one looks for. Who may see them follows from what they are attached to: `intake/scope.py`."""

from collections.abc import Iterable
from typing import Self, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model, covariant=True)


class AttachmentQuerySet(QuerySet[Row]):
    """Where one looks for files."""

    def waiting_in(self, basket: UUID) -> Self:
        """Narrow to the files that wait with a form."""
        return self.filter(basket=basket).order_by("at", "id")

    def of(self, kind: str, things: Iterable[UUID]) -> Self:
        """Narrow to the files attached to these things."""
        return self.filter(kind=kind, thing__in=list(things)).order_by("at", "id")


class CoveredCopyQuerySet(QuerySet[Row]):
    """Where one looks for covered copies."""

    def shown(self) -> Self:
        """Narrow to the copies that were approved and not hidden since."""
        return self.filter(approved_at__isnull=False, hidden_at__isnull=True)
