"""How a form is drawn, wherever it stands."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws every form of the platform from our own parts: label, help, answer, error."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
