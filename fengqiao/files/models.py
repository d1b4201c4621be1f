from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.files.scope import AttachmentQuerySet, CoveredCopyQuerySet
from fengqiao.files.vocabulary import PICTURES, Media, Parent
from fengqiao.kit.ids import new_id
from fengqiao.people.models import User


class Basket(models.Model):
    """What holds the files of a form that was not sent yet; after a day it goes, with all that is in it."""

    id = models.UUIDField(primary_key=True, editable=False)  # drawn with the form
    county = models.CharField(max_length=6)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))  # null: a resident
    opened_at = models.DateTimeField(_("opened"))

    class Meta:
        verbose_name = _("waiting files")

    def __str__(self) -> str:
        return str(self.pk)


class Arrival(models.Model):
    """A file that arrives in pieces, and how much of it is here; whatever breaks off, it goes on from there."""

    id = models.UUIDField(primary_key=True, editable=False)
    basket = models.ForeignKey(Basket, models.CASCADE, related_name="arrivals")
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveIntegerField(_("size"))
    received = models.PositiveIntegerField(_("received"), default=0)
    begun_at = models.DateTimeField(_("begun"))

    class Meta:
        verbose_name = _("arriving file")
        constraints = [
            models.CheckConstraint(name="files_received_within_size", condition=Q(received__lte=models.F("size")))
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Attachment(models.Model):
    """A photo or paper that someone added, kept under its own id; first it waits with its form, then it belongs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    basket = models.ForeignKey(Basket, models.CASCADE, null=True, related_name="files")
    kind = models.CharField(_("attached to"), max_length=10, choices=Parent, blank=True, default="")
    thing = models.UUIDField(null=True)  # the report or the log line; both stand above
    name = models.CharField(_("name"), max_length=90)
    media = models.CharField(_("what it is"), max_length=80, choices=Media)
    size = models.PositiveIntegerField(_("size"))
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    digest = models.CharField(_("digest"), max_length=64)
    is_for_resident = models.BooleanField(_("the resident sees it"), default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))  # null: a resident
    at = models.DateTimeField(_("at"))

    objects = AttachmentQuerySet["Attachment"].as_manager()

    class Meta:
        verbose_name = _("attachment")
        constraints = [
            models.CheckConstraint(
                name="files_waits_or_belongs",
                condition=Q(basket__isnull=False, kind="", thing__isnull=True)
                | (Q(basket__isnull=True, thing__isnull=False) & ~Q(kind="")),
            )
        ]
        indexes = [models.Index(name="files_by_thing", fields=["kind", "thing"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Test if it can be shown as a picture."""
        return self.media in PICTURES


class CoveredCopy(models.Model):
    """A copy of a photo with parts covered for good; shown to others only once approved, and never erased then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    of = models.ForeignKey(Attachment, models.CASCADE, related_name="copies")
    size = models.PositiveIntegerField(_("size"))
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    digest = models.CharField(_("digest"), max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by"))
    approved_at = models.DateTimeField(_("approved"), null=True)
    hidden_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("hidden by"))
    hidden_at = models.DateTimeField(_("hidden"), null=True)

    objects = CoveredCopyQuerySet["CoveredCopy"].as_manager()

    class Meta:
        verbose_name = _("covered copy")
        constraints = [
            models.UniqueConstraint(
                name="files_one_copy_shown",
                fields=["of"],
                condition=Q(approved_at__isnull=False, hidden_at__isnull=True),
            ),
            models.CheckConstraint(
                name="files_copy_approved_by_somebody",
                condition=Q(approved_at__isnull=True) | Q(approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="files_copy_hidden_after_it_was_shown",
                condition=Q(hidden_at__isnull=True) | Q(approved_at__isnull=False, hidden_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_shown(self) -> bool:
        """Test if others see it now."""
        return self.approved_at is not None and self.hidden_at is None
