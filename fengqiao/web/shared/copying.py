"""Forms whose fields are copied when they are first asked for, and without a detour.

Django copies every field of a form, its box and its choices by a way that serves any object of Python. Here as there,
whatever a form does to its own fields reaches no other form.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property

from fengqiao.web.shared import letting_go


class Form(letting_go.Form):
    """A form of the platform; one that nobody asks for its fields, since its drawing is kept, has none made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.base_fields = _Declared(type(self).base_fields)  # type: ignore[misc]  # until it has been taken from here
        super().__init__(*args, **kwargs)
        del self.base_fields
        self._declared: dict[str, forms.Field] = vars(self).pop("fields")  # in the order in which they are asked

    @cached_property
    def fields(self) -> dict[str, forms.Field]:  # type: ignore[override]
        """Give the form's own copies of what its class declares."""
        return {name: copied(field) for name, field in self._declared.items()}


class _Declared(dict[str, forms.Field]):
    """The fields of a class on their way into a form, where Django would copy each at once."""

    def __deepcopy__(self, _memo: dict[int, Any]) -> "_Declared":
        return self


def copied(field: forms.Field) -> forms.Field:
    """Copy a field as Django does; one that has a way of its own to be copied goes that way."""
    copy_choices = FIELDS.get(type(field).__deepcopy__)
    if copy_choices is None:
        return deepcopy(field)
    copy = _like(field)
    copy.widget = _widget(field.widget)
    copy.error_messages = field.error_messages.copy()
    copy.validators = field.validators[:]
    copy_choices(copy)
    return copy  # type: ignore[no-any-return]


def _like(thing: Any) -> Any:
    copy = object.__new__(type(thing))
    vars(copy).update(vars(thing))
    return copy


def _widget(widget: Any) -> Any:
    way = type(widget).__deepcopy__
    if way not in (BARE, WITH_CHOICES):
        return deepcopy(widget)
    copy = _like(widget)
    copy.attrs = widget.attrs.copy()
    if way is WITH_CHOICES:
        choices = copy._choices
        copy._choices = _like(choices) if isinstance(choices, BaseChoiceIterator) else choices[:]
    return copy


def _none(_copy: Any) -> None:
    """Leave a field without choices as it is."""


def _listed(copy: Any) -> None:
    """Give a copy choices of its own: a list of pairs, else whatever there is, however deep it goes."""
    is_flat = type(copy._choices) is list and not any(isinstance(label, list) for _value, label in copy._choices)
    copy._choices = copy._choices[:] if is_flat else deepcopy(copy._choices)


def _of_rows(copy: Any) -> None:
    """Let a copy list rows by itself; what is without rows for good can be shared."""
    if copy._queryset is not None and not copy._queryset.query.is_empty():
        copy._queryset = copy._queryset.all()
    copy.widget.choices = copy.choices


FIELDS: dict[Any, Callable[[Any], None]] = {
    forms.Field.__deepcopy__: _none,
    forms.ChoiceField.__deepcopy__: _listed,
    forms.ModelChoiceField.__deepcopy__: _of_rows,
}
BARE: Any = forms.Widget.__deepcopy__
WITH_CHOICES: Any = forms.widgets.ChoiceWidget.__deepcopy__
