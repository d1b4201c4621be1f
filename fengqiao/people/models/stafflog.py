from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models.unit import Unit
from fengqiao.people.models.user import User


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
        CHANGED_PRESENCE = "changed_presence", _("Changed who is present")
        CHANGED_ROTA = "changed_rota", _("Changed the duty rota")
        CHANGED_CHANNEL = "changed_channel", _("Changed a channel for notices")
        CHANGED_PLACE = "changed_place", _("Changed a place")
        DREW_GRIDS = "drew_grids", _("Took over a list of grids")
        DREW_BOUNDARIES = "drew_boundaries", _("Took over boundaries")
        CHANGED_RULE = "changed_rule", _("Changed a clock")
        CHANGED_CALENDAR = "changed_calendar", _("Changed working days or hours")
        CHANGED_SUBJECT = "changed_subject", _("Changed the categories")
        CHANGED_TEMPLATE = "changed_template", _("Changed a reply template")
        CHANGED_COMMITTEE = "changed_committee", _("Changed the register of committees")
        CHANGED_MEDIATOR = "changed_mediator", _("Changed the register of mediators")
        SIGNED_IN = "signed_in", _("Signed in")
        FAILED_TO_SIGN_IN = "failed_to_sign_in", _("Failed to sign in")
        READ_LOG = "read_log", _("Read a log")
        EXPORTED_LOG = "exported_log", _("Took a log away as a table")
        ADDED_FACTOR = "added_factor", _("Added a second step of their own")
        REMOVED_FACTOR = "removed_factor", _("Removed a second step of their own")
        ENDED_SESSIONS = "ended_sessions", _("Ended sign-ins")

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
