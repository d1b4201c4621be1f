from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models.post import Post
from fengqiao.people.models.unit import Unit
from fengqiao.places.models.lasting import Lasting
from fengqiao.places.scope import LastingQuerySet


class Presence(Lasting):
    """How a unit takes part in the work of a centre, from one day to another, and at which window."""

    class Mode(models.TextChoices):
        PERMANENT = "permanent", _("Permanently present")
        ROTA = "rota", _("Present by turns")
        ON_CALL = "on_call", _("Comes when called")
        INVITED = "invited", _("Specially invited")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    centre = models.ForeignKey(Unit, models.PROTECT, related_name="presences", verbose_name=_("governance centre"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    mode = models.CharField(_("mode of presence"), max_length=10, choices=Mode)
    window = models.CharField(_("window"), max_length=20, blank=True, default="")

    objects = LastingQuerySet["Presence"].as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("presence")
        constraints: ClassVar = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                name="people_presence_one_open_at_a_centre",
                fields=["county", "centre", "unit"],
                condition=Q(valid_to__isnull=True),
            ),
            models.CheckConstraint(name="people_presence_of_another_unit", condition=~Q(unit=F("centre"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_mode_display()}"


class DutyTurn(models.Model):
    """One turn of duty: which unit, and who of it, answers at a centre on a day, under which phone."""

    class Shift(models.TextChoices):
        """By day within office hours, by night from their end to the next morning."""

        DAY = "day", _("Day shift")
        NIGHT = "night", _("Night shift")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    centre = models.ForeignKey(Unit, models.PROTECT, related_name="duty_turns", verbose_name=_("governance centre"))
    on = models.DateField(_("day"))
    shift = models.CharField(_("shift"), max_length=6, choices=Shift, default=Shift.DAY)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("post"))
    phone = models.CharField(_("duty phone"), max_length=30, blank=True, default="")  # empty: that of the unit

    class Meta:
        verbose_name = _("turn of duty")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="people_duty_turn_once",
                fields=["county", "centre", "on", "shift", "unit", "post"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.unit}"

    @property
    def call(self) -> str:
        """The phone that reaches this turn: its own, or the duty phone of its unit."""
        return self.phone or self.unit.phone
