from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models import User


class CalendarFeed(models.Model):
    """The address at which a calendar fetches one person's due times; only a digest of it is stored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed", verbose_name=_("user"))
    token_digest = models.CharField(max_length=64, unique=True)  # everywhere: the address names no county
    made_at = models.DateTimeField(_("at"))
    fetched_at = models.DateTimeField(_("last fetched"), null=True)

    class Meta:
        verbose_name = _("calendar feed")

    def __str__(self) -> str:
        return str(self.user_id)
