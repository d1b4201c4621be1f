from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models import SpanUnit
from fengqiao.kit.ids import new_id
from fengqiao.places.models import Level


class Ladder(models.Model):
    """The tiers a dispute goes through in a county, or those of one sort of dispute; a changed one is a new version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=60)
    version = models.CharField(_("version"), max_length=20)
    valid_from = models.DateTimeField(_("valid from"))
    dispute_type = models.CharField(_("for disputes of"), max_length=14, blank=True, default="")  # blank: all others
    source = models.CharField(_("for disputes that came"), max_length=14, blank=True, default="")
    basis = models.CharField(_("legal basis"), max_length=120, blank=True, default="")
    is_written_only = models.BooleanField(_("written agreement only"), default=False)  # 医疗纠纷条例 art. 39

    class Meta:
        verbose_name = _("ladder")
        constraints = [
            models.UniqueConstraint(name="mediation_ladder_version_once", fields=["county", "code", "version"])
        ]

    def __str__(self) -> str:
        return self.name


class Tier(models.Model):
    """One tier of a ladder: where it is mediated, how long it may take, who helps there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="tiers")
    order = models.PositiveSmallIntegerField(_("order"))  # from 1, upwards
    name = models.CharField(_("name"), max_length=40)
    level = models.CharField(_("level"), max_length=12, choices=Level)  # of the seat of whoever mediates
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("counted in"), max_length=16, choices=SpanUnit)
    version = models.CharField(_("version"), max_length=20)
    accept_within = models.PositiveSmallIntegerField(_("working days to accept"), null=True)  # then the span begins
    helpers = models.CharField(_("together with"), max_length=120, blank=True, default="")  # 派出所、司法所、法庭

    class Meta:
        verbose_name = _("tier")
        constraints = [
            models.UniqueConstraint(name="mediation_tier_once", fields=["county", "ladder", "order"]),
            models.CheckConstraint(name="mediation_tier_has_time", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
