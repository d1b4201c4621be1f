from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models import Case
from fengqiao.kit.ids import new_id
from fengqiao.people.models import User


class Watch(models.Model):
    """A case that a person keeps an eye on; nobody else knows, and it shows nothing that they cannot see anyway."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    user = models.ForeignKey(User, models.CASCADE, related_name="watches", verbose_name=_("user"))
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", verbose_name=_("case"))
    since = models.DateTimeField(_("watched since"))
    seen_line = models.PositiveIntegerField(_("read up to line"))

    class Meta:
        verbose_name = _("watch")
        constraints = [models.UniqueConstraint(name="desk_watch_once", fields=["county", "user", "case"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_id}"
