from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.kit.ids import new_id
from fengqiao.people.models import User


class BulkRun(models.Model):
    """One step that a person took on several things at once; what came of each stands in its rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    by = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    verb = models.CharField(_("step"), max_length=20)
    answers = models.TextField(blank=True, default="")  # the form as it was sent; emptied with the last row
    submission = models.UUIDField()  # the check page it came from: sent twice, it is one run
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("bulk run")
        constraints = [
            models.UniqueConstraint(name="desk_bulk_run_once_a_check", fields=["county", "by", "submission"])
        ]
        indexes = [models.Index(name="desk_bulk_runs_by_age", fields=["at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


class BulkRow(models.Model):
    """One case or report of a bulk run, and whether the step was taken on it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("bulk row", "Not reached yet")
        DONE = "done", pgettext_lazy("bulk row", "Done")
        REFUSED = "refused", pgettext_lazy("bulk row", "Not done")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="rows")
    place = models.PositiveSmallIntegerField()  # in the order in which they were chosen
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="+")
    seen = models.PositiveIntegerField(default=0)  # the last line of the case's log when it was chosen
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    reason = models.TextField(_("reason"), blank=True, default="")

    class Meta:
        verbose_name = _("row of a bulk run")
        constraints = [
            models.UniqueConstraint(name="desk_bulk_row_has_its_place", fields=["county", "run", "place"]),
            models.CheckConstraint(
                name="desk_bulk_row_about_one_thing",
                condition=Q(case__isnull=False, report__isnull=True) | Q(case__isnull=True, report__isnull=False),
            ),
            models.CheckConstraint(
                name="desk_bulk_row_refused_says_why", condition=~Q(outcome="refused") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.place} {self.outcome}"
