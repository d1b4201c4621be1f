from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlaybooksConfig(AppConfig):
    """The governance models as data files, and what sets a county up from one."""

    name = "fengqiao.playbooks"
    verbose_name = _("Playbooks")
    default_auto_field = "django.db.models.BigAutoField"
