from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.kit.ids import new_id
from fengqiao.people.models.user import User


class FailedSignIn(models.Model):
    """The failed sign-ins of one hour under one name from one address: one row and a count, however many they are."""

    class Proof(models.TextChoices):
        """What did not fit."""

        PASSWORD = "password", _("Password")
        CODE = "code", pgettext_lazy("sign-in", "Code of the phone")
        PASSKEY = "passkey", _("Passkey")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6, blank=True, default="")  # of the account; empty where there is none
    hour = models.DateTimeField(_("hour"))
    address = models.CharField(_("address"), max_length=45, blank=True, default="")  # empty: many addresses
    name = models.CharField(_("name as typed"), max_length=150, blank=True, default="")  # empty: many names
    proof = models.CharField(_("what did not fit"), max_length=10, choices=Proof)
    about = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("about"))
    count = models.PositiveIntegerField(_("how often"), default=0)
    at = models.DateTimeField(_("last"))

    class Meta:
        verbose_name = _("failed sign-in")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="people_failed_sign_in_once_an_hour", fields=["county", "hour", "address", "name", "proof"]
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="people_failed_sign_in_by_time", fields=["county", "at"]),
            models.Index(name="people_failed_sign_in_by_hour", fields=["hour", "address"]),
        ]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.name} {self.address} ×{self.count}"
