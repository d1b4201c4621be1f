from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.mediation.models.beside import SpotRecord
from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.people.models import User

EVER = date(2017, 1, 1)  # the calendar begins there


class SpotReview(models.Model):
    """What a person found who looked at an on-the-spot record that raised a question."""

    class Finding(models.TextChoices):
        EXPLAINED = "explained", _("Explained")
        TO_CORRECT = "to_correct", _("To be corrected")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    record = models.OneToOneField(SpotRecord, models.CASCADE, related_name="review", verbose_name=_("record"))
    questions = models.CharField(_("what was asked"), max_length=120)  # the words of `quality.Question`, with commas
    finding = models.CharField(_("finding"), max_length=10, choices=Finding)
    words = models.CharField(_("what was found"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("review of an on-the-spot record")

    def __str__(self) -> str:
        return f"{self.record_id} {self.finding}"


class SpotLimits(models.Model):
    """What a county lets be settled on the spot, and what it asks about records; without a row: the defaults."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    valid_from = models.DateField(_("holds from"), default=EVER)
    most = models.DecimalField(_("sum in yuan at most"), max_digits=14, decimal_places=2, null=True, blank=True)
    never = ArrayField(
        models.CharField(max_length=14, choices=DisputeType), verbose_name=_("not settled on the spot"), default=list
    )
    late_days = models.PositiveSmallIntegerField(_("days in which it is written down"), default=30)
    in_an_hour = models.PositiveSmallIntegerField(_("records of one mediator within an hour"), default=6)
    alike = models.PositiveSmallIntegerField(_("records with the same text"), default=3)
    near = models.PositiveSmallIntegerField(_("share of text in common, in per cent"), default=70)
    days = models.PositiveSmallIntegerField(_("days looked back"), default=90)

    class Meta:
        verbose_name = _("limits of records on the spot")
        constraints = [models.UniqueConstraint(name="mediation_spot_limits_of_a_day", fields=["county", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.county} {self.valid_from}"
