"""What an answer was made of goes with it: nothing is left that points back to itself.

Such rings stay until Python looks for garbage, in the middle of somebody else's page (docs/adr/0074).
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates, Template
from django.template.context import make_context
from django.utils.safestring import SafeString

FROM_ANSWER = forms.Field._clean_bound_field  # type: ignore[attr-defined]


class Request(WSGIRequest):
    """A request that gathers what points back to it: messages, htmx facts, uploads, whoever asks."""

    def close(self) -> None:
        """Forget all of it: the whole answer is sent, and nobody asks any more."""
        super().close()
        vars(self).clear()


class Handler(WSGIHandler):
    """Django's own handler for the web server, with such requests."""

    request_class = Request


class Templates(DjangoTemplates):
    """Django's own templates, each in a context that is taken apart when all is drawn."""

    def get_template(self, template_name: str) -> "Drawing":
        """Find a template by its name."""
        return Drawing(super().get_template(template_name).template, self)

    def from_string(self, template_code: str) -> "Drawing":
        """Make a template of what it says."""
        return Drawing(super().from_string(template_code).template, self)


class Drawing(Template):
    """A template that leaves no context behind: whatever is put into one points back to it."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        """Draw it; where that fails, the context stays for whoever looks for the fault."""
        whole = make_context(context, request, autoescape=self.backend.engine.autoescape)
        drawn = self.template.render(whole)
        whole.dicts.clear()
        return drawn


class Form(forms.Form):
    """A form that, once its answers are cleaned, keeps none of the bound fields that point back to it."""

    def full_clean(self) -> None:
        """Clean the answers; what is drawn afterwards is bound anew."""
        super().full_clean()
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]

    def _clean_fields(self) -> None:
        """Clean each answer as Django does, but bind only the fields that ask for more than what was answered."""
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = self._cleaned(name, field)
                if check := getattr(self, f"clean_{name}", None):
                    self.cleaned_data[name] = check()
            except ValidationError as error:
                self.add_error(name, error)

    def _cleaned(self, name: str, field: Any) -> Any:
        if field.disabled or type(field)._clean_bound_field is not FROM_ANSWER:
            return field._clean_bound_field(self[name])
        return field.clean(field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))
