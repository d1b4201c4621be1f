from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.places.models.lasting import Lasting
from fengqiao.places.models.region import Region
from fengqiao.places.scope import LastingQuerySet


class Boundary(Lasting):
    """The outline of a region from one day to another, in WGS-84; the box around it is what the index finds it by."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    region = models.ForeignKey(Region, models.PROTECT, related_name="boundaries", verbose_name=_("region"))
    shape = models.BinaryField(_("outline"))  # well-known binary of a polygon or several
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    source = models.CharField(_("source"), max_length=200)  # whose survey, of when; or that it is made up

    objects = LastingQuerySet["Boundary"].as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("boundary")
        constraints: ClassVar = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                name="places_boundary_one_open_of_a_region",
                fields=["county", "region"],
                condition=Q(valid_to__isnull=True),
            ),
            models.CheckConstraint(
                name="places_boundary_box_has_an_area", condition=Q(west__lt=F("east"), south__lt=F("north"))
            ),
        ]
        indexes = [models.Index(name="places_boundary_box", fields=["county", "west", "east", "south", "north"])]

    def __str__(self) -> str:
        return str(self.region_id)
