from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.intake.models.report import Report
from fengqiao.intake.workflow import ConsentWay
from fengqiao.kit.ids import new_id
from fengqiao.people.models import User


class Errand(models.Model):
    """What makes a report an errand: how its resident agreed that we run it for them; the steps are the usual ones."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    report = models.OneToOneField(Report, models.PROTECT, related_name="errand", verbose_name=_("report"))
    consent = models.CharField(_("how they agreed"), max_length=10, choices=ConsentWay)
    agreed_on = models.DateField(_("agreed on"))

    class Meta:
        verbose_name = _("errand")

    def __str__(self) -> str:
        return str(self.report_id)


class Paper(models.Model):
    """A paper handed over for an errand, until it is back with its owner."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    errand = models.ForeignKey(Errand, models.PROTECT, related_name="papers", verbose_name=_("errand"))
    place = models.PositiveSmallIntegerField(_("place in the list"))
    name = models.CharField(_("paper"), max_length=80)
    returned_at = models.DateTimeField(_("returned"), null=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("returned by"))
    returned_to = models.CharField(_("to whom, or where it went"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("paper of an errand")
        constraints = [
            models.UniqueConstraint(name="intake_paper_once_in_the_list", fields=["county", "errand", "place"]),
            models.CheckConstraint(
                name="intake_paper_returned_to_someone", condition=Q(returned_at=None) | ~Q(returned_to="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
