from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models import User


class AccessLog(models.Model):
    """One look at something sensitive: who, when, at what, and why. Points by id, not by foreign key."""

    class Look(models.TextChoices):
        RESTRICTED = "restricted", _("Opened a restricted case")
        CONTACT = "contact", _("Revealed a contact")
        SECRET = "secret", _("Reissued a secret")
        IDENTITY = "identity", _("Looked at an identity number")
        PAPER = "paper", _("Opened a paper of a mediation")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("user"))
    at = models.DateTimeField(_("at"))
    look = models.CharField(_("look"), max_length=12, choices=Look)
    kind = models.CharField(_("kind of thing"), max_length=20)
    thing = models.UUIDField(_("thing"))
    reason = models.CharField(_("reason"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("access log line")
        indexes = [models.Index(name="rights_access_by_thing", fields=["county", "kind", "thing", "at"])]

    def __str__(self) -> str:
        return f"{self.look} {self.kind} {self.thing}"


class DataChange(models.Model):
    """One change that a resident made to what is held about them: which parts, never what stood there before."""

    class What(models.TextChoices):
        """What the resident did."""

        CORRECTED = "corrected", _("Corrected how to reach them")
        ERASED = "erased", _("Had their contact deleted")
        WITHDRAWN = "withdrawn", _("Withdrew the report")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    report = models.UUIDField(_("report"))
    what = models.CharField(_("what"), max_length=12, choices=What)
    parts = models.CharField(_("which parts"), max_length=60, blank=True, default="")  # names of fields
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change by the resident")
        indexes = [models.Index(name="rights_changes_by_report", fields=["county", "report", "at"])]

    def __str__(self) -> str:
        return f"{self.what} {self.report}"
