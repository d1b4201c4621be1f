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

from fengqiao.people.models import StaffLog, User
from fengqiao.people.transitions import accounts
from fengqiao.people.transitions.logging import write


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Passwords and sign-ins of staff."""

    def set_password(self, user: User, password: str) -> None:
        """Take in the password that somebody chose for themselves."""
        accounts.choose_password(user, password, at=now())

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Refuse a weak password, and the one-time password itself."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError(_("Choose another password than the one you were told."))
        judged: str = super().clean_password(password, user)
        return judged

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
        write(StaffLog.Act.SIGNED_IN, by=user, at=now(), facts={"address": self.get_client_ip(request)})
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that somebody tried; the name as typed, never the password."""
        name = str(credentials.get("username", ""))[:150]
        about = User.objects.filter(username=name).first()
        facts = {"username": name, "address": self.get_client_ip(request)}
        write(StaffLog.Act.FAILED_TO_SIGN_IN, by=None, about=about, at=now(), facts=facts)
        super().authentication_failed(request, **credentials)
