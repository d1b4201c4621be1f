from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.cases.models import Case
from fengqiao.kit.ids import new_id
from fengqiao.mediation.models.ladder import Ladder, Tier
from fengqiao.mediation.models.registers import Mediator
from fengqiao.mediation.scope import DossierQuerySet
from fengqiao.mediation.vocabulary import ChosenBy, DisputeType, Ground, Road, Source
from fengqiao.mediation.workflow import Stand
from fengqiao.people.models import Unit, User


class Dossier(models.Model):
    """All that belongs to the mediation of one dispute; its acts are lines in the log of its case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    case = models.OneToOneField(Case, models.CASCADE, related_name="dossier", verbose_name=_("case"))
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("number in the year"))  # of the committee that opened it
    opened_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    tag = models.CharField(_("sign in the number"), max_length=10)  # 镇人调
    stand = models.CharField(_("stands"), max_length=10, choices=Stand, default=Stand.ASKING)
    road = models.CharField(_("road"), max_length=14, choices=Road, default=Road.PEOPLES)
    source = models.CharField(_("came by"), max_length=14, choices=Source)

    # The dispute.
    type = models.CharField(_("type of dispute"), max_length=14, choices=DisputeType)
    facts = models.TextField(_("facts of the dispute"), max_length=4000)
    wishes = models.TextField(_("what is asked for"), max_length=2000, blank=True, default="")
    amount = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    people = models.PositiveIntegerField(_("people involved"), default=2)
    is_difficult = models.BooleanField(_("difficult and complex"), default=False)
    is_open = models.BooleanField(_("open session"), default=True)  # art. 23: the parties choose
    safety_note = models.TextField(_("safety note for this matter"), max_length=1000, blank=True, default="")

    # Who has it, and where on its ladder.
    ladder = models.ForeignKey(Ladder, models.PROTECT, related_name="+", verbose_name=_("ladder"))
    mediator = models.ForeignKey(
        Mediator, models.PROTECT, null=True, related_name="dossiers", verbose_name=_("mediator")
    )
    chosen_by = models.CharField(_("chosen by"), max_length=10, choices=ChosenBy, blank=True, default="")

    opened_at = models.DateTimeField(_("opened"))
    begun_at = models.DateTimeField(_("accepted"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ground = models.CharField(_("ground"), max_length=14, choices=Ground, blank=True, default="")
    ground_words = models.TextField(_("why"), max_length=2000, blank=True, default="")
    remedies = models.TextField(_("other remedies"), max_length=2000, blank=True, default="")  # in the mediator's words
    usual_roads = models.BooleanField(_("the usual roads of its type"), default=False)  # drawn in the reader's language

    objects = DossierQuerySet["Dossier"].as_manager()

    class Meta:
        verbose_name = _("dossier")
        constraints = [
            models.UniqueConstraint(
                name="mediation_number_once_a_year", fields=["county", "opened_by", "year", "serial"]
            ),
            models.CheckConstraint(
                name="mediation_ended_names_the_other_remedies",  # art. 26
                condition=~Q(stand="ended")
                | ~Q(ground="") & (~Q(remedies="") | Q(usual_roads=True)) & Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="mediation_of_a_mediator", fields=["mediator", "stand"]),
            models.Index(name="mediation_opened", fields=["county", "opened_at", "id"]),
            models.Index(name="mediation_newest", fields=["opened_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number on its papers: (2026)镇人调字第12号."""
        return f"({self.year}){self.tag}字第{self.serial}号"


class Serial(models.Model):
    """The last number a unit gave in a year; held while the next is taken."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("last number")
        constraints = [models.UniqueConstraint(name="mediation_serial_once", fields=["county", "unit", "year"])]

    def __str__(self) -> str:
        return f"{self.year} {self.last}"


class LinkedCase(models.Model):
    """Another case of the same dispute, such as that of the other side; it ends with the dossier."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="linked")
    case = models.OneToOneField(Case, models.PROTECT, related_name="linked_to", verbose_name=_("case"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("linked case")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.case_id}"


class TierRound(models.Model):
    """One stay of a dossier at one tier, and how it ended; it stays readable for whoever had it."""

    class Result(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        ESCALATED = "escalated", _("Taken to the tier above")
        SENT_BACK = "sent_back", _("Sent back with help")
        ENDED = "ended", _("Ended without agreement")
        JOINED = "joined", _("Mediated together with another")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="rounds")
    order = models.PositiveSmallIntegerField(_("order"))
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="+", verbose_name=_("tier"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    mediator = models.ForeignKey(Mediator, models.PROTECT, null=True, related_name="+", verbose_name=_("mediator"))
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    result = models.CharField(_("result"), max_length=10, choices=Result, blank=True, default="")
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")
    help_given = models.TextField(_("help from above"), max_length=2000, blank=True, default="")
    extended_days = models.PositiveSmallIntegerField(_("extended by"), default=0)

    class Meta:
        verbose_name = _("tier round")
        constraints = [
            models.UniqueConstraint(name="mediation_round_once", fields=["county", "dossier", "order"]),
            models.UniqueConstraint(
                name="mediation_one_running_round", fields=["county", "dossier"], condition=Q(ended_at__isnull=True)
            ),
        ]
        indexes = [models.Index(name="mediation_rounds_of_a_unit", fields=["unit", "began_at"])]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.order}"


class JoinAsk(models.Model):
    """A unit asks another, with which the other side filed, to mediate both in one dossier; and its answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="asks")  # in which both would go on
    other = models.ForeignKey(Dossier, models.CASCADE, related_name="asked", verbose_name=_("the other dossier"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    agrees = models.BooleanField(_("agrees"), null=True)
    answer = models.CharField(_("words of the answer"), max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("request to mediate together")
        constraints = [
            models.UniqueConstraint(
                name="mediation_one_open_ask", fields=["county", "other"], condition=Q(answered_at__isnull=True)
            ),
            models.CheckConstraint(name="mediation_ask_of_another", condition=~Q(dossier=F("other"))),
            models.CheckConstraint(
                name="mediation_ask_answered_whole",
                condition=Q(agrees__isnull=True, answered_at__isnull=True)
                | Q(agrees__isnull=False, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.other_id}"
