"""Select boxes, choices and input fields, drawn without templates: Django draws each option of a list by two or more.

What comes out is what Django's own templates say, but for white space between options; a test holds the two together.
"""

from collections.abc import Callable
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from fengqiao.web.shared.escaping import escaped

Told = dict[str, Any]  # what a widget says of itself


def draw_input(widget: Told) -> str:
    """Draw an input field of any type."""
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    return f'<input type="{_escaped(widget["type"])}" name="{_escaped(widget["name"])}"{value}{draw_attrs(widget)}>'


def draw_textarea(widget: Told) -> str:
    """Draw a field of many lines; its first line end belongs to the tag, not to the text."""
    said = _escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_escaped(widget["name"])}"{draw_attrs(widget)}>\n{said}</textarea>'


def draw_select(widget: Told) -> str:
    """Draw a select box with its groups."""
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_escaped(widget["name"])}"{draw_attrs(widget)}>{groups}</select>'


def _group(name: Any, options: list[Told]) -> str:
    drawn = "".join(map(_option, options))
    return f'<optgroup label="{_escaped(name)}">{drawn}</optgroup>' if name else drawn


def _option(option: Told) -> str:
    return f'<option value="{_escaped(option["value"])}"{draw_attrs(option)}>{_escaped(option["label"])}</option>'


def draw_choices(widget: Told) -> str:
    """Draw choices of which all are seen: round or square boxes, each with its words."""
    known = widget["attrs"]
    id_ = f' id="{_escaped(known["id"])}"' if known.get("id") else ""
    kind = f' class="{_escaped(known["class"])}"' if known.get("class") else ""
    return f"<div{id_}{kind}>{''.join(_choices(name, of) for name, of, _index in widget['optgroups'])}</div>"


def _choices(name: Any, options: list[Told]) -> str:
    drawn = "".join(f"<div>{DRAWN[option['template_name']](option)}</div>" for option in options)
    return f"<div><label>{_escaped(name)}</label>{drawn}</div>" if name else drawn


def draw_choice(option: Told) -> str:
    """Draw one of them."""
    if not option["wrap_label"]:
        return draw_input(option)
    id_ = option["attrs"].get("id")
    belongs_to = f' for="{_escaped(id_)}"' if id_ else ""
    return f"<label{belongs_to}>{draw_input(option)} {_escaped(option['label'])}</label>"


def draw_attrs(widget: Told) -> str:
    """Draw what a widget or an option says beside its name and value."""
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _escaped(value: Any) -> str:
    if type(value) is str:
        return escaped(value)
    return value if type(value) is SafeString else str(conditional_escape(value))


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
    "django/forms/widgets/checkbox_option.html": draw_choice,
    "django/forms/widgets/checkbox_select.html": draw_choices,
    "django/forms/widgets/radio.html": draw_choices,
    "django/forms/widgets/radio_option.html": draw_choice,
    "django/forms/widgets/select.html": draw_select,
    "django/forms/widgets/textarea.html": draw_textarea,
}
