"""Whose hands a case is in: one person of the lead unit; and what an assisting unit says of its part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.transitions.assigning import may_be_given
from fengqiao.people.models import User
from fengqiao.web.console.forms.base import Setting, StepForm
from fengqiao.web.console.forms.fields import WordsField
from fengqiao.web.console.forms.picking import PickOne


class Assign(StepForm):
    """Who of the unit sees to the case."""

    to = forms.ModelChoiceField[User](
        label=_("Person in charge"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody in particular: the unit as a whole"),
        help_text=_("Any other handler of your unit can still take every step."),
        widget=PickOne,
    )
    note = WordsField(label=_("Internal note"), required=False, rows=3)

    def fill(self, setting: Setting) -> None:
        """Offer the handlers of the lead unit, the present one chosen."""
        people = may_be_given(setting.case, setting.at)
        field: Any = self.fields["to"]
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people])
        self.initial.setdefault("to", setting.case.assigned_to_id)


class FinishAssist(StepForm):
    """What came of the part."""

    note = WordsField(
        label=_("What your unit did"),
        help_text=_("Internal; the lead unit answers the resident."),
        required=False,
        rows=3,
    )
