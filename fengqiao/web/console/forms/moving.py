"""What is asked when a case moves between tiers."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.tiers import centre_above
from fengqiao.web.console.forms.fields import WordsField
from fengqiao.web.console.forms.steps import Setting, StepForm


class RaiseUp(StepForm):
    """Why the tier above must act."""

    reason = WordsField(
        label=gettext_lazy("Why must the tier above act?"), help_text=gettext_lazy("The resident reads this.")
    )

    def fill(self, setting: Setting) -> None:
        """Say to which centre it goes."""
        above = centre_above(setting.case.lead or setting.case.centre, setting.at)
        field: Any = self.fields["reason"]
        if above is not None:
            said = _("It goes to the dispatcher of %(centre)s. No time starts anew. The resident reads the reason.")
            field.help_text = said % {"centre": above.name}
