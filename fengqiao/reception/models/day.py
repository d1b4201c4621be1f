from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models import Unit, User
from fengqiao.reception.scope import DayQuerySet

MOST_PLACES = 40


class ReceptionDay(models.Model):
    """Hours of one day in which an official receives residents at a centre; who receives is public by nature."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    centre = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("governance centre"))
    path = models.CharField(_("path"), max_length=150, db_collation="C")  # of the centre's area
    host_title = models.CharField(_("post of who receives"), max_length=60)
    host_name = models.CharField(_("name of who receives"), max_length=40)
    subject = models.CharField(_("subject"), max_length=120, blank=True, default="")
    where = models.CharField(_("room or address"), max_length=120)
    on = models.DateField(_("day"))
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    places = models.PositiveSmallIntegerField(_("places"))

    announced_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("announced by"))
    announced_at = models.DateTimeField(_("announced"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    notice = models.TextField(_("words to those who had booked"), blank=True, default="")
    closed_at = models.DateTimeField(_("closed"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by"))

    objects = DayQuerySet["ReceptionDay"].as_manager()

    class Meta:
        verbose_name = _("reception day")
        constraints = [
            models.CheckConstraint(name="reception_opens_before_it_closes", condition=Q(opens__lt=F("closes"))),
            models.CheckConstraint(name="reception_has_places", condition=Q(places__range=(1, MOST_PLACES))),
            models.CheckConstraint(
                name="reception_cancelled_with_a_word", condition=Q(cancelled_at=None) | ~Q(notice="")
            ),
            models.CheckConstraint(name="reception_ends_one_way", condition=Q(cancelled_at=None) | Q(closed_at=None)),
            models.UniqueConstraint(
                name="reception_one_host_a_time",
                fields=["county", "centre", "on", "opens", "host_name"],
                condition=Q(cancelled_at=None),
            ),
        ]
        indexes = [models.Index(name="reception_by_path_day", fields=["path", "on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.host_title} {self.host_name}"

    @property
    def begins_at(self) -> datetime:
        """The moment it opens."""
        return datetime.combine(self.on, self.opens, get_default_timezone())

    @property
    def ends_at(self) -> datetime:
        """The moment it closes."""
        return datetime.combine(self.on, self.closes, get_default_timezone())

    @property
    def is_over(self) -> bool:
        """Test if it was cancelled or closed."""
        return self.cancelled_at is not None or self.closed_at is not None
