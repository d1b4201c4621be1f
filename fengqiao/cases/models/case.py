from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models.category import Category
from fengqiao.cases.scope import CaseQuerySet
from fengqiao.cases.searching import SAID_IN_CASE, Bigrams, Placed
from fengqiao.cases.vocabulary import Kind, Nature, Outcome, Urgency
from fengqiao.cases.workflow import Status
from fengqiao.kit.ids import new_id
from fengqiao.kit.sealing import START
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region
from fengqiao.places.scope import PathPart

OWED = Q(status__in=["opened", "dispatched", "objected", "handling", "mediating"], is_restricted=False)


class Case(models.Model):
    """A matter brought to the county, followed from opening to revisit; its life is its log."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)  # where the matter lies; never changes
    number = models.CharField(_("case number"), max_length=20)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    title = models.CharField(_("title"), max_length=120)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("category"))
    urgency = models.CharField(_("urgency"), max_length=10, choices=Urgency, default=Urgency.ORDINARY)

    # Where it lies: the region, and its ancestors by code, so that each level has its own index.
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("where"))
    path = models.CharField(_("path"), max_length=150, db_collation="C")
    township = models.CharField(_("township"), max_length=20, blank=True, default="")
    village = models.CharField(_("village"), max_length=20, blank=True, default="")
    grid = models.CharField(_("grid"), max_length=20, blank=True, default="")

    # Who has it.
    centre = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("governance centre"))
    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("lead unit")
    )
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("person in charge")
    )  # in the lead unit; its other handlers can still take every step
    assistants = models.ManyToManyField(Unit, through="Assist", related_name="+", verbose_name=_("assisting units"))
    is_restricted = models.BooleanField(_("restricted"), default=False)
    complained_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit complained of")
    )

    # The leg in another county that this one goes on from: one matter, found to lie elsewhere.
    continues = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="continued_by",
        verbose_name=_("continues"),
    )

    # Where it stands.
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPENED)
    round = models.PositiveSmallIntegerField(_("round"), default=1)  # 2 after the first reopening
    was_objected = models.BooleanField(default=False)  # in this round
    was_designated = models.BooleanField(default=False)  # in this round: it binds
    due_at = models.DateTimeField(_("due"), null=True)  # of the clock that matters now
    due_stage = models.CharField(_("what is due"), max_length=12, blank=True, default="")

    # What the unit claims.
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True, default="")
    public_reply = models.TextField(_("public reply"), blank=True, default="")
    opened_at = models.DateTimeField(_("opened"))
    concluded_at = models.DateTimeField(_("concluded"), null=True)
    archived_at = models.DateTimeField(_("archived"), null=True)

    # The head of the log's chain, kept here so that a step reads no other line.
    line_count = models.PositiveIntegerField(default=0)
    last_digest = models.CharField(max_length=64, default=START)

    # For the search; the database keeps it.
    search = models.GeneratedField(
        expression=Bigrams(*SAID_IN_CASE.columns), output_field=SearchVectorField(), db_persist=True
    )

    # While a step is taken: that this row is locked (`taking.held`), and its running clocks (`deadlines.at_hand`).
    is_held: bool = False
    clocks_at_hand: list[Any] | None = None

    objects = CaseQuerySet["Case"].as_manager()

    class Meta:
        verbose_name = _("case")
        constraints = [
            models.UniqueConstraint(name="cases_number_once_in_a_county", fields=["county", "number"]),
            models.UniqueConstraint(name="cases_continued_once", fields=["continues"]),
            models.CheckConstraint(
                name="cases_continues_another", condition=Q(continues__isnull=True) | ~Q(continues=F("id"))
            ),
            models.CheckConstraint(
                name="cases_lead_once_dispatched", condition=Q(status=Status.OPENED) | Q(lead__isnull=False)
            ),
            models.CheckConstraint(
                name="cases_open_case_has_a_due_time",
                condition=~Q(status__in=["opened", "dispatched", "objected", "handling", "mediating"])
                | Q(due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_outcome_once_concluded",
                condition=~Q(status__in=["concluded", "archived", "revisited"]) | ~Q(outcome=""),
            ),
        ]
        indexes = [
            GinIndex(Placed("path"), name="cases_by_pairs_and_place"),
            models.Index(name="cases_by_number", fields=["number"]),
            # What is open, by its due time: of a county, of a township, of a unit, of all; and of any smaller place.
            models.Index(PathPart("path", part=3), "due_at", "id", name="cases_due_county", condition=OWED),
            models.Index(PathPart("path", part=4), "due_at", "id", name="cases_due_township", condition=OWED),
            models.Index("lead", "due_at", "id", name="cases_due_lead", condition=OWED),
            models.Index("due_at", "id", name="cases_due", condition=OWED),
            # All there is, the newest first.
            models.Index(PathPart("path", part=3), "opened_at", "id", name="cases_opened_county"),
            models.Index(PathPart("path", part=4), "opened_at", "id", name="cases_opened_township"),
            models.Index("lead", "opened_at", "id", name="cases_opened_lead"),
            models.Index("opened_at", "id", name="cases_opened"),
            models.Index("path", name="cases_by_path"),
            # What a county has concluded: to call about, to archive.
            models.Index(
                PathPart("path", part=3),
                name="cases_concluded_county",
                condition=Q(status=Status.CONCLUDED.value, is_restricted=False),
            ),
            # For the machine: what waits for the end of its evaluation window, county by county.
            models.Index(
                name="cases_concluded", fields=["county", "concluded_at"], condition=Q(status=Status.CONCLUDED.value)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """Name the status; Django's own would list all of them for each row of a list."""
        return str(Status(self.status).label)


class Assist(models.Model):
    """A unit asked to help the lead in one round of a case, and how far it has come with its part."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.CASCADE, related_name="assists")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    round = models.PositiveSmallIntegerField(_("round"))
    asked_at = models.DateTimeField(_("asked"))
    accept_by = models.DateTimeField(_("to accept by"), null=True)  # after that, silence counts as acceptance
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    done_at = models.DateTimeField(_("part done"), null=True)

    class Meta:
        verbose_name = _("assisting unit")
        constraints = [
            models.UniqueConstraint(name="cases_assist_once_a_round", fields=["county", "case", "unit", "round"])
        ]
        indexes = [
            models.Index(name="cases_assists_unanswered", fields=["accept_by"], condition=Q(accepted_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"


class NamedViewer(models.Model):
    """A person named on a restricted case, and why: nobody else sees it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    case = models.ForeignKey(Case, models.CASCADE, related_name="named")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=200)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("named by"))
    named_at = models.DateTimeField(_("named"))

    class Meta:
        verbose_name = _("named person")
        constraints = [models.UniqueConstraint(name="cases_named_once", fields=["county", "case", "user"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"
