from django.apps import AppConfig


class ResidentConfig(AppConfig):
    """The resident's door: report, follow, answer; no account, no JavaScript needed."""

    name = "fengqiao.web.resident"
