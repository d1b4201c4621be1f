"""Finding a report, proving that it is one's own, and answering about it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.vocabulary import Satisfied, Solved
from fengqiao.intake.models import Report
from fengqiao.intake.secret import LENGTH
from fengqiao.kit import codes

WORDS_LIMIT = 2_000


class Find(forms.Form):
    """A code, as typed by someone reading it from paper."""

    code = forms.CharField(
        label=gettext_lazy("The code on your receipt"),
        help_text=gettext_lazy("Two letters, then nine more signs; dashes and small letters do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Please enter the code.")},
    )

    def clean_code(self) -> str:
        """Tell a slip of the pen from a code that was never given out."""
        code = codes.tidy(str(self.cleaned_data["code"]))
        if fault := codes.misread(code):
            raise ValidationError(say_misread(code, fault))
        if not Report.objects.filter(code=code).exists():
            raise ValidationError(_("No report has this code. Please compare it with your receipt, sign by sign."))
        return code


def say_misread(code: str, fault: codes.Misread) -> str:
    """Say in words what is wrong with a code, and where to look."""
    if fault.fault == "signs":
        place = next(place for place, sign in enumerate(code, 1) if place > codes.TAG_LENGTH and sign in fault.signs)
        return _(
            "Sign %(place)d, “%(sign)s”, is never used in a code (no 0, 1, O, I, L, U). Please look at it again."
        ) % {"place": place, "sign": code[place - 1]}
    if fault.fault == "check":
        return _("One sign of this code is not right. Please compare it with your receipt, sign by sign.")
    facts = {"length": len(code), "full": codes.FULL_LENGTH}
    return _("This code has %(length)d signs; a code has %(full)d. Please compare it with your receipt.") % facts


class Secret(forms.Form):
    """The six digits from the receipt."""

    secret = forms.CharField(
        label=gettext_lazy("The six-digit secret from your receipt"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Please enter the six digits.")},
    )

    def clean_secret(self) -> str:
        """Accept the digits however they are spaced; anything else is not worth one of the tries."""
        digits = "".join(str(int(sign)) for sign in str(self.cleaned_data["secret"]) if sign.isdecimal())
        if len(digits) != LENGTH:
            raise ValidationError(_("The secret has six digits."))
        return digits


class Words(forms.Form):
    """A form with one place for words, counted as people count."""

    words = forms.CharField(label="", required=False, widget=forms.Textarea(attrs={"rows": 5}))

    def clean_words(self) -> str:
        """Say by how much the words are too many."""
        words = str(self.cleaned_data["words"]).replace("\r\n", "\n")
        if len(words) > WORDS_LIMIT:
            over = {"over": len(words) - WORDS_LIMIT, "limit": WORDS_LIMIT}
            raise ValidationError(_("That is %(over)d characters more than the %(limit)d we can take.") % over)
        return words


class Evaluate(Words):
    """Was it dealt with? In the resident's words."""

    contacted = forms.TypedChoiceField(
        label=gettext_lazy("Did the unit get in touch with you?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    solved = forms.TypedChoiceField(
        label=gettext_lazy("Is the matter solved?"),
        choices=Solved.choices,
        coerce=Solved,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one: this answer decides what happens next.")},
    )
    satisfied = forms.TypedChoiceField(
        label=gettext_lazy("Are you satisfied with how it was handled?"),
        choices=Satisfied.choices,
        coerce=Satisfied,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("contacted", "solved", "satisfied", "words")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["words"].label = gettext_lazy("Anything to add?")
        self.fields["words"].help_text = gettext_lazy("If it is not solved, say what is still missing.")


class AskReopen(Words):
    """Why the matter should be taken up again."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["words"].label = gettext_lazy("What is still not settled?")
        self.fields["words"].required = True
        self.fields["words"].error_messages["required"] = gettext_lazy("Say what is still not settled.")


class GiveUp(Words):
    """Why it is no longer wanted; nobody has to say."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["words"].label = gettext_lazy("Why do you no longer want it?")
        self.fields["words"].help_text = gettext_lazy("You need not say. If it was solved, tell us how.")
