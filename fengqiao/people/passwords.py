"""What a password may not be, beyond being short, common or only digits."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fengqiao.people.models import User

SHORTEST = 2  # a name of one sign would forbid too much


class NotOnesName:
    """Refuses a password that holds the name of its owner, forwards or backwards."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse the first name that is found in it."""
        told = password.casefold()
        for name in (user.name, user.username) if user else ():
            plain = name.casefold()
            if len(plain) >= SHORTEST and (plain in told or plain[::-1] in told):
                raise ValidationError(self.get_help_text(), code="password_holds_name")

    def get_help_text(self) -> str:
        """Say the rule in a sentence."""
        return _("A password must not hold your name or your user name: both are known to many.")
