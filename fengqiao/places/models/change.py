from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.places.models.region import Region


class RegionChange(models.Model):
    """One change of a region on a day: what it was before, and what took over. Added, never edited."""

    class Act(models.TextChoices):
        """What happened to the region."""

        DRAWN = "drawn", _("Drawn up")
        RENAMED = "renamed", _("Renamed")
        MOVED = "moved", _("Moved under another")
        CLOSED = "closed", _("Closed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    region = models.ForeignKey(Region, models.PROTECT, related_name="changes", verbose_name=_("region"))
    act = models.CharField(_("what happened"), max_length=10, choices=Act)
    on = models.DateField(_("day"))  # from which it holds
    was = models.CharField(_("before"), max_length=60, blank=True, default="")  # the name, or what it was part of
    now = models.CharField(_("since"), max_length=60, blank=True, default="")
    noted_at = models.DateTimeField(_("noted"))

    class Meta:
        verbose_name = _("change of a region")
        indexes = [models.Index(name="places_changes_of_a_region", fields=["region", "on", "noted_at"])]

    def __str__(self) -> str:
        return f"{self.region_id} {self.act} {self.on}"
