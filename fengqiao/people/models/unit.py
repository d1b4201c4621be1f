from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.scope import UnitQuerySet
from fengqiao.places.models import Region
from fengqiao.places.models.lasting import Lasting


class Unit(Lasting):
    """A body that can be given a case: a centre, a department, a township office, a committee, a partner."""

    class Kind(models.TextChoices):
        CENTRE = "centre", _("Governance centre")
        DEPARTMENT = "department", _("Department")
        TOWNSHIP = "township", _("Township office")
        STATION = "station", _("Station")
        COMMITTEE = "committee", _("Committee")
        PARTNER = "partner", _("Partner")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=20, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("seat"))
    phone = models.CharField(_("duty phone"), max_length=30, blank=True, default="")

    objects = UnitQuerySet["Unit"].as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("unit")
        constraints: ClassVar = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(name="people_unit_code_once_in_a_county", fields=["county", "code"]),
        ]

    def __str__(self) -> str:
        return self.name
