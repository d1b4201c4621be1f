from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.mediation.models.dossier import Dossier
from fengqiao.mediation.models.party import Party
from fengqiao.mediation.models.registers import Mediator
from fengqiao.mediation.scope import SpotRecordQuerySet
from fengqiao.mediation.vocabulary import DisputeType, ReferralKind
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region


class Referral(models.Model):
    """A party sent on for help with their own consent: legal aid, relief, counselling; with an answer and an end."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Taken on")
        DECLINED = "declined", _("Not taken on")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="referrals")
    party = models.ForeignKey(Party, models.PROTECT, related_name="referrals", verbose_name=_("party"))
    kind = models.CharField(_("kind of help"), max_length=12, choices=ReferralKind)
    to = models.CharField(_("to"), max_length=60)
    words = models.CharField(_("why"), max_length=500)
    consented_at = models.DateTimeField(_("consent of the party"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True, default="")
    answer_words = models.CharField(_("words of the answer"), max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(_("answered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    result = models.CharField(_("result"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("referral")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.to}"


class DangerReport(models.Model):
    """The report the law asks for when a dispute may turn into an offence (art. 25): to whom, when, why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="danger_reports")
    to = models.CharField(_("to"), max_length=60)
    words = models.CharField(_("why"), max_length=1000)
    measures = models.CharField(_("what was done to calm it"), max_length=500, blank=True, default="")
    reported_at = models.DateTimeField(_("reported"))  # often before it is entered
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("report of a danger")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.to}"


class SpotRecord(models.Model):
    """A dispute settled on the spot in a minute (随手调): who, what, settled how. Nobody signs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="spot_records", verbose_name=_("mediator"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("where"))
    path = models.CharField(_("path"), max_length=150, db_collation="C")
    type = models.CharField(_("type of dispute"), max_length=14, choices=DisputeType)
    who = models.CharField(_("between whom"), max_length=120)
    what = models.CharField(_("what it was about"), max_length=500)
    settled = models.CharField(_("settled how"), max_length=500)
    amount = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    settled_at = models.DateTimeField(_("settled at"))
    at = models.DateTimeField(_("entered"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    sameness = models.CharField(max_length=64)  # digest of the words without signs and numbers: repeated texts meet
    confirm_digest = models.CharField(max_length=64, blank=True, default="")  # of the code a party may confirm with
    confirmed_at = models.DateTimeField(_("confirmed by a party"), null=True)
    disputed_at = models.DateTimeField(_("disputed by a party"), null=True)

    objects = SpotRecordQuerySet["SpotRecord"].as_manager()

    class Meta:
        verbose_name = _("on-the-spot record")
        constraints = [
            models.CheckConstraint(name="mediation_spot_in_order", condition=Q(at__gte=models.F("settled_at")))
        ]
        indexes = [
            models.Index(name="mediation_spot_sameness", fields=["county", "sameness"]),
            models.Index(name="mediation_spot_of_a_unit", fields=["unit", "-settled_at"]),
            models.Index(name="mediation_spot_by_mediator", fields=["mediator", "settled_at"]),
            models.Index(name="mediation_spot_by_code", fields=["confirm_digest"], condition=~Q(confirm_digest="")),
            models.Index(name="mediation_spot_of_a_county", fields=["county", "-settled_at"]),
            models.Index(name="mediation_spot_newest", fields=["settled_at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.settled_at:%Y-%m-%d} {self.who}"
