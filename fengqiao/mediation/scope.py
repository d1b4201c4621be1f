"""Which dossiers a person can see: those of the cases they see, as far as their post has to do with mediation."""

from datetime import datetime
from typing import Self, TypeVar

from django.apps import apps
from django.db.models import Model, QuerySet

from fengqiao.people.models import User

Row = TypeVar("Row", bound=Model, covariant=True)


class DossierQuerySet(QuerySet[Row]):
    """The only door to dossiers from a view: a dossier is seen by whoever sees its case."""

    def visible_to(self, user: User, at: datetime) -> Self:
        """Narrow to the dossiers of the cases that some post of this user answers for."""
        cases = apps.get_model("cases", "Case").objects.visible_to(user, at)
        return self.filter(case__in=cases)
