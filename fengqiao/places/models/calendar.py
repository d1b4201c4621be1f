from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id


class CalendarYear(models.Model):
    """The notice one year's days off come from; provisional until it is published."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    edition = models.CharField(_("edition"), max_length=120)
    provisional = models.BooleanField(_("provisional"))

    class Meta:
        verbose_name = _("calendar year")
        constraints = [models.UniqueConstraint(name="places_calendar_year_once", fields=["year"])]

    def __str__(self) -> str:
        return str(self.year)


class WorkDay(models.Model):
    """A day that the notices name: a day off, or a weekend day worked in exchange. All others follow the week."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    on = models.DateField(_("day"))
    working = models.BooleanField(_("working"))
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        verbose_name = _("named day")
        constraints = [models.UniqueConstraint(name="places_workday_once", fields=["on"])]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class WorkHours(models.Model):
    """One stretch of a county's office hours, morning or afternoon."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))  # 00:00 is the end of the day

    class Meta:
        verbose_name = _("office hours")
        constraints = [
            models.UniqueConstraint(name="places_hours_once_in_a_county", fields=["county", "opens"]),
            models.CheckConstraint(
                name="places_hours_close_after_they_open", condition=Q(closes__gt=F("opens")) | Q(closes=time(0))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"
