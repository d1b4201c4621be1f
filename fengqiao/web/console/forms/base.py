"""What the forms of all steps have in common: on what case, for whom and when; and which ask everybody the same."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fengqiao.cases.models import Case
from fengqiao.files.transitions.keeping import Enclosed
from fengqiao.people.models import User
from fengqiao.web.console.forms.fields import LineField, WordsField
from fengqiao.web.console.forms.replies import offer_templates
from fengqiao.web.shared.copying import Form
from fengqiao.web.shared.enclosing import basket_of

# What a step may say of itself, and of what it may ask, while it asks everybody the same. Whatever is not among these
# is drawn anew each time: a step that fills its form, a new sort of question, a form that draws itself.
SAYS = frozenset({"__module__", "__doc__", "declared_fields", "base_fields", "media", "facts"})
FIELDS = frozenset({WordsField, LineField, forms.ChoiceField, forms.TypedChoiceField, forms.BooleanField})
BOXES = frozenset({forms.Textarea, forms.TextInput, forms.RadioSelect, forms.Select, forms.CheckboxInput})

_DRAWN: dict[tuple[type[forms.BaseForm], str | None], SafeString] = {}  # by form and language


@dataclass(frozen=True, slots=True)
class Setting:
    """On what case, for whom and when a form is drawn."""

    case: Case
    user: User
    at: datetime


class StepForm(Form):
    """A step that asks nothing but to be confirmed."""

    def __init__(self, data: Any = None, *, setting: Setting, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="step_%s")
        self.setting = setting
        if not asks_the_same(type(self)):
            offer_templates(self, setting.case.county)
            self.fill(setting)

    def __str__(self) -> SafeString:
        """Draw the form; one that asks everybody the same, and nobody has touched, is drawn once for each language."""
        is_touched = self.is_bound or self.initial or "fields" in vars(self)
        if is_touched or not asks_the_same(type(self)):
            return super().__str__()
        known = type(self), get_language()
        if known not in _DRAWN:
            _DRAWN[known] = super().__str__()
        return _DRAWN[known]

    __html__ = __str__

    def fill(self, setting: Setting) -> None:
        """Offer what can be chosen on this case today."""

    def facts(self) -> dict[str, Any]:
        """Give the arguments of the step."""
        return dict(self.cleaned_data)


class WithFiles(StepForm):
    """A step to which files can be added; they wait in the basket that the page carries."""

    asks_for_whom = False  # whether the page asks if the resident may see them

    def __init__(self, data: Any = None, *, setting: Setting, initial: dict[str, Any] | None = None) -> None:
        self.basket = basket_of((data or {}).get("basket", ""))
        super().__init__(data, setting=setting, initial=initial)

    def facts(self) -> dict[str, Any]:
        """Give the arguments of the step, the files among them."""
        return super().facts() | {"enclosed": Enclosed(self.basket, for_resident=self.for_resident())}

    def for_resident(self) -> bool:
        """Test if the resident may see the files, too."""
        return False


@cache
def asks_the_same(kind: type[StepForm]) -> bool:
    """Test if a form is the same for everybody: it says what it asks and no more, and all of that is plain."""
    own = kind.__mro__[: kind.__mro__.index(StepForm)]
    says = {name for each in own for name in vars(each)}
    return says <= SAYS and all(map(_is_plain, kind.base_fields.values()))


def _is_plain(field: Any) -> bool:
    """Test if a question is the same whenever it is drawn: what is made meanwhile are choices or a first answer."""
    is_known = type(field) in FIELDS and type(field.widget) in BOXES
    return is_known and type(getattr(field, "choices", [])) is list and not callable(field.initial)
