from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id


class Category(models.Model):
    """One subject of the three-level list that cases are sorted by; a county may add its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    code = models.CharField(_("code"), max_length=12)  # ours, two digits a level: "03", "0304", "030407"
    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.PositiveSmallIntegerField(_("level"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("category")
        constraints = [
            models.UniqueConstraint(name="cases_category_code_once_in_a_county", fields=["county", "code"]),
            models.CheckConstraint(name="cases_category_level_1_to_3", condition=models.Q(level__range=(1, 3))),
        ]

    def __str__(self) -> str:
        return self.name
