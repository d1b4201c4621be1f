from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models import RUNNING, Case, Clock
from fengqiao.cases.searching import Bigrams, Placed, Said
from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.scope import ReportQuerySet
from fengqiao.intake.workflow import Channel, DeclineReason, Outcome, Status
from fengqiao.kit.codes import grouped
from fengqiao.kit.ids import new_id
from fengqiao.people.models import User
from fengqiao.places.models import Region
from fengqiao.places.scope import PathPart

TEXT_LIMIT = 10_000
SAID_IN_REPORT = Said((F("code"), F("title"), F("text"), F("place")), "read_path")
IN_CASE = Q(case__isnull=False)
WAITING = Q(status__in=["received", "in_review"])


class Report(models.Model):
    """What a resident brought, untouched, with the code they hold."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    code = models.CharField(_("code"), max_length=11, unique=True)
    secret_digest = models.CharField(max_length=64)
    secret_tries = models.PositiveSmallIntegerField(default=0)
    secret_paused_until = models.DateTimeField(null=True)
    submission = models.UUIDField(default=new_id)  # the form it came by: sent twice, it is one report

    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    title = models.CharField(_("title"), max_length=120, blank=True, default="")
    text = models.TextField(_("what was said"))
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("where"))
    path = models.CharField(_("path"), max_length=150, db_collation="C")
    place = models.CharField(_("place in words"), max_length=200, blank=True, default="")

    # Whom to answer; each optional, kept for nothing else.
    reporter = models.CharField(_("reporter's name"), max_length=40, blank=True, default="")
    phone = models.CharField(_("reporter's phone"), max_length=30, blank=True, default="")
    proxy = models.CharField(_("told on their behalf by"), max_length=60, blank=True, default="")
    proxy_relation = models.CharField(_("what they are to the resident"), max_length=40, blank=True, default="")
    proxy_agreed = models.BooleanField(_("the resident agreed to it"), default=False)

    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    received_at = models.DateTimeField(_("received"))
    source = models.CharField(_("source"), max_length=40, blank=True, default="")  # of an import
    source_number = models.CharField(_("number at the source"), max_length=40, blank=True, default="")

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="reports")
    same_as = models.ForeignKey(  # what the resident says; a clerk decides
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("said to be the same as")
    )
    due_at = models.DateTimeField(_("due"), null=True)

    # Both kept by the database. Read by area: as its case lies, nowhere if that is restricted; else as it says.
    read_path = models.CharField(max_length=150, db_collation="C", editable=False, default="")
    case_opened_at = models.DateTimeField(null=True, editable=False)  # of its case: a list of cases goes by it
    search = models.GeneratedField(
        expression=Bigrams(*SAID_IN_REPORT.columns), output_field=SearchVectorField(), db_persist=True
    )

    objects = ReportQuerySet["Report"].as_manager()

    class Meta:
        verbose_name = _("report")
        constraints = [
            models.UniqueConstraint(name="intake_submission_once", fields=["county", "submission"]),
            models.UniqueConstraint(
                name="intake_source_number_once", fields=["county", "source", "source_number"], condition=~Q(source="")
            ),
            models.CheckConstraint(
                name="intake_case_when_in_one",
                condition=Q(status="in_case", case__isnull=False) | (~Q(status="in_case") & Q(case__isnull=True)),
            ),
            models.CheckConstraint(name="intake_text_not_empty", condition=~Q(text="")),
        ]
        indexes = [
            GinIndex(Placed("read_path"), name="intake_by_pairs_and_place"),
            models.Index(PathPart("read_path", part=3), "due_at", "id", name="intake_due_county", condition=WAITING),
            models.Index("due_at", "id", name="intake_due", condition=WAITING),
            models.Index(PathPart("read_path", part=3), "received_at", "id", name="intake_received_county"),
            models.Index(PathPart("read_path", part=4), "received_at", "id", name="intake_received_township"),
            models.Index("received_at", "id", name="intake_received"),
            models.Index("read_path", name="intake_by_read_path"),
            models.Index(
                PathPart("read_path", part=3), "case_opened_at", "case", name="intake_case_county", condition=IN_CASE
            ),
        ]

    def __str__(self) -> str:
        return self.spoken_code

    @property
    def spoken_code(self) -> str:
        """The code in groups that can be read over the phone."""
        return grouped(self.code)

    @property
    def is_confidential(self) -> bool:
        """Test if only the county centre may read it before triage: an accusation (信访工作条例 art. 30)."""
        return self.nature == Nature.ACCUSATION


class Decision(models.Model):
    """One decision of triage about a report; added, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    report = models.ForeignKey(Report, models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=DeclineReason, blank=True, default="")
    route = models.TextField(_("the right road"), blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("triage decision")
        constraints = [
            models.CheckConstraint(
                name="intake_decline_says_why", condition=~Q(outcome="declined") | (~Q(reason="") & ~Q(route=""))
            )
        ]
        indexes = [
            models.Index(name="intake_decisions_in_order", fields=["report", "at"]),
            models.Index(name="intake_declined_by_day", fields=["at"], condition=Q(outcome="declined")),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.outcome}"


class ReportClock(Clock):
    """The triage clock of a report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="clocks")

    class Meta:
        verbose_name = _("report's clock")
        constraints = [
            models.UniqueConstraint(
                name="intake_one_running_clock_a_stage", fields=["county", "report", "stage"], condition=RUNNING
            )
        ]
        indexes = [
            models.Index(name="intake_clock_alerts", fields=["alert_at"], condition=RUNNING & Q(alert_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.stage}"
