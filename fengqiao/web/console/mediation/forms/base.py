"""What every form of the dossier has in common: at which table, for whom, about what."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from fengqiao.mediation.models import Dossier
from fengqiao.people.models import User

NUMBERED = re.compile(r"([a-z_]+)_(\d{1,2})")


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


class DayField(forms.DateField):
    """A day, drawn as the browser's own field reads it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class RowsForm(ActForm):
    """An act that asks the same several times, row by row: as many rows as are sent or known, or as the page draws."""

    row: tuple[str, ...] = ()
    first: tuple[str, ...] = ()  # asked above the rows; what is neither stands below them
    drawn, most = 1, 40

    def ask_rows(self, known: int, draw: Callable[[int], dict[str, forms.Field]]) -> None:
        """Add the questions of each row."""
        sent = [int(found[2]) for name in self.data if (found := NUMBERED.fullmatch(name)) and found[1] in self.row]
        self.numbers = range(1, min(max([self.drawn, known, *sent]), self.most) + 1)
        for number in self.numbers:
            self.fields |= draw(number)

    def before(self) -> list[forms.BoundField]:
        """List the questions above the rows."""
        return [self[name] for name in self.first]

    def rows(self) -> list[list[forms.BoundField]]:
        """List the questions of each row."""
        names = [[f"{name}_{number}" for name in self.row] for number in self.numbers]
        return [[self[name] for name in row if name in self.fields] for row in names]

    def after(self) -> list[forms.BoundField]:
        """List the questions below the rows."""
        above = {*self.first, *(f"{name}_{number}" for name in self.row for number in self.numbers)}
        return [self[name] for name in self.fields if name not in above]
