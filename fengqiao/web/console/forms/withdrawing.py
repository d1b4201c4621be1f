"""A resident says on the phone or at the window that they no longer want it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.withdrawals import still_wanted
from fengqiao.kit.codes import grouped
from fengqiao.web.console.forms.base import Setting, StepForm
from fengqiao.web.console.forms.fields import WordsField


class AskWithdraw(StepForm):
    """Which of the reports is given up, and why, as the resident told it."""

    report = forms.ChoiceField(label=_("Report"), choices=[], widget=forms.RadioSelect)
    words = WordsField(
        label=_("In the resident's words"),
        help_text=_("Why they no longer want it. The unit reads this and concludes; other reports are not touched."),
        required=False,
        rows=3,
    )

    def fill(self, setting: Setting) -> None:
        """Offer the reports that nobody has withdrawn yet."""
        codes = still_wanted(setting.case)
        self.fields["report"].choices = [(code, grouped(code)) for code in codes]  # type: ignore[attr-defined]
        self.initial.setdefault("report", codes[0] if len(codes) == 1 else "")
