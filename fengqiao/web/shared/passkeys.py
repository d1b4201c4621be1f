"""Passkeys: added, named and removed by their owner, and how one opens the door. The ceremony is allauth's."""

import struct
from typing import Any

from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengqiao.people.models import FailedSignIn
from fengqiao.web.shared.access import account_view, public_view
from fengqiao.web.shared.sign_ins import record_failure

LONGEST_NAME = 40
# What taking apart an answer that no device wrote can end in.
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)


class AnswerField(forms.JSONField):
    """What a device answered."""

    def to_python(self, value: Any) -> Any:
        """Read it; what is too long or too deep for a device to have written is no answer either."""
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class AnswerForm(forms.Form):
    """A device's answer, which the page's script puts in."""

    credential = AnswerField(widget=forms.HiddenInput)


class NameForm(forms.Form):
    """What its owner calls a passkey."""

    name = forms.CharField(
        label=pgettext_lazy("passkey", "Name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("So that you know later which one it is."),
    )


class AddForm(NameForm, AnswerForm, AddWebAuthnForm):  # type: ignore[misc]
    """A passkey as the device made it."""

    passwordless = None
    field_order = ("name", "credential")

    def clean(self) -> dict[str, Any]:
        """Refuse what the device did not sign for us."""
        try:
            judged = super().clean()
        except (ValidationError, *MALFORMED):
            raise ValidationError(_("This passkey could not be taken in. Try once more.")) from None
        return dict(judged or {})


class RenameForm(NameForm, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""


class Judged(AnswerForm):
    """Says in one sentence that a passkey did not fit, and writes the attempt down."""

    user: Any

    def clean_credential(self) -> Any:
        """Judge what the device signed."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (ValidationError, *MALFORMED):
            record_failure(self.user.username if self.user else "", FailedSignIn.Proof.PASSKEY)
            raise ValidationError(_("This passkey does not open this door. Sign in with your password.")) from None


class SignInForm(Judged, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey in place of name and password."""


class SecondStepForm(Judged, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""


class AgainForm(Judged, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey shown once more, by somebody who came in a while ago."""


class Add(views.AddWebAuthnView):  # type: ignore[misc]
    """Take in a passkey of this device, one that can open the door by itself."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask for a passkey that the device keeps, and that it uses only for its owner."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}


class Rename(views.EditWebAuthnView):  # type: ignore[misc]
    """Give a passkey another name."""

    success_url = reverse_lazy("mfa_index")


class Remove(views.RemoveWebAuthnView):  # type: ignore[misc]
    """Forget a passkey."""

    success_url = reverse_lazy("mfa_index")


class Again(views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Ask somebody who came in a while ago to show a passkey once more."""

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Say beside the button what did not fit."""
        answer: HttpResponse = self.render_to_response(self.get_context_data() | {"form": form})
        return answer


class SignIn(views.LoginWebAuthnView):  # type: ignore[misc]
    """Open the door to whoever shows a passkey."""


add = account_view(Add.as_view())
rename = account_view(Rename.as_view())
remove = account_view(Remove.as_view())
again = account_view(Again.as_view())
sign_in = public_view(SignIn.as_view())
