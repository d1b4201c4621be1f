from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.oversight.models.notice import Notice
from fengqiao.people.models import Unit, User


class Channel(models.Model):
    """A way by which notices leave the house, for a county or one unit; its address is locked and never shown again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the unit")
    )  # null: for everybody in the county
    name = models.CharField(_("name"), max_length=40)
    scheme = models.CharField(_("way"), max_length=12)  # the part of the address that tells no secret
    locked = models.TextField(_("locked address"))
    is_on = models.BooleanField(_("on"), default=False)
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("last sent"), null=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failed_at = models.DateTimeField(_("last failed"), null=True)

    class Meta:
        verbose_name = _("channel for notices")
        constraints: ClassVar = [
            models.UniqueConstraint(name="oversight_channel_name_once_in_a_county", fields=["county", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Listening(models.Model):
    """One person's wish that notices to them also go by a channel; nobody is reached without it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="listeners", verbose_name=_("channel"))
    since = models.DateTimeField(_("listens since"))

    class Meta:
        verbose_name = _("listening")
        constraints: ClassVar = [
            models.UniqueConstraint(name="oversight_listening_once", fields=["county", "user", "channel"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} ← {self.channel_id}"


class Sending(models.Model):
    """One notice on its way by one channel, or a test of the channel; tried again until it is out or too old."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="sendings", verbose_name=_("channel"))
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="+", verbose_name=_("notice"))
    made_at = models.DateTimeField(_("made"))
    retry_at = models.DateTimeField(_("next try"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    dropped_at = models.DateTimeField(_("given up"), null=True)

    class Meta:
        verbose_name = _("sending")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="oversight_notice_once_a_channel",
                fields=["county", "channel", "notice"],
                condition=Q(notice__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="oversight_sendings_to_try",
                fields=["retry_at"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.tries}"
