from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id


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

    # Django's own, of which a page about something else shows nothing (kit/prepared.py); a password it needs as little.
    DJANGO_KEEPS = ("last_login", "is_superuser", "first_name", "last_name", "email", "is_staff", "date_joined")
    NOT_READ_ALONG = (*DJANGO_KEEPS, "password", "must_change_password")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    name = models.CharField(_("name"), max_length=40)
    must_change_password = models.BooleanField(default=False)  # the present one was told by somebody else

    # The posts held on a day, once somebody who answers a single request has said that they may be kept for it.
    posts_kept: dict[date, list[Any]] | None = None
    posts_at_hand: dict[date, list[Any]] | None = None  # read together with the session

    class Meta:
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.name or self.username
