from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class Lasting(models.Model):
    """Something that begins and ends on a day and is never deleted. An unknown beginning stays empty."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)  # the first day on which it is closed

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_begins", condition=Q(valid_to__gt=F("valid_from"))
            )
        ]

    def is_open_on(self, on: date) -> bool:
        """Test if it had begun and had not ended on this day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on < self.valid_to)

    def closed_note(self, on: date) -> str:
        """Tell a person why this cannot be chosen on this day; empty when it can."""
        if self.valid_to is not None and self.valid_to <= on:
            return _("%(name)s was closed on %(date)s.") % {"name": self, "date": date_format(self.valid_to)}
        if self.valid_from is not None and on < self.valid_from:
            return _("%(name)s opens on %(date)s.") % {"name": self, "date": date_format(self.valid_from)}
        return ""
