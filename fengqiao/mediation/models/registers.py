from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.mediation.scope import MembershipQuerySet
from fengqiao.mediation.vocabulary import CommitteeKind, ComplaintGround, DisputeType, Engagement
from fengqiao.people.models import Unit, User


class Committee(models.Model):
    """A people's mediation committee: what the register says of a unit that mediates."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="committee", verbose_name=_("unit"))
    kind = models.CharField(_("kind of committee"), max_length=14, choices=CommitteeKind)
    tag = models.CharField(_("sign in the numbers of its papers"), max_length=10)  # 镇人调: “(2026)镇人调字第1号”
    trade = models.CharField(_("trade"), max_length=40, blank=True, default="")  # of a committee of a trade
    set_up_on = models.DateField(_("set up on"), null=True, blank=True)
    term_ends_on = models.DateField(_("term ends on"), null=True, blank=True)  # three years (art. 9)

    class Meta:
        verbose_name = _("mediation committee")
        constraints = [models.UniqueConstraint(name="mediation_committee_tag_once", fields=["county", "tag"])]
        indexes = [models.Index(name="mediation_committee_terms", fields=["county", "term_ends_on"])]

    def __str__(self) -> str:
        return str(self.unit)


class Mediator(models.Model):
    """Somebody who mediates: with an account, or known by name alone."""

    class Status(models.TextChoices):
        SERVING = "serving", _("Serving")
        SUSPENDED = "suspended", _("Suspended")
        LEFT = "left", _("Left")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    name = models.CharField(_("name"), max_length=40)
    phone = models.CharField(_("phone"), max_length=30, blank=True, default="")
    is_woman = models.BooleanField(_("woman"), default=False)  # a committee has a woman among its members (art. 8)
    engagement = models.CharField(_("engagement"), max_length=10, choices=Engagement, default=Engagement.PART_TIME)
    types = ArrayField(models.CharField(max_length=14, choices=DisputeType), verbose_name=_("versed in"), default=list)
    languages = models.CharField(_("languages"), max_length=60, blank=True, default="")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SERVING)
    since = models.DateField(_("mediator since"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="mediator", verbose_name=_("account")
    )

    class Meta:
        verbose_name = _("mediator")
        indexes = [models.Index(name="mediation_mediators", fields=["county", "status", "name"])]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A mediator's seat in a committee, from one day to another."""

    class Seat(models.TextChoices):
        DIRECTOR = "director", _("Director")
        DEPUTY = "deputy", _("Deputy director")
        MEMBER = "member", _("Member")
        MEDIATOR = "mediator", _("Appointed mediator")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="memberships", verbose_name=_("committee"))
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="memberships", verbose_name=_("mediator"))
    seat = models.CharField(_("seat"), max_length=10, choices=Seat)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)  # the first day it is no longer held

    objects = MembershipQuerySet["Membership"].as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(
                name="mediation_membership_one_open",
                fields=["county", "committee", "mediator"],
                condition=Q(ends_on__isnull=True),
            ),
            models.UniqueConstraint(
                name="mediation_one_director",
                fields=["county", "committee"],
                condition=Q(ends_on__isnull=True, seat="director"),
            ),
            models.CheckConstraint(
                name="mediation_membership_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.mediator_id}"

    def lasts_beyond(self, on: date) -> bool:
        """Test if the seat is held on some day from this one on."""
        return self.ends_on is None or self.ends_on > max(on, self.starts_on)


class MediatorComplaint(models.Model):
    """A complaint about how a mediator acted, and what was found."""

    class Finding(models.TextChoices):
        UNFOUNDED = "unfounded", _("Not founded")
        ADMONISHED = "admonished", _("Founded, admonished")
        REMOVED = "removed", _("Founded, removed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="complaints", verbose_name=_("mediator"))
    ground = models.CharField(_("ground"), max_length=10, choices=ComplaintGround)
    words = models.TextField(_("complaint"), max_length=2000)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    finding = models.CharField(_("finding"), max_length=10, choices=Finding, blank=True, default="")
    found_words = models.TextField(_("what was found"), max_length=2000, blank=True, default="")
    found_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("found by"))
    found_at = models.DateTimeField(_("found at"), null=True)

    class Meta:
        verbose_name = _("complaint about a mediator")
        constraints = [
            models.CheckConstraint(
                name="mediation_complaint_answered_whole",
                condition=Q(finding="", found_at__isnull=True) | ~Q(finding="") & Q(found_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mediator_id} {self.ground}"


class Studio(models.Model):
    """A mediation studio that carries a mediator's name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    name = models.CharField(_("name of the studio"), max_length=60)
    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="studios", verbose_name=_("mediator"))
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="studios", verbose_name=_("committee"))
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)  # the first day it is no more
    closed_because = models.CharField(_("why it closed"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("named studio")
        constraints = [models.UniqueConstraint(name="mediation_studio_name_once", fields=["county", "name"])]

    def __str__(self) -> str:
        return self.name

    def is_closed(self, on: date) -> bool:
        """Test if the studio is no more that day."""
        return self.closed_on is not None and self.closed_on <= on


class Expert(models.Model):
    """An expert or co-mediator who may be invited when the parties agree."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    name = models.CharField(_("name"), max_length=40)
    body = models.CharField(_("body or profession"), max_length=60)
    field = models.CharField(_("field"), max_length=60)
    phone = models.CharField(_("phone"), max_length=30, blank=True, default="")
    ended_on = models.DateField(_("not invited since"), null=True, blank=True)  # the first day
    ended_because = models.CharField(_("why not invited any more"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("expert")
        constraints = [models.UniqueConstraint(name="mediation_expert_once", fields=["county", "name", "body"])]

    def __str__(self) -> str:
        return f"{self.name} · {self.body}"
