from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models.user import User


class SignIn(models.Model):
    """One browser in which somebody is signed in, so that they can see it and end it; it goes with the session."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", verbose_name=_("user"))
    session = models.CharField(_("session"), max_length=40)
    agent = models.CharField(_("browser"), max_length=300, blank=True, default="")  # as the browser names itself
    address = models.CharField(_("address"), max_length=45, blank=True, default="")  # its beginning alone
    began_at = models.DateTimeField(_("began"))
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("sign-in")
        constraints: ClassVar = [
            models.UniqueConstraint(name="people_sign_in_once_a_session", fields=["county", "session"]),
        ]
        indexes: ClassVar = [models.Index(name="people_sign_in_by_user", fields=["user", "seen_at"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.began_at:%Y-%m-%d %H:%M}"
