from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.cases.models import Case, CaseClock, CaseLog
from fengqiao.intake.models import Report, ReportClock
from fengqiao.kit.ids import new_id
from fengqiao.oversight.scope import NoticeQuerySet
from fengqiao.people.models import Role, Unit, User

ABOUT_ONE_MATTER = Q(case__isnull=False, report__isnull=True) | Q(case__isnull=True, report__isnull=False)
FROM_A_CLOCK = Q(kind="deadline", level__in=[70, 90, 100], line__isnull=True) & (
    Q(case_clock__isnull=False, report_clock__isnull=True) | Q(case_clock__isnull=True, report_clock__isnull=False)
)
FROM_A_LINE = ~Q(kind="deadline") & Q(level=0, line__isnull=False, case_clock__isnull=True, report_clock__isnull=True)


class Notice(models.Model):
    """A word to whoever owes an act, and to nobody else: a time that runs out, or a step that asks for theirs."""

    class Kind(models.TextChoices):
        """Why the word is sent."""

        DEADLINE = "deadline", _("Time is running out")
        DISPATCHED = "dispatched", _("A case was sent to your unit")
        ASSISTING = "assisting", _("Your unit is asked to assist")
        OBJECTED = "objected", _("An objection waits for your decision")
        SUPERVISED = "supervised", pgettext_lazy("kind of notice", "Supervision notice")
        NOT_SOLVED = "not_solved", _("The resident says it is not solved")
        ASKED_AGAIN = "asked_again", _("The resident asks to reopen")
        DELAY_ASKED = "delay_asked", _("More time is asked for and waits for your decision")
        DELAY_TOLD = "delay_told", _("Your request for more time was decided")
        WITHDRAW = "withdraw", _("The resident asks to withdraw the report")
        RAISED = "raised", _("Raised to your centre: dispatch it")
        HANDED_ON = "handed_on", _("Another county found this matter to be yours")
        MEDIATING = "mediating", _("A dispute was given to you to mediate")
        ESCALATED = "escalated", _("A dispute came up from the tier below")
        SENT_BACK = "sent_back", _("A dispute came back from the tier above, with help")
        REFUSED = "refused", _("A party refuses mediation: end it and name the other roads")
        UNSIGNED = "unsigned", _("The agreement was worded anew: earlier signatures are void")
        ITEM_DUE = "item_due", _("An item of an agreement falls due")
        CONFIRM_DUE = "confirm_due", _("The time for joint confirmation by the court runs out")
        JOIN_ASKED = "join_asked", _("Another unit asks to mediate the dispute together with theirs")
        JOIN_TOLD = "join_told", _("Your request to mediate together was answered")
        REOPENED = "reopened", _("Reopened: dispatch it again")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    level = models.PositiveSmallIntegerField(_("level"), default=0)  # per cent of the clock's span that has passed
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit told"))
    role = models.CharField(_("role"), max_length=16, choices=Role)

    # What it is about, and what it came from: a clock or a log line, never both.
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="notices")
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="notices")
    case_clock = models.ForeignKey(CaseClock, models.CASCADE, null=True, related_name="+")
    report_clock = models.ForeignKey(ReportClock, models.CASCADE, null=True, related_name="+")
    line = models.ForeignKey(CaseLog, models.PROTECT, null=True, related_name="+")

    is_urgent = models.BooleanField(_("urgent"), default=False)
    made_at = models.DateTimeField(_("told at"))
    visible_from = models.DateTimeField(_("shown from"))  # the next open moment, at once when urgent
    seen_at = models.DateTimeField(_("seen at"), null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("seen by"))

    objects = NoticeQuerySet["Notice"].as_manager()

    class Meta:
        verbose_name = _("notice")
        constraints = [
            models.UniqueConstraint(
                name="oversight_notice_once_a_case_clock_and_level",
                fields=["county", "case_clock", "level"],
                condition=Q(case_clock__isnull=False),
            ),
            models.UniqueConstraint(
                name="oversight_notice_once_a_report_clock_and_level",
                fields=["county", "report_clock", "level"],
                condition=Q(report_clock__isnull=False),
            ),
            models.UniqueConstraint(
                name="oversight_notice_once_a_line_unit_and_kind",
                fields=["county", "line", "unit", "kind"],
                condition=Q(line__isnull=False),
            ),
            models.CheckConstraint(name="oversight_notice_about_one_matter", condition=ABOUT_ONE_MATTER),
            models.CheckConstraint(
                name="oversight_notice_from_a_clock_or_a_line", condition=FROM_A_CLOCK | FROM_A_LINE
            ),
        ]
        indexes = [
            models.Index(
                name="oversight_unseen_of_a_unit",
                fields=["unit", "role", "visible_from"],
                condition=Q(seen_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.level or ''} → {self.unit_id}".strip()
