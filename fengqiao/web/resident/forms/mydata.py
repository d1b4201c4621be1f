"""Asking for one's own data, and setting right how one is reached."""

from fengqiao.web.resident.forms.reporting import Who
from fengqiao.web.resident.forms.tracking import Find, Secret


class Ask(Find, Secret):
    """Code and secret together."""

    field_order = ("code", "secret")


class Contact(Who):
    """How the resident is called and reached."""

    # Told once: it can be deleted, not rewritten.
    proxy = None  # type: ignore[assignment]
    proxy_relation = None  # type: ignore[assignment]
    proxy_agreed = None  # type: ignore[assignment]
