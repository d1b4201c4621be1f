from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models import User


class SavedFilter(models.Model):
    """A filter of the work list that a person keeps under a name; it narrows what they can see and never widens it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=20)
    query = models.TextField(_("filter"))  # as it stands in the address
    is_start = models.BooleanField(_("opens first"), default=False)
    made_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("saved filter")
        constraints = [
            models.UniqueConstraint(name="desk_filter_name_once_a_person", fields=["county", "user", "name"]),
            models.UniqueConstraint(
                name="desk_one_filter_opens_first", fields=["county", "user"], condition=Q(is_start=True)
            ),
            models.CheckConstraint(name="desk_filter_narrows_something", condition=~Q(query="")),
        ]

    def __str__(self) -> str:
        return self.name
