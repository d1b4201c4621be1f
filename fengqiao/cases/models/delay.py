from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.cases.models.case import Case
from fengqiao.kit.ids import new_id
from fengqiao.people.models import Unit, User

AN_EXTENSION = Q(kind="extension", more__isnull=False, until__isnull=True)
A_PAUSE = Q(kind="pause", more__isnull=True, until__isnull=False)


class Delay(models.Model):
    """A unit's request that the handling clock be extended or stand still, and what a supervisor outside it decided."""

    class Kind(models.TextChoices):
        """What is asked for."""

        EXTENSION = "extension", pgettext_lazy("kind of delay", "Extension")
        PAUSE = "pause", pgettext_lazy("kind of delay", "Pause")

    class Decision(models.TextChoices):
        """What was decided."""

        APPROVED = "approved", _("Approved")
        REFUSED = "refused", pgettext_lazy("delay", "Refused")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.CASCADE, related_name="delays")
    round = models.PositiveSmallIntegerField(_("round"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    more = models.PositiveSmallIntegerField(_("longer by"), null=True)  # in the unit of the clock
    until = models.DateField(_("paused until"), null=True)  # the last day on which the clock stands still
    reason = models.TextField(_("reason"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that asks"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True, default="")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    may_ask_again = models.BooleanField(_("may be extended once more"), default=False)

    class Meta:
        verbose_name = _("request for more time")
        constraints = [
            models.UniqueConstraint(
                name="cases_one_undecided_delay_a_round",
                fields=["county", "case", "round"],
                condition=Q(decided_at__isnull=True),
            ),
            models.CheckConstraint(name="cases_delay_says_how_long", condition=AN_EXTENSION | A_PAUSE),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
