from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.scope import UnitQuerySet
from fengqiao.places.models import Region
from fengqiao.places.models.lasting import Lasting


class Unit(Lasting):
    """A body that can be given a case: a centre, a department, a township office, a committee, a partner."""

    NOT_READ_ALONG = ("valid_from", "valid_to", "successor")  # kit/prepared.py

    class Kind(models.TextChoices):
        CENTRE = "centre", _("Governance centre")
        DEPARTMENT = "department", _("Department")
        TOWNSHIP = "township", _("Township office")
        STATION = "station", _("Station")
        COMMITTEE = "committee", _("Committee")
        MEDIATION = "mediation", _("Mediation committee")
        PARTNER = "partner", _("Partner")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=20, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("seat"))
    phone = models.CharField(_("duty phone"), max_length=30, blank=True, default="")
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("successor")
    )  # who takes over what is in its hands, from the day it is closed

    objects = UnitQuerySet["Unit"].as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("unit")
        constraints: ClassVar = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(name="people_unit_code_once_in_a_county", fields=["county", "code"]),
            models.CheckConstraint(
                name="people_unit_succeeded_only_once_closed",
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False) & ~Q(successor=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """A name a unit had until a day; old papers carry it, so that it is still found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=60)
    until = models.DateField(_("until"))  # the first day of the next name

    class Meta:
        verbose_name = _("former name")
        constraints = [
            models.UniqueConstraint(name="people_former_name_once_a_day", fields=["county", "unit", "name", "until"])
        ]

    def __str__(self) -> str:
        return self.name
