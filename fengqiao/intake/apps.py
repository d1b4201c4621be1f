from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    """Reports as they come in, by any door, and their triage."""

    name = "fengqiao.intake"
    verbose_name = _("Intake")
    default_auto_field = "django.db.models.BigAutoField"
