"""What every form of the dossier has in common: at which table, for whom, about what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from fengqiao.mediation.models import Dossier
from fengqiao.people.models import User


@dataclass(frozen=True, slots=True)
class Table:
    """In what dossier, for whom and when a form is drawn; `about` is the party or other thing it is about."""

    dossier: Dossier
    user: User
    at: datetime
    about: Any = None


class ActForm(forms.Form):
    """An act that asks nothing but to be confirmed."""

    def __init__(self, data: Any = None, *, table: Table) -> None:
        super().__init__(data, auto_id="step_%s")
        self.table = table
        self.fill(table)

    def fill(self, table: Table) -> None:
        """Offer what can be chosen in this dossier today."""

    def facts(self) -> dict[str, Any]:
        """Give the arguments of the act."""
        return dict(self.cleaned_data)


def empty(name: object) -> list[tuple[str, str]]:
    """Begin a list of choices with none chosen."""
    return [("", str(name))]
