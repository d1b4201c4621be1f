from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """What one person keeps for their own work: what they did to many things at once."""

    name = "fengqiao.desk"
    verbose_name = _("Own desk")
    default_auto_field = "django.db.models.BigAutoField"
