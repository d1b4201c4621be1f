from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """What people attach: photos and papers, kept under their own ids."""

    name = "fengqiao.files"
    verbose_name = _("Files")
    default_auto_field = "django.db.models.BigAutoField"
