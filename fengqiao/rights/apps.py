from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """Consent, access log and what a person may ask of us."""

    name = "fengqiao.rights"
    verbose_name = _("Rights")
    default_auto_field = "django.db.models.BigAutoField"
