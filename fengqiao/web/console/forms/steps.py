"""What each step asks. The cleaned answers are the arguments of the step; `seen` travels beside them in the page."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models import Case, ObjectionReason
from fengqiao.cases.transitions.closing import Answer
from fengqiao.cases.vocabulary import AnswerChannel, Kind, Outcome, Satisfied, Solved
from fengqiao.people.models import Unit
from fengqiao.web.console.forms.base import Setting, StepForm, WithFiles
from fengqiao.web.console.forms.fields import UnitField, UnitsField, WordsField
from fengqiao.web.console.forms.replies import ReplyField

BY_STAFF = [(each.value, each.label) for each in (AnswerChannel.CALL, AnswerChannel.VISIT)]
OUTCOME_HELP = {
    Outcome.SOLVED: _("It was done, and the resident can see it."),
    Outcome.ANSWERED: _("A question was answered or a rule explained; nothing was to be done."),
    Outcome.CANNOT_NOW: _("It is ours but cannot be done yet: say what is planned and by when."),
    Outcome.NOT_OURS: _("Another body decides: say which, and how to reach it."),
    Outcome.NOT_SETTLED: _("The sides did not agree: say which other remedies are open."),
    Outcome.WITHDRAWN: _("The resident took the report back."),
}


def explained(label: object, help_: object) -> SafeString:
    """Draw a choice with its line of help."""
    return format_html(
        '<span><span class="choice-name">{}</span><span class="choice-help">{}</span></span>', label, help_
    )


class Dispatch(StepForm):
    """Which unit leads, who assists, and what they should know."""

    to = UnitField(label=_("Lead unit"))
    assist = UnitsField(label=_("Assisting units"), required=False)
    note = WordsField(
        label=_("Note to the unit"), help_text=_("Internal; the resident does not see it."), required=False, rows=3
    )

    def fill(self, setting: Setting) -> None:
        """Offer the open units, but never the one complained of."""
        case, today = setting.case, localdate(setting.at)
        without, beside = [case.complained_unit_id, *_who_cannot(case)], case.centre.county
        for name in ("to", "assist"):
            self.fields[name].offer(case.county, today, without=without, beside=beside)  # type: ignore[attr-defined]


def _who_cannot(case: Case) -> list[str]:
    """Name the kinds of units that cannot take this case: who only mediates takes nothing but disputes."""
    return [] if case.kind == Kind.DISPUTE else [Unit.Kind.MEDIATION]


class Designate(StepForm):
    """Which unit has the case; that binds."""

    to = UnitField(label=_("Unit designated"), help_text=_("This binds: the unit can no longer object."))
    note = WordsField(label=_("Grounds"), help_text=_("Internal; both units read it."), required=False, rows=3)

    def fill(self, setting: Setting) -> None:
        """Offer every open unit, the objector included."""
        case, today = setting.case, localdate(setting.at)
        without, beside = [case.complained_unit_id, *_who_cannot(case)], case.centre.county
        self.fields["to"].offer(case.county, today, without=without, beside=beside)  # type: ignore[attr-defined]


class Object(StepForm):
    """Why the case is not ours, by what rule, and whose it is."""

    reason = forms.ChoiceField(label=_("Reason"), choices=ObjectionReason.choices, widget=forms.RadioSelect)
    basis = WordsField(
        label=_("Legal basis"),
        help_text=_("The rule and its article, in words; at most 300 characters."),
        most=300,
        rows=3,
    )
    names = UnitField(label=_("Unit that should have it"))

    def fill(self, setting: Setting) -> None:
        """Offer the other units."""
        case, today = setting.case, localdate(setting.at)
        without, beside = [case.lead_id, *_who_cannot(case)], case.centre.county
        self.fields["names"].offer(case.county, today, without=without, beside=beside)  # type: ignore[attr-defined]


class Progress(WithFiles):
    """What was done: for the resident, for staff, or both."""

    public = ReplyField(
        label=_("Words for the resident"), help_text=_("Shown on the tracking page as written."), required=False
    )
    note = WordsField(label=_("Internal note"), help_text=_("Only staff on this case read it."), required=False, rows=3)
    asks_for_whom = True

    def for_resident(self) -> bool:
        """Test if the box beside the files is ticked."""
        return "for_resident" in self.data


class Note(WithFiles):
    """A note among staff."""

    note = WordsField(label=_("Internal note"), help_text=_("Only staff on this case read it."))


class Supervise(StepForm):
    """What the lead unit is told to do, and by when."""

    note = WordsField(
        label=_("Supervision notice"), help_text=_("What is late or missing, what is asked for, and by when.")
    )


class Conclude(WithFiles):
    """What the unit claims and what the resident reads."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(each.value, lazy(explained, SafeString)(each.label, OUTCOME_HELP[each])) for each in Outcome],
        widget=forms.RadioSelect,
    )
    public_reply = ReplyField(
        label=_("Reply to the resident"), help_text=_("What was done, by whom, and how it was checked."), rows=6
    )
    further = WordsField(
        label=_("Plan, right road or other remedies"),
        help_text=_("Needed for the three outcomes that leave something open; sent with the reply."),
        required=False,
        rows=3,
    )

    def for_resident(self) -> bool:
        """The reply's files go with the reply."""
        return True


class Evaluate(StepForm):
    """What the resident says when called."""

    channel = forms.ChoiceField(
        label=_("How was the resident reached?"), choices=BY_STAFF, widget=forms.RadioSelect, initial="call"
    )
    contacted = forms.TypedChoiceField(
        label=_("Did the unit get in touch with the resident?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=Solved.choices,
        widget=forms.RadioSelect,
        help_text=_("“Not solved” asks for reopening; the dispatcher decides."),
    )
    satisfied = forms.ChoiceField(
        label=_("Is the resident satisfied?"), choices=Satisfied.choices, required=False, widget=forms.RadioSelect
    )
    words = WordsField(label=_("In the resident's words"), required=False, rows=3)

    def facts(self) -> dict[str, Any]:
        """Give the answer as the step takes it."""
        said = self.cleaned_data
        satisfied = Satisfied(said["satisfied"]) if said["satisfied"] else None
        return {
            "answer": Answer(
                solved=Solved(said["solved"]),
                satisfied=satisfied,
                contacted=said["contacted"],
                words=said["words"],
                channel=AnswerChannel(said["channel"]),
            )
        }


class Revisit(StepForm):
    """How it stands some time later."""

    channel = forms.ChoiceField(
        label=_("How was the resident reached?"), choices=BY_STAFF, widget=forms.RadioSelect, initial="call"
    )
    solved = forms.ChoiceField(
        label=_("Is it still solved?"),
        choices=Solved.choices,
        widget=forms.RadioSelect,
        help_text=_("“Not solved” asks for reopening; the dispatcher decides."),
    )
    words = WordsField(label=_("In the resident's words"), required=False, rows=3)


class AskReopen(StepForm):
    """What is still not settled, as the resident told it."""

    words = WordsField(
        label=_("What is still not settled?"), help_text=_("As the resident says it; you write it on their behalf.")
    )


class Reopen(StepForm):
    """Why it is taken up again."""

    note = WordsField(
        label=_("Note on the decision"),
        help_text=_("Internal; the case goes back to dispatch in a new round."),
        required=False,
        rows=3,
    )


class RefuseReopen(StepForm):
    """Why not, and which road is open instead."""

    reason = WordsField(label=_("Reason"), help_text=_("The resident reads this."), rows=3)
    other_road = WordsField(
        label=_("The other road"), help_text=_("Review, mediation, court: where to go and how."), rows=3
    )
