"""What is asked when a mediation ends without agreement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation import remedies
from fengqiao.mediation.transitions.ending import grounds_of
from fengqiao.mediation.vocabulary import Ground
from fengqiao.web.console.forms.fields import WordsField
from fengqiao.web.console.mediation.forms.base import ActForm, Table


class End(ActForm):
    """On which ground it ends, and which other roads are open."""

    ground = forms.ChoiceField(label=_("Ground"), choices=[], widget=forms.RadioSelect)
    words = WordsField(label=_("Why it ends"), help_text=_("Stays in the file."), most=2000, rows=3)
    remedies = WordsField(
        label=_("Other roads"), help_text=_("The parties read this; the law asks for it."), most=2000, rows=3
    )

    def fill(self, table: Table) -> None:
        """Offer the grounds that fit now, and the usual roads of the type."""
        grounds = [(each.value, each.label) for each in grounds_of(table.dossier, table.at)]
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
        only = grounds[0][0] if len(grounds) == 1 else None
        self.initial = {"remedies": remedies.usual(table.dossier.type), "ground": only}

    def facts(self) -> dict[str, Any]:
        """Give the ground by its code, and the roads if they were worded otherwise."""
        said = dict(self.cleaned_data)
        if said["remedies"].split() == remedies.usual(self.table.dossier.type).split():
            said["remedies"] = ""  # left as they stood: each reader reads them in the own language
        return said | {"ground": Ground(said["ground"])}
