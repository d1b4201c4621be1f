from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.places.models.lasting import Lasting
from fengqiao.places.models.region import Level, Region
from fengqiao.places.scope import LastingQuerySet

TIERS = (Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


class Centre(Lasting):
    """The governance centre of one division: where residents come and from where matters are sent on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    region = models.ForeignKey(Region, models.PROTECT, related_name="centres", verbose_name=_("region"))
    name = models.CharField(_("name"), max_length=80)
    tier = models.CharField(_("tier"), max_length=10, choices=[(tier.value, tier.label) for tier in TIERS])

    objects = LastingQuerySet["Centre"].as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("centre")
        constraints: ClassVar = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                name="places_centre_one_open_in_a_region",
                fields=["county", "region"],
                condition=Q(valid_to__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name
