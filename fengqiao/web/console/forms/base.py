"""What the forms of all steps have in common: on what case, for whom and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fengqiao.cases.models import Case
from fengqiao.files.transitions.keeping import Enclosed
from fengqiao.people.models import User
from fengqiao.web.console.forms.replies import offer_templates
from fengqiao.web.shared.copying import Form
from fengqiao.web.shared.enclosing import basket_of


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
        offer_templates(self, setting.case.county)
        self.fill(setting)

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
