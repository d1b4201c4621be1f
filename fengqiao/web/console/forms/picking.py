"""Boxes in which one types to find; without JavaScript plain selects."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fengqiao.web.shared.selects import Select

AROUND = '<pick-list placeholder="{}" none="{}">{}</pick-list>'


class PickOne(Select):
    """A select in which one types to find."""

    def draw(self, name: str, value: Any, attrs: Any, renderer: Any) -> SafeString:
        """Draw the select with what finds in it around."""
        return format_html(AROUND, _("Type to find"), _("Nothing fits"), super().draw(name, value, attrs, renderer))


class PickMany(PickOne, forms.SelectMultiple):
    """A select of several in which one types to find."""
