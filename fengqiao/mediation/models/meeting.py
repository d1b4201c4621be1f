from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.mediation.models.dossier import Dossier, TierRound
from fengqiao.mediation.models.party import Party
from fengqiao.mediation.models.registers import Expert, Mediator
from fengqiao.mediation.vocabulary import MeetingKind


class Meeting(models.Model):
    """A meeting of the parties: planned, then held with its minutes, or called off."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="meetings")
    round = models.ForeignKey(TierRound, models.PROTECT, related_name="meetings", verbose_name=_("tier round"))
    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind)
    place = models.CharField(_("place"), max_length=120, blank=True, default="")
    link = models.CharField(_("link"), max_length=300, blank=True, default="")
    starts_at = models.DateTimeField(_("begins"))
    # Nobody of the register where a department mediates.
    mediator = models.ForeignKey(
        Mediator, models.PROTECT, null=True, related_name="meetings", verbose_name=_("mediator")
    )
    recorder = models.CharField(_("recorder"), max_length=40, blank=True, default="")
    called_off_at = models.DateTimeField(_("called off"), null=True)
    called_off_why = models.CharField(_("why"), max_length=200, blank=True, default="")

    # The minutes.
    held_at = models.DateTimeField(_("held"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    subject = models.CharField(_("subject"), max_length=120, blank=True, default="")
    statements = models.TextField(_("statements of the parties"), max_length=10000, blank=True, default="")
    verified = models.TextField(_("facts verified"), max_length=5000, blank=True, default="")
    undisputed = models.TextField(_("facts not in dispute"), max_length=5000, blank=True, default="")
    is_undisputed_agreed = models.BooleanField(_("the parties agree to record them"), default=False)
    concessions = models.TextField(_("concessions, no evidence later"), max_length=5000, blank=True, default="")
    result = models.TextField(_("result"), max_length=3000, blank=True, default="")

    class Meta:
        verbose_name = _("meeting")
        constraints = [
            models.CheckConstraint(
                name="mediation_meeting_held_or_called_off",
                condition=Q(held_at__isnull=True) | Q(called_off_at__isnull=True),
            )
        ]
        indexes = [models.Index(name="mediation_meetings_ahead", fields=["mediator", "starts_at"])]

    def __str__(self) -> str:
        return f"{localtime(self.starts_at):%Y-%m-%d %H:%M} {self.place}"


class Attendance(models.Model):
    """Whether a party was at a meeting, and who spoke for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+", verbose_name=_("party"))
    was_there = models.BooleanField(_("was there"))
    through = models.CharField(_("through"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("attendance")
        constraints = [models.UniqueConstraint(name="mediation_attendance_once", fields=["county", "meeting", "party"])]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.party_id}"


class Invitation(models.Model):
    """Somebody invited to help with the parties' consent (art. 20): a relative, a neighbour, an expert, an office."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="invitations")
    expert = models.ForeignKey(
        Expert, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("expert")
    )
    name = models.CharField(_("name"), max_length=60)
    role = models.CharField(_("as"), max_length=40)
    at = models.DateTimeField(_("at"))
    agreed_at = models.DateTimeField(_("agreed by the parties"), null=True)
    declined_at = models.DateTimeField(_("declined"), null=True)
    declined_by = models.CharField(_("declined by"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return self.name


class InvitationAnswer(models.Model):
    """What one party says to an invitation; its last word counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="answers")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+", verbose_name=_("party"))
    agrees = models.BooleanField(_("agrees"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to an invitation")
        constraints = [
            models.UniqueConstraint(name="mediation_invitation_answered_once", fields=["county", "invitation", "party"])
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.party_id}"


class Guest(models.Model):
    """Somebody invited who was at a meeting."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="+", verbose_name=_("invitation"))

    class Meta:
        verbose_name = _("invited participant")
        constraints = [models.UniqueConstraint(name="mediation_guest_once", fields=["county", "meeting", "invitation"])]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.invitation_id}"
