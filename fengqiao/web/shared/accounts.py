"""What signing in does here beyond what the library does: the acts go through our own steps and leave a line."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.scope import held_posts
from fengqiao.people.models import FailedSignIn, Role, StaffLog, User
from fengqiao.people.transitions import accounts, attempts, sessions
from fengqiao.people.transitions.logging import write
from fengqiao.web.shared.addresses import address_of

NOTED: dict[str, tuple[StaffLog.Act, Any]] = {
    "totp_activated": (StaffLog.Act.ADDED_FACTOR, gettext_lazy("phone")),
    "totp_deactivated": (StaffLog.Act.REMOVED_FACTOR, gettext_lazy("phone")),
    "webauthn_added": (StaffLog.Act.ADDED_FACTOR, gettext_lazy("passkey")),
    "webauthn_removed": (StaffLog.Act.REMOVED_FACTOR, gettext_lazy("passkey")),
    "recovery_codes_generated": (StaffLog.Act.ADDED_FACTOR, gettext_lazy("recovery codes")),
}


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Passwords and sign-ins of staff."""

    def set_password(self, user: User, password: str) -> None:
        """Take in the password that somebody chose for themselves."""
        accounts.choose_password(user, password, session=self.request.session.session_key or "", at=now())

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Refuse a weak password, and the one-time password itself."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError(_("Choose another password than the one you were told."))
        judged: str = super().clean_password(password, user)
        return judged

    def is_safe_url(self, url: str) -> bool:
        """Test if a way onward stays in the house; what is no address at all leads nowhere."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Begin at the desk; who does nothing but mediate begins with the day of mediation."""
        posts = held_posts(request.user, now()) if isinstance(request.user, User) else []
        if posts and all(post.role == Role.MEDIATOR for post in posts):
            return reverse("console:mediation")
        return str(super().get_login_redirect_url(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go on to the desk once the password is changed."""
        return reverse("console:home")

    def is_reauthentication_required(self, *, app: str | None = None) -> bool:
        """Ask again who it is, unless they came in just now."""
        proofs = get_authentication_records(self.request, self.request.user)
        if any(time.time() - proof["at"] < app_settings.REAUTHENTICATION_TIMEOUT for proof in proofs):
            return False
        return bool(super().is_reauthentication_required(app=app))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """Write down that somebody came in."""
        facts = {"address": self.get_client_ip(request)} | ({"how": _("passkey")} if _by_passkey(request, user) else {})
        write(StaffLog.Act.SIGNED_IN, by=user, at=now(), facts=facts)
        sessions.forget_old(user, at=now())
        return super().post_login(request, user, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Find from where somebody knocks."""
        return address_of(request)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Write down what the library would send by mail, where it is about the second step at sign-in."""
        if noted := NOTED.get(template_prefix.removeprefix("mfa/email/")):
            act, what = noted
            write(act, by=user, about=user, at=now(), facts={"what": str(what)})

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that somebody tried; the name as typed, never the password."""
        name = str(credentials.get("username", ""))
        attempts.record_failure(name, FailedSignIn.Proof.PASSWORD, address=self.get_client_ip(request), at=now())
        super().authentication_failed(request, **credentials)


def _by_passkey(request: HttpRequest, user: User) -> bool:
    """Test if this sign-in was proved by a passkey alone."""
    return any(proof.get("passwordless") for proof in get_authentication_records(request, user))
