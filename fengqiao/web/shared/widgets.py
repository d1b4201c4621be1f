"""Select boxes and input fields, drawn without templates: Django draws each option of a list by two of them.

What comes out is what Django's own templates say, but for white space between options; a test holds the two together.
"""

from collections.abc import Callable
from typing import Any

from django.utils.html import conditional_escape

Told = dict[str, Any]  # what a widget says of itself


def draw_input(widget: Told) -> str:
    """Draw an input field of any type."""
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    return f'<input type="{_escaped(widget["type"])}" name="{_escaped(widget["name"])}"{value}{_attrs(widget)}>'


def draw_textarea(widget: Told) -> str:
    """Draw a field of many lines; its first line end belongs to the tag, not to the text."""
    said = _escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_escaped(widget["name"])}"{_attrs(widget)}>\n{said}</textarea>'


def draw_select(widget: Told) -> str:
    """Draw a select box with its groups."""
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_escaped(widget["name"])}"{_attrs(widget)}>{groups}</select>'


def _group(name: Any, options: list[Told]) -> str:
    drawn = "".join(map(_option, options))
    return f'<optgroup label="{_escaped(name)}">{drawn}</optgroup>' if name else drawn


def _option(option: Told) -> str:
    return f'<option value="{_escaped(option["value"])}"{_attrs(option)}>{_escaped(option["label"])}</option>'


def _attrs(widget: Told) -> str:
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    return str(conditional_escape(value))


INPUTS = (
    "checkbox",
    "date",
    "datetime",
    "email",
    "hidden",
    "number",
    "password",
    "search",
    "tel",
    "text",
    "time",
    "url",
)
DRAWN: dict[str, Callable[[Told], str]] = {
    **{f"django/forms/widgets/{name}.html": draw_input for name in INPUTS},
    "django/forms/widgets/select.html": draw_select,
    "django/forms/widgets/textarea.html": draw_textarea,
}
