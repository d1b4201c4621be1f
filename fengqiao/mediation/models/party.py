from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.mediation.models.dossier import Dossier
from fengqiao.mediation.models.registers import Mediator
from fengqiao.mediation.vocabulary import Consent, PartyKind, Way
from fengqiao.people.models import User


class Party(models.Model):
    """A person or body on one side of a dispute."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="parties")
    side = models.PositiveSmallIntegerField(_("side"))  # 1 asked, 2 answers; more where interests differ
    kind = models.CharField(_("kind"), max_length=6, choices=PartyKind)
    name = models.CharField(_("name"), max_length=60)
    gender = models.CharField(_("gender"), max_length=4, blank=True, default="")  # for the papers alone
    born_on = models.DateField(_("born on"), null=True, blank=True)  # whether a guardian must act
    occupation = models.CharField(_("occupation or duty"), max_length=40, blank=True, default="")
    phone = models.CharField(_("phone"), max_length=30, blank=True, default="")
    address = models.CharField(_("address"), max_length=120, blank=True, default="")
    report = models.UUIDField(null=True)  # the report whose code and secret are this party's own channel
    is_minor = models.BooleanField(_("under age"), default=False)

    consent = models.CharField(_("consent"), max_length=10, choices=Consent, default=Consent.NOT_ASKED)
    acknowledged_at = models.DateTimeField(_("rights acknowledged"), null=True)
    joined_at = models.DateTimeField(_("entered"))
    left_at = models.DateTimeField(_("left"), null=True)
    left_why = models.CharField(_("why"), max_length=200, blank=True, default="")
    steps_in_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("in place of"))

    class Meta:
        verbose_name = _("party")
        constraints = [
            models.CheckConstraint(name="mediation_party_has_a_side", condition=Q(side__gte=1)),
            models.CheckConstraint(
                name="mediation_party_left_with_reason", condition=Q(left_at=None) | ~Q(left_why="")
            ),
            models.CheckConstraint(name="mediation_a_body_is_of_age", condition=Q(kind="person") | Q(is_minor=False)),
        ]
        indexes = [models.Index(name="mediation_party_by_report", fields=["report"], condition=Q(report__isnull=False))]

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """The identity number of a party, asked only where a paper needs it; encrypted with a key the database has not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    party = models.OneToOneField(Party, models.CASCADE, related_name="identity")
    sealed = models.BinaryField()  # nonce, cipher text and tag of SM4-GCM
    key_id = models.CharField(max_length=16)
    tail = models.CharField(_("last four signs"), max_length=4)  # what is shown: ****1234
    needed_for = models.CharField(_("needed for"), max_length=60)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("identity number")
        indexes = [models.Index(name="mediation_identity_by_key", fields=["key_id"])]

    def __str__(self) -> str:
        return f"****{self.tail}"


class Agent(models.Model):
    """Who acts for a party: an agent with a power of attorney, or the guardian of a minor."""

    class Kind(models.TextChoices):
        AGENT = "agent", _("Agent")
        GUARDIAN = "guardian", _("Guardian")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    party = models.ForeignKey(Party, models.CASCADE, related_name="agents")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("name"), max_length=60)
    relation = models.CharField(_("relation"), max_length=40, blank=True, default="")
    phone = models.CharField(_("phone"), max_length=30, blank=True, default="")
    powers = models.CharField(_("powers"), max_length=200, blank=True, default="")  # special powers are named
    has_paper = models.BooleanField(_("power of attorney on file"), default=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("agent or guardian")

    def __str__(self) -> str:
        return self.name


class ConsentLine(models.Model):
    """What a party said of being mediated, how and when; lines are added, never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    party = models.ForeignKey(Party, models.CASCADE, related_name="consents")
    said = models.CharField(_("said"), max_length=10, choices=Consent)
    way = models.CharField(_("how"), max_length=10, choices=Way)
    words = models.CharField(_("words"), max_length=500, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("word on consent")

    def __str__(self) -> str:
        return f"{self.party_id} {self.said}"


class Interest(models.Model):
    """An interest a mediator declared or a party named, and what was decided (回避)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="interests")
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="+", verbose_name=_("mediator"))
    words = models.CharField(_("what it is"), max_length=500)
    raised_by = models.CharField(_("named by"), max_length=60)
    is_replaced = models.BooleanField(_("mediator replaced"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("interest")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.mediator_id}"


class MediatorWish(models.Model):
    """Whom a party would like to mediate (art. 19); once all parties name the same one, they have chosen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    party = models.OneToOneField(Party, models.CASCADE, related_name="wish", verbose_name=_("party"))
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="+", verbose_name=_("mediator"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("wish for a mediator")

    def __str__(self) -> str:
        return f"{self.party_id} {self.mediator_id}"
