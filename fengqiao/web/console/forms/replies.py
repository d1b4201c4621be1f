"""A reply that can begin with a template, and the template itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengqiao.playbooks.model import Words
from fengqiao.playbooks.models import ReplyTemplate
from fengqiao.playbooks.rulebook.replies import blanks, offered
from fengqiao.web.console.forms.fields import LineField, WordsField

TEXT_LIMIT = 2_000


class ReplyInput(forms.Textarea):
    """A box for words, with the templates that can begin them; without JavaScript these can be read and copied."""

    template_name = "console/widgets/reply.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.county, self.use = "", ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the templates to what the box is drawn with."""
        templates = offered(self.county, self.use) if self.county else []
        return {**super().get_context(name, value, attrs), "templates": templates}


class ReplyField(WordsField):
    """Words for a resident; a blank of a template that was not filled in is refused."""

    def __init__(self, *, use: str = ReplyTemplate.Use.REPLY, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=ReplyInput(attrs={"rows": rows}), **kwargs)
        self.use = use

    def offer(self, county: str) -> None:
        """Offer the templates of a county."""
        assert isinstance(self.widget, ReplyInput)
        self.widget.county, self.widget.use = county, self.use

    def clean(self, value: Any) -> str:
        """Name the first blank that is still open."""
        words = super().clean(value)
        if left := blanks(words):
            raise ValidationError(_("Fill in %(blank)s before this goes out.") % {"blank": left[0]})
        return words


def offer_templates(form: forms.BaseForm, county: str) -> None:
    """Offer the templates of a county in every field of a form that takes them."""
    for field in form.fields.values():
        if isinstance(field, ReplyField):
            field.offer(county)


class TemplateForm(forms.Form):
    """A template: where it is offered, what it is called, what it says."""

    use = forms.ChoiceField(label=gettext_lazy("Offered for"), choices=ReplyTemplate.Use.choices)
    name = LineField(
        label=pgettext_lazy("of a thing", "Name"), most=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = WordsField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "Write 【填：…】 where something must be filled in; a reply with such a blank does not go out."
        ),
        most=TEXT_LIMIT,
        rows=8,
    )

    def __init__(self, data: Any = None, *, template: ReplyTemplate | None = None) -> None:
        known = {name: getattr(template, name) for name in ("use", "name", "text")} if template else {}
        super().__init__(data, initial=known)

    def words(self) -> Words:
        """Give what was written."""
        return Words(**self.cleaned_data)
