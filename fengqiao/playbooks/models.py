from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id


class SetupToken(models.Model):
    """The right to make the three administrators, once; the token itself is in the printed link only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        verbose_name = _("set-up link")
        constraints = [models.UniqueConstraint(name="playbooks_setup_token_once", fields=["digest"])]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
