from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.cases.models.case import Case
from fengqiao.kit.ids import new_id


class Stage(models.TextChoices):
    """What a clock is waiting for."""

    TRIAGE = "triage", _("Triage")
    DISPATCH = "dispatch", _("Dispatch")
    ACCEPT = "accept", _("Acceptance")
    DESIGNATE = "designate", _("Answer to the objection")
    HANDLE = "handle", _("Handling")
    MEDIATE = "mediate", _("Mediation at this tier")
    EVALUATE = "evaluate", _("Evaluation window")
    REOPEN = "reopen", _("Reopening window")
    DECIDE = "decide", _("Decision on reopening")
    REVISIT = "revisit", pgettext_lazy("stage", "Revisit")


class SpanUnit(models.TextChoices):
    """In what a span is counted. A working day is the open time of one day's office hours."""

    WORKING_HOURS = "working_hours", _("working hours")
    WORKING_DAYS = "working_days", _("working days")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")


class ClockRule(models.Model):
    """How long one stage may take in a county; a changed rule is a new row with a new version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    urgency = models.CharField(_("urgency"), max_length=10, blank=True, default="")  # blank: any
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("counted in"), max_length=16, choices=SpanUnit)
    version = models.CharField(_("version"), max_length=20)
    valid_from = models.DateTimeField(_("valid from"))

    # How far the time may be moved with a supervisor's approval; asked of the handling clock only.
    extendable_by = models.PositiveSmallIntegerField(_("extendable by"), null=True)  # none given: its own span again
    pausable_days = models.PositiveSmallIntegerField(_("days it may stand still"), default=30)  # in a round, in all

    class Meta:
        verbose_name = _("clock rule")
        constraints = [
            models.UniqueConstraint(
                name="cases_clock_rule_version_once", fields=["county", "stage", "urgency", "version"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.urgency} {self.amount} {self.unit}"


class Clock(models.Model):
    """A promise with a date, and how the date was derived; an alert is owed from `alert_at` until it is met."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)

    # The derivation: from these alone the due time can be computed again.
    started_at = models.DateTimeField(_("started"))
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("counted in"), max_length=16, choices=SpanUnit)
    rule_version = models.CharField(_("version of the rule"), max_length=20)
    calendar_version = models.CharField(_("version of the calendar"), max_length=40)
    hours = models.JSONField(_("office hours"), default=list)  # facts of the record: [["08:30", "12:00"], …]
    skipped = models.JSONField(_("skipped days"), default=list)  # [["2026-10-01", "国庆节"], …]
    made_up = models.JSONField(_("make-up working days"), default=list)  # [["2026-10-10", "国庆节"], …]
    is_provisional = models.BooleanField(_("provisional"), default=False)

    due_at = models.DateTimeField(_("due"))
    alert_at = models.DateTimeField(_("next alert"), null=True)
    alert_level = models.PositiveSmallIntegerField(_("next alert level"), default=0)  # 70, 90, 100 % of the span
    met_at = models.DateTimeField(_("met"), null=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True)  # no longer asked for; neither met nor missed

    class Meta:
        abstract = True

    def is_running(self) -> bool:
        """Test if the clock still waits."""
        return self.met_at is None and self.stopped_at is None

    def is_overdue(self, at: datetime) -> bool:
        """Test if the clock still waits and its time is over."""
        return self.is_running() and self.due_at < at

    def span(self) -> int:
        """Give the whole span in the unit of the clock, with what was granted."""
        return self.amount

    def stretches_still(self) -> list[tuple[datetime, datetime]]:
        """List from when to when the clock stood or stands still by approval, in order."""
        return []


RUNNING = Q(met_at__isnull=True, stopped_at__isnull=True)


class CaseClock(Clock):
    """A clock of a case; clocks are independent and never hide one another."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    round = models.PositiveSmallIntegerField(_("round"), default=1)

    # Part of the derivation: the time a supervisor granted, each with the unit that did.
    extensions = models.JSONField(_("extensions"), default=list)  # [[3, "镇原县综治中心"], …] in the unit of the clock
    pauses = models.JSONField(_("pauses"), default=list)  # [["2026-11-20T09:00:00+08:00", until, "镇原县综治中心"], …]

    class Meta:
        verbose_name = _("clock")
        constraints = [
            models.UniqueConstraint(
                name="cases_one_running_clock_a_stage", fields=["county", "case", "stage"], condition=RUNNING
            ),
            models.CheckConstraint(name="cases_clock_due_after_start", condition=Q(due_at__gte=F("started_at"))),
        ]
        indexes = [
            models.Index(name="cases_clock_alerts", fields=["alert_at"], condition=RUNNING & Q(alert_at__isnull=False)),
            models.Index(name="cases_clock_running_due", fields=["stage", "due_at"], condition=RUNNING),
            models.Index(name="cases_windows_by_day", fields=["due_at"], condition=Q(stage=Stage.EVALUATE.value)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage}"

    def span(self) -> int:
        """Give the whole span in the unit of the clock, with what was granted."""
        granted: int = sum(more for more, _unit in self.extensions)
        return self.amount + granted

    def stretches_still(self) -> list[tuple[datetime, datetime]]:
        """List from when to when the clock stood or stands still by approval, in order."""
        return [(datetime.fromisoformat(begins), datetime.fromisoformat(ends)) for begins, ends, _unit in self.pauses]

    def is_paused(self, at: datetime) -> bool:
        """Test if the clock stands still by approval."""
        return any(begins <= at < ends for begins, ends in self.stretches_still())
