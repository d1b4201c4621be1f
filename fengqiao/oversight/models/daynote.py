from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models import Unit, User

NOTE_LIMIT = 1000


class DayNote(models.Model):
    """What one shift of a centre leaves for the next about a day; its words are never changed.

    Who took it over, and who settled what stays open, is written down once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    centre = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("governance centre"))
    on = models.DateField(_("day"))
    words = models.TextField(_("note"), max_length=NOTE_LIMIT)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    stays_open = models.BooleanField(_("stays open"), default=False)  # shown each day until it is settled
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken over by"))
    taken_at = models.DateTimeField(_("taken over at"), null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("settled by"))
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        verbose_name = _("day note")
        constraints = [
            models.CheckConstraint(name="oversight_day_note_not_empty", condition=~models.Q(words="")),
            models.CheckConstraint(
                name="oversight_only_what_stays_open_is_settled",
                condition=models.Q(settled_at__isnull=True) | models.Q(stays_open=True),
            ),
        ]
        indexes = [models.Index(name="oversight_notes_of_a_day", fields=["centre", "on", "at"])]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.on}"
