from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models.unit import Unit
from fengqiao.people.models.user import Role, User
from fengqiao.people.scope import PostQuerySet
from fengqiao.places.models import Region


class Post(models.Model):
    """A role someone holds in a unit over a region, from one day to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=16, choices=Role)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("area answered for"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)  # the first day it is no longer held

    objects = PostQuerySet["Post"].as_manager()

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.UniqueConstraint(
                name="people_post_once", fields=["county", "user", "role", "region", "unit", "starts_on"]
            ),
            models.CheckConstraint(
                name="people_post_ends_not_before_it_starts",
                # Ended on its first day it was never held: a post that was given by mistake.
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"

    @property
    def seat(self) -> Region:
        """Where the unit sits: mostly the very area the post answers for, which was read with it."""
        return self.region if self.unit.region_id == self.region_id else self.unit.region
