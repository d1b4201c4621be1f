from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models.case import Case
from fengqiao.cases.vocabulary import AnswerChannel, Satisfied, Solved
from fengqiao.kit.ids import new_id
from fengqiao.people.models import Unit, User


class ObjectionReason(models.TextChoices):
    """Why a unit says a case is not its own; each needs its legal basis in words."""

    NOT_OUR_DUTY = "not_our_duty", _("Not within our duties")
    NOT_OUR_AREA = "not_our_area", _("Not within our area")
    ANOTHER_LEADS = "another_leads", _("Another unit leads by law")
    WRONG_FACTS = "wrong_facts", _("The facts were recorded wrongly")


class Objection(models.Model):
    """A unit's one objection to a dispatch in a round, and the arbiter's answer, which binds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.CASCADE, related_name="objections")
    round = models.PositiveSmallIntegerField(_("round"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("objecting unit"))
    reason = models.CharField(_("reason"), max_length=20, choices=ObjectionReason)
    basis = models.CharField(_("legal basis"), max_length=300)
    names_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that should have it"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    designated = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("designated unit"))
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("objection")
        constraints = [models.UniqueConstraint(name="cases_one_objection_a_round", fields=["county", "case", "round"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reason}"


class Evaluation(models.Model):
    """A resident's answer about a concluded case: by their own channel, or to a call from outside the lead unit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.CASCADE, related_name="evaluations")
    round = models.PositiveSmallIntegerField(_("round"))
    report = models.UUIDField(_("report"), null=True)  # whose report; intake stands above cases
    channel = models.CharField(_("channel"), max_length=10, choices=AnswerChannel)
    contacted = models.BooleanField(_("contacted by the unit"), null=True)
    solved = models.CharField(_("solved"), max_length=10, choices=Solved)
    satisfied = models.CharField(_("satisfied"), max_length=10, choices=Satisfied, blank=True, default="")
    words = models.TextField(_("in words"), blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("caller"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("evaluation")
        constraints = [
            models.UniqueConstraint(
                name="cases_one_evaluation_a_round",
                fields=["county", "case", "round", "report"],
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(name="cases_answers_by_day", fields=["at"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.solved}"


class ReopenRequest(models.Model):
    """A resident's request to take the case up again, and what the dispatcher decided."""

    class Decision(models.TextChoices):
        REOPENED = "reopened", _("Reopened")
        REFUSED = "refused", _("Refused")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.CASCADE, related_name="reopen_requests")
    round = models.PositiveSmallIntegerField(_("round"))
    words = models.TextField(_("in words"), blank=True, default="")
    asked_at = models.DateTimeField(_("asked"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True, default="")
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.TextField(_("reason"), blank=True, default="")
    other_road = models.TextField(_("other road"), blank=True, default="")

    class Meta:
        verbose_name = _("reopening request")
        constraints = [
            models.UniqueConstraint(
                name="cases_one_undecided_reopening", fields=["county", "case"], condition=Q(decided_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.decision}"


class Revisit(models.Model):
    """What a clerk outside the lead unit heard some time after the case was archived."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.CASCADE, related_name="revisits")
    round = models.PositiveSmallIntegerField(_("round"))
    channel = models.CharField(_("channel"), max_length=10, choices=AnswerChannel)
    solved = models.CharField(_("solved"), max_length=10, choices=Solved)
    words = models.TextField(_("in words"), blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("revisit")
        constraints = [models.UniqueConstraint(name="cases_one_revisit_a_round", fields=["county", "case", "round"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.solved}"
