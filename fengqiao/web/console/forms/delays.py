"""What is asked of those who want more time for handling, and of those who decide on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Stage
from fengqiao.web.console.forms.base import Setting, StepForm
from fengqiao.web.console.forms.fields import WordsField
from fengqiao.web.shared.standing import budget


class AskExtension(StepForm):
    """How much longer, and why."""

    more = forms.IntegerField(label=_("Longer by"), min_value=1, max_value=999)
    reason = WordsField(label=_("Reason"), help_text=_("The resident reads this once it is approved."), rows=3)

    def fill(self, setting: Setting) -> None:
        """Say in what the time is counted, and how much the rule allows."""
        if (clock := deadlines.running(setting.case, Stage.HANDLE)) is not None:
            most = {"most": budget(deadlines.extendable_by(setting.case, clock), clock.unit)}
            self.fields["more"].help_text = _("At most %(most)s, once in a round. Nothing moves until approved.") % most


class AskPause(StepForm):
    """Until which day, and why."""

    until = forms.DateField(
        label=_("Paused until"),
        help_text=_("The last day on which the handling time stands still. It begins with the approval."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = WordsField(label=_("Reason"), help_text=_("The resident reads this once it is approved."), rows=3)


class ApproveDelay(StepForm):
    """Whether it stays at this once."""

    note = WordsField(label=_("Internal note"), required=False, rows=3)
    may_ask_again = forms.BooleanField(label=_("One more extension may be asked for in this round"), required=False)


class RefuseDelay(StepForm):
    """Why not."""

    reason = WordsField(label=_("Reason"), help_text=_("Internal; the unit reads it. The due time stays."), rows=3)


class Resume(StepForm):
    """Why the time runs again."""

    note = WordsField(label=_("Internal note"), required=False, rows=3)
