from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.places.models.region import Region


class County(models.Model):
    """A county, or a prefecture's own level, that works on this platform."""

    code = models.CharField(_("county"), primary_key=True, max_length=6)
    tag = models.CharField(_("tag"), max_length=2)  # begins the codes that residents hold
    name = models.CharField(_("name"), max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("region"))
    playbook = models.CharField(_("playbook"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("county")
        constraints = [
            models.UniqueConstraint(name="places_county_tag_once", fields=["tag"]),
            models.CheckConstraint(name="places_county_code_has_six_digits", condition=Q(code__regex=r"^[0-9]{6}$")),
            models.CheckConstraint(name="places_county_tag_has_two_letters", condition=Q(tag__regex=r"^[A-Z]{2}$")),
        ]

    def __str__(self) -> str:
        return self.name


class PrintedFigure(models.Model):
    """A number that a source prints about a county, kept with its date to stand beside the one we count."""

    class What(models.TextChoices):
        """What is counted, by them and by us."""

        CENTRES = "centres", _("Centres")
        TOWNSHIPS = "townships", _("Townships")
        VILLAGES = "villages", _("Villages")
        COMMUNITIES = "communities", _("Communities")
        DISPUTES = "disputes", _("Disputes found")
        DISPUTES_SETTLED = "disputes_settled", _("Disputes settled")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    what = models.CharField(_("what"), max_length=20, choices=What)
    value = models.PositiveIntegerField(_("value"))
    printed_on = models.DateField(_("printed on"))
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("printed figure")
        constraints = [
            models.UniqueConstraint(
                name="places_figure_once_in_a_source", fields=["county", "what", "printed_on", "source"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.value}"
