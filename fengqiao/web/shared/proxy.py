"""Telling a matter for someone else: who, what they are to them, and that they agreed. One rule for both surfaces."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


def must_speak_for(form: forms.Form) -> dict[str, Any]:
    """Ask of a form in which a proxy is named what they are to the resident, and for the tick of consent."""
    said = form.cleaned_data
    if said.get("proxy") and "proxy_relation" in form.fields:
        if not said.get("proxy_relation"):
            form.add_error("proxy_relation", _("Say what they are to each other."))
        if not said.get("proxy_agreed"):
            form.add_error("proxy_agreed", _("Nobody is spoken for without their consent or a guardian's."))
    return said
