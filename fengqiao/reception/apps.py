from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    """Days on which an official receives residents, and what came of each talk."""

    name = "fengqiao.reception"
    verbose_name = _("Reception")
    default_auto_field = "django.db.models.BigAutoField"
