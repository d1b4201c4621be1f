from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.mediation.models.dossier import Dossier
from fengqiao.mediation.models.party import Party
from fengqiao.mediation.vocabulary import Form
from fengqiao.people.models import User


class Agreement(models.Model):
    """What the parties agree on: one version of it; another wording is another version that nobody has signed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        VOID = "void", _("Replaced or dropped")
        EFFECTIVE = "effective", _("In effect")
        OVERTURNED = "overturned", _("Changed or set aside")

    class Court(models.TextChoices):
        ASKED = "asked", _("Confirmation asked for")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField(_("version"))
    form = models.CharField(_("form"), max_length=8, choices=Form)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    facts = models.TextField(_("facts, issues, responsibility"), max_length=5000)
    content = models.TextField(_("what was agreed"), max_length=5000)
    is_partial = models.BooleanField(_("settles a part only"), default=False)
    rest = models.TextField(_("what stays open, and the other roads for it"), max_length=2000, blank=True, default="")
    usual_roads = models.BooleanField(_("the usual roads of its type"), default=False)  # for what stays open
    drafted_at = models.DateTimeField(_("drafted"))
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("drafted by"))

    # Art. 29: in effect from the last signature, with the mediator's signature and the seal. Art. 30: from the word.
    mediator_signed_at = models.DateTimeField(_("signed by the mediator"), null=True)
    sealed_at = models.DateTimeField(_("sealed"), null=True)
    effective_at = models.DateTimeField(_("in effect from"), null=True)

    # Joint confirmation within thirty days (art. 33, 民事诉讼法 art. 205).
    confirm_until = models.DateField(_("joint confirmation until"), null=True)
    confirm_reminded_at = models.DateTimeField(_("reminded of the confirmation"), null=True)
    court = models.CharField(_("confirmation by the court"), max_length=10, choices=Court, blank=True, default="")
    court_asked_on = models.DateField(_("asked on"), null=True)
    court_answered_on = models.DateField(_("answered on"), null=True)
    court_words = models.CharField(_("words of the court"), max_length=500, blank=True, default="")
    overturned_at = models.DateTimeField(_("overturned"), null=True)
    overturned_why = models.CharField(_("how it was overturned"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("agreement")
        constraints = [
            models.UniqueConstraint(name="mediation_agreement_version_once", fields=["county", "dossier", "version"]),
            models.UniqueConstraint(
                name="mediation_one_live_agreement",
                fields=["county", "dossier"],
                condition=Q(state__in=["draft", "effective"]),
            ),
            models.CheckConstraint(
                name="mediation_effective_has_a_date", condition=~Q(state="effective") | Q(effective_at__isnull=False)
            ),
            models.CheckConstraint(name="mediation_partial_says_the_rest", condition=Q(is_partial=False) | ~Q(rest="")),
        ]
        indexes = [
            models.Index(
                name="mediation_confirm_until", fields=["county", "confirm_until"], condition=Q(state="effective")
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.version}"


class Item(models.Model):
    """One duty of an agreement: who owes whom what, how much, how, by when; and whether it was done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(_("order"))
    owes = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("who"))
    to = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", verbose_name=_("to whom"))
    what = models.CharField(_("what"), max_length=300)
    amount = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    how = models.CharField(_("how"), max_length=120, blank=True, default="")
    due_on = models.DateField(_("by when"), null=True, blank=True)  # none: done at once
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    done_at = models.DateTimeField(_("done"), null=True)
    recovered = models.DecimalField(_("money paid in yuan"), max_digits=14, decimal_places=2, null=True, blank=True)
    broken_at = models.DateTimeField(_("broken"), null=True)
    words = models.CharField(_("words"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("item of an agreement")
        constraints = [
            models.UniqueConstraint(name="mediation_item_once", fields=["county", "agreement", "order"]),
            models.CheckConstraint(
                name="mediation_item_done_or_broken", condition=Q(done_at__isnull=True) | Q(broken_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                name="mediation_items_due",
                fields=["county", "due_on"],
                condition=Q(done_at__isnull=True, broken_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.what


class Signature(models.Model):
    """A party's signature, seal or fingerprint on paper, checked off by whoever saw it; void with its version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures", verbose_name=_("party"))
    through = models.CharField(_("through"), max_length=60, blank=True, default="")  # the agent or guardian
    signed_at = models.DateTimeField(_("signed"))
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("checked off by"))
    void_at = models.DateTimeField(_("void"), null=True)

    class Meta:
        verbose_name = _("signature")
        constraints = [
            models.UniqueConstraint(name="mediation_signature_once", fields=["county", "agreement", "party"])
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.party_id}"


class ConfirmCheck(models.Model):
    """One answer of the check before signing: would a court confirm this agreement (民诉法解释 art. 355, 358)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="checks")
    question = models.CharField(_("question"), max_length=20)
    is_clear = models.BooleanField(_("nothing stands against it"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("check before signing")
        constraints = [models.UniqueConstraint(name="mediation_check_once", fields=["county", "agreement", "question"])]

    def __str__(self) -> str:
        return self.question


class FollowUp(models.Model):
    """A visit or call after the agreement: is it kept, are they content, is there anything new (回访)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="follow_ups")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", verbose_name=_("party"))
    reason = models.CharField(_("reason"), max_length=120)
    words = models.TextField(_("what was found"), max_length=3000)
    is_kept = models.BooleanField(_("agreement kept"), null=True)
    is_content = models.BooleanField(_("content"), null=True)
    new_signs = models.CharField(_("new signs"), max_length=500, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("follow-up")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.at:%Y-%m-%d}"
