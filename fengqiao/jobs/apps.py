from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """The worker and the commands: everything that happens without somebody pressing a button."""

    name = "fengqiao.jobs"
    verbose_name = _("Jobs")
    default_auto_field = "django.db.models.BigAutoField"
