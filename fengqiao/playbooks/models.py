from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.people.models import User


class SetupToken(models.Model):
    """The right to make the three administrators, once; the token itself is in the printed link only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        verbose_name = _("set-up link")
        constraints = [models.UniqueConstraint(name="playbooks_setup_token_once", fields=["digest"])]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"


class ReplyTemplate(models.Model):
    """Words to begin a reply with; what stands in 【填：…】 must be filled in before they go out."""

    class Use(models.TextChoices):
        """Where the words are offered."""

        REPLY = "reply", _("Reply to the resident")
        ROUTE = "route", _("The right road")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    use = models.CharField(_("offered for"), max_length=10, choices=Use)
    name = models.CharField(_("name"), max_length=40)
    text = models.TextField(_("text"))
    is_open = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("reply template")
        constraints = [models.UniqueConstraint(name="playbooks_template_once", fields=["county", "use", "name"])]

    def __str__(self) -> str:
        return self.name


class PlaceFile(models.Model):
    """A file of grids or boundaries that was looked through; once applied it stays as the record of what was."""

    class Kind(models.TextChoices):
        """What the file lists."""

        GRIDS = "grids", _("Grids")
        BOUNDARIES = "boundaries", _("Boundaries")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(max_length=6)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("file name"), max_length=120)
    content = models.TextField(_("content"))  # as it came, in UTF-8
    is_whole = models.BooleanField(_("complete"), default=False)  # what a village's list leaves out is closed
    system = models.CharField(_("coordinates"), max_length=10, blank=True, default="")
    source = models.CharField(_("source"), max_length=200, blank=True, default="")
    on = models.DateField(_("day"))  # from which it holds
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    applied_at = models.DateTimeField(_("applied"), null=True)

    class Meta:
        verbose_name = _("file of places")
        indexes = [models.Index(name="playbooks_files_by_time", fields=["county", "at"])]

    def __str__(self) -> str:
        return self.name
