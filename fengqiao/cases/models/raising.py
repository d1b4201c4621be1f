from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models.case import Case
from fengqiao.kit.ids import new_id
from fengqiao.people.models import Unit, User


class RaiseUp(models.Model):
    """A case sent to the tier above, by the unit that had it and to which centre; that unit keeps reading it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.CASCADE, related_name="raises")
    round = models.PositiveSmallIntegerField(_("round"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that raised it"))
    centre = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("centre above"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    of_mediation = models.BooleanField(_("up the tiers of a mediation"), default=False)  # to a committee, not a centre

    class Meta:
        verbose_name = _("raised case")
        constraints = [
            models.UniqueConstraint(
                name="cases_raised_once_a_unit_and_round",
                fields=["county", "case", "round", "unit"],
                condition=Q(of_mediation=False),
            ),
            models.CheckConstraint(name="cases_raised_to_another", condition=~Q(unit=F("centre"))),
            models.CheckConstraint(name="cases_raised_with_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} ↑ {self.centre_id}"
