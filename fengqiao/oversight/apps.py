from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    """Whether acts are done in time, and whoever owes one told before it is late; ours and the machine's."""

    name = "fengqiao.oversight"
    verbose_name = _("Oversight")
    default_auto_field = "django.db.models.BigAutoField"
