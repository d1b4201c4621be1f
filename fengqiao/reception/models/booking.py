from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.intake.models import Report
from fengqiao.kit.ids import new_id
from fengqiao.people.models import User
from fengqiao.reception.models.day import ReceptionDay
from fengqiao.reception.scope import BookingQuerySet
from fengqiao.reception.vocabulary import Result

NOT_YET = Q(came__isnull=True, result="", outcome_at=None)
CAME = Q(came=True, outcome_at__isnull=False) & ~Q(result="")
STAYED_AWAY = Q(came=False, outcome_at__isnull=False, result="")


class Booking(models.Model):
    """A time on a reception day for the matter of one report; who comes is known by that report alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    day = models.ForeignKey(ReceptionDay, models.PROTECT, related_name="bookings", verbose_name=_("reception day"))
    slot = models.PositiveSmallIntegerField(_("place in the order"))  # 1 is the first of the day
    report = models.ForeignKey(Report, models.PROTECT, related_name="bookings", verbose_name=_("report"))
    booked_at = models.DateTimeField(_("booked"))
    booked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("booked by"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    came = models.BooleanField(_("came"), null=True)
    result = models.CharField(_("what came of it"), max_length=12, choices=Result, blank=True, default="")
    words = models.TextField(_("what was said"), blank=True, default="")  # only where no case holds them
    led_to = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+", verbose_name=_("new report"))
    outcome_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))
    outcome_at = models.DateTimeField(_("noted"), null=True)

    objects = BookingQuerySet["Booking"].as_manager()

    class Meta:
        verbose_name = _("booking")
        constraints = [
            models.UniqueConstraint(
                name="reception_one_a_slot", fields=["county", "day", "slot"], condition=Q(cancelled_at=None)
            ),
            models.UniqueConstraint(
                name="reception_one_waiting_a_report",
                fields=["county", "report"],
                condition=Q(cancelled_at=None, outcome_at=None),
            ),
            models.CheckConstraint(name="reception_outcome_is_whole", condition=NOT_YET | CAME | STAYED_AWAY),
        ]
        indexes = [models.Index(name="reception_by_report", fields=["report", "booked_at"])]

    def __str__(self) -> str:
        return f"{self.day_id} {self.slot}"
