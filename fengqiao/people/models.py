from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.scope import PostQuerySet, UnitQuerySet
from fengqiao.places.models import Region
from fengqiao.places.models.lasting import Lasting


class Role(models.TextChoices):
    """What a post is for; the verbs of each role stand in `cases/policy.py`."""

    CLERK = "clerk", _("Intake clerk")
    DISPATCHER = "dispatcher", _("Dispatcher")
    HANDLER = "handler", _("Handler")
    SUPERVISOR = "supervisor", _("Supervisor")
    MEDIATOR = "mediator", _("Mediator")
    GRID_WORKER = "grid_worker", _("Grid worker")
    LEADER = "leader", _("Leader")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


# Three separate people (三员分立): who runs the system, who grants posts, who reads the logs.
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


class User(AbstractUser):
    """A member of staff who signs in. Residents have no account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    name = models.CharField(_("name"), max_length=40)
    must_change_password = models.BooleanField(default=False)  # the present one was told by somebody else

    class Meta:
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.name or self.username


class Unit(Lasting):
    """A body that can be given a case: a centre, a department, a township office, a committee, a partner."""

    class Kind(models.TextChoices):
        CENTRE = "centre", _("Governance centre")
        DEPARTMENT = "department", _("Department")
        TOWNSHIP = "township", _("Township office")
        STATION = "station", _("Station")
        COMMITTEE = "committee", _("Committee")
        PARTNER = "partner", _("Partner")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=20, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("seat"))
    phone = models.CharField(_("duty phone"), max_length=30, blank=True, default="")

    objects = UnitQuerySet["Unit"].as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("unit")
        constraints: ClassVar = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(name="people_unit_code_once_in_a_county", fields=["county", "code"]),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role someone holds in a unit over a region, from one day to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    user = models.ForeignKey(User, models.CASCADE, related_name="posts", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=16, choices=Role)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("area answered for"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=_("unit"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)  # the first day it is no longer held

    objects = PostQuerySet["Post"].as_manager()

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.UniqueConstraint(
                name="people_post_once", fields=["county", "user", "role", "region", "unit", "starts_on"]
            ),
            models.CheckConstraint(
                name="people_post_ends_not_before_it_starts",
                # Ended on its first day it was never held: a post that was given by mistake.
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit}"


class StaffLog(models.Model):
    """One line about accounts, posts, units and sign-ins: who, when, what, about whom. Added to, never edited."""

    class Act(models.TextChoices):
        MADE_ACCOUNT = "made_account", _("Made an account")
        RESET_PASSWORD = "reset_password", _("Set a one-time password")
        CHOSE_PASSWORD = "chose_password", _("Chose a new password")
        DEACTIVATED = "deactivated", _("Closed an account")
        REACTIVATED = "reactivated", _("Opened an account again")
        GAVE_POST = "gave_post", _("Gave a post")
        ENDED_POST = "ended_post", _("Ended a post")
        FORGOT_FACTOR = "forgot_factor", _("Removed a second factor")
        ADDED_UNIT = "added_unit", _("Added a unit")
        CHANGED_UNIT = "changed_unit", _("Changed a unit")
        CLOSED_UNIT = "closed_unit", _("Closed a unit")
        SIGNED_IN = "signed_in", _("Signed in")
        FAILED_TO_SIGN_IN = "failed_to_sign_in", _("Failed to sign in")
        READ_LOG = "read_log", _("Read a log")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    at = models.DateTimeField(_("at"))
    act = models.CharField(_("act"), max_length=20, choices=Act)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )  # null: nobody known
    about = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("about"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    facts = models.JSONField(default=dict)  # words as they were that day

    class Meta:
        verbose_name = _("staff log line")
        indexes = [
            models.Index(name="people_staff_log_by_time", fields=["county", "at"]),
            models.Index(name="people_staff_log_by_person", fields=["by", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.act}"
