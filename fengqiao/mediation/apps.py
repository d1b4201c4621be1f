from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class MediationConfig(AppConfig):
    """Committees and mediators, the dossier of each dispute, its tiers, meetings, agreement and papers."""

    name = "fengqiao.mediation"
    verbose_name = pgettext_lazy("package", "Mediation")
    default_auto_field = "django.db.models.BigAutoField"
