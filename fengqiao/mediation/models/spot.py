from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.mediation.models.beside import SpotRecord
from fengqiao.people.models import User


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
    """From what on a county asks about its on-the-spot records; without a row the defaults hold."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6, unique=True)
    in_an_hour = models.PositiveSmallIntegerField(_("records of one mediator within an hour"), default=6)
    alike = models.PositiveSmallIntegerField(_("records with the same text"), default=3)
    near = models.PositiveSmallIntegerField(_("share of text in common, in per cent"), default=70)
    days = models.PositiveSmallIntegerField(_("days looked back"), default=90)

    class Meta:
        verbose_name = _("limits of the review")

    def __str__(self) -> str:
        return self.county
