from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """The case, its log, its clocks and every step between its states."""

    name = "fengqiao.cases"
    verbose_name = _("Cases")
    default_auto_field = "django.db.models.BigAutoField"
