"""How a form is drawn, wherever it stands."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from fengqiao.web.shared.widgets import DRAWN

FAULTS = "django/forms/errors/list/default.html"


class Renderer(TemplatesSetting):
    """Draws every form of the platform from our own parts: label, help, answer, error."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Draw a field or a widget; the common widgets without a template, no faults by nothing."""
        if template_name == FAULTS and not context["errors"]:
            return ""
        if draw := DRAWN.get(template_name):
            return draw(context["widget"])
        drawn = super().render(template_name, context, request)
        if template_name == self.form_template_name:
            context["form"]._bound_fields_cache.clear()  # they point back to the form (`letting_go`)
        return drawn
