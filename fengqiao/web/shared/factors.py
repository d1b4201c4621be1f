"""The second step at sign-in: who must have one, how its codes are judged, and how a lost one is forgotten."""

import base64
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.scope import held_posts
from fengqiao.people.models import ADMINISTRATORS, FailedSignIn, User
from fengqiao.people.transitions import accounts
from fengqiao.web.shared.devices import in_words
from fengqiao.web.shared.sign_ins import record_failure

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
GUESSES = "code_failed"  # how many are allowed stands in settings.ACCOUNT_RATE_LIMITS


def must_join(user: User, at: datetime) -> bool:
    """Test if an administrator has neither phone nor passkey yet: then nothing else opens."""
    if not any(post.role in ADMINISTRATORS for post in held_posts(user, at)):
        return False
    return not has_joined(user)


def has_joined(user: User) -> bool:
    """Test if this account asks for a second step."""
    joined: bool = Authenticator.objects.filter(user=user, type__in=STEPS).exists()
    return joined


@transaction.atomic
def forget(user: User, *, by: User, at: datetime) -> None:
    """Forget a lost phone, passkeys and recovery codes; an administrator must join another before going on."""
    accounts.forget_factor(user, by=by, at=at)
    Authenticator.objects.filter(user=user).delete()


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Keys of phones are kept encrypted; what goes wrong is said in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is wrong or has run out. Type the one your phone shows now."),
    }

    def encrypt(self, text: str) -> str:
        """Lock a key with the secret of this installation."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Unlock a key; under another installation's secret it opens nothing."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site to which passkeys belong: in service the public address, whatever the request says."""
        address: str = settings.PUBLIC_ADDRESS or f"//{context.request.get_host()}"
        return {"id": urlsplit(address).hostname or "", "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, object]:
        """Name the owner as the device shows it among other passkeys."""
        entity: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": str(user)}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Suggest a passkey's name: what its owner is using."""
        return in_words(context.request.headers.get("User-Agent", ""))


class Limited:
    """Counts wrong codes by account, writes each down, and pauses after five."""

    user: User

    def clean_code(self) -> str:
        """Judge a code, unless too many were wrong."""
        key = f"factor-{self.user.pk}"
        if not ratelimit.consume(context.request, action=GUESSES, key=key):
            raise ValidationError(_("Too many wrong codes. Wait a quarter of an hour."))
        code: str = super().clean_code()  # type: ignore[misc]
        ratelimit.clear(context.request, action=GUESSES, key=key)
        return code

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        record_failure(self.user.username, FailedSignIn.Proof.CODE)


class CodeForm(Limited, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class CodeAgainForm(Limited, ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before something weighty."""


def _lock() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(f"second factor {settings.SECRET_KEY}".encode()).digest()))
