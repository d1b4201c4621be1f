from typing import NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models.case import Case
from fengqiao.kit.ids import new_id
from fengqiao.kit.sealing import chained
from fengqiao.people.models import Unit, User


class ActorKind(models.TextChoices):
    """Who took a step: a member of staff, the resident, or the machine by a stated rule."""

    STAFF = "staff", _("Staff")
    RESIDENT = "resident", _("Resident")
    MACHINE = "machine", _("By rule")


Row = TypeVar("Row", bound=models.Model, covariant=True)


class CaseLogQuerySet(models.QuerySet[Row]):
    """Lines are added, never changed or taken away."""

    def update(self, **kwargs: object) -> NoReturn:
        """Refuse: history is never edited."""
        raise TypeError("Log lines are added, never edited.")

    def delete(self) -> NoReturn:
        """Refuse: history is never taken away."""
        raise TypeError("Log lines are added, never deleted.")

    def public(self) -> Self:
        """Narrow to the lines that carry words for the resident and were not taken back."""
        return self.exclude(public="").standing()

    def standing(self) -> Self:
        """Narrow to the lines that were not taken back: it is always the next line that does."""
        lines = self.model._default_manager.filter(verb="undo_note", case=OuterRef("case"), line=OuterRef("line") + 1)
        return self.exclude(Exists(lines))


class CaseLog(models.Model):
    """One line of a case's record: who did what, when. Each line seals the one before it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.PROTECT, related_name="log")
    line = models.PositiveIntegerField(_("line"))
    round = models.PositiveSmallIntegerField(_("round"))
    verb = models.CharField(_("step"), max_length=20)
    actor = models.CharField(_("actor"), max_length=10, choices=ActorKind)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("for the unit"))
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("internal note"), blank=True, default="")
    public = models.TextField(_("words for the resident"), blank=True, default="")
    facts = models.JSONField(_("facts"), default=dict)
    digest = models.CharField(_("digest"), max_length=64)

    objects = CaseLogQuerySet["CaseLog"].as_manager()

    class Meta:
        verbose_name = _("log line")
        constraints = [
            models.UniqueConstraint(name="cases_log_line_once", fields=["county", "case", "line"]),
            models.CheckConstraint(
                name="cases_log_staff_has_a_name", condition=~models.Q(actor="staff") | models.Q(by__isnull=False)
            ),
        ]
        indexes = [models.Index(name="cases_log_by_day", fields=["at", "case"])]

    def __str__(self) -> str:
        return f"{self.case_id} #{self.line} {self.verb}"

    def sealed(self, previous: str) -> str:
        """Compute the digest this line must have after the line before it (SM3, GB/T 32905)."""
        return chained(
            previous,
            {
                "case": str(self.case_id),
                "line": self.line,
                "round": self.round,
                "verb": self.verb,
                "actor": self.actor,
                "by": str(self.by_id or ""),
                "unit": str(self.unit_id or ""),
                "at": self.at.timestamp(),
                "note": self.note,
                "public": self.public,
                "facts": self.facts,
            },
        )


class Unfollowed(models.Model):
    """A log line whose follow-ups are still owed; the worker takes it away when they are done."""

    line = models.OneToOneField(CaseLog, models.CASCADE, primary_key=True, related_name="+")
    county = models.CharField(max_length=6)
    retry_at = models.DateTimeField(db_index=True)
    failures = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.line_id)
