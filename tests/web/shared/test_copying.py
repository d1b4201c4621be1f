"""Fields copied by hand are what Django's own copies are, and nothing done to one form reaches the next."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django import forms
from django.urls import get_resolver

from fengqiao.people.models import Unit
from fengqiao.web.console.forms.intake import OpenAtOnce, Receive
from fengqiao.web.shared.copying import Form, copied

SAID = ("error_messages", "validators", "choices", "_choices", "attrs")


def forms_of(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for each in kind.__subclasses__():
        yield each
        yield from forms_of(each)


def same(ours: Any, theirs: Any, first: Any) -> None:
    """Compare a copy with Django's: as much of it is the first one's own, and what is not says the same."""
    assert type(ours) is type(theirs) and set(vars(ours)) == set(vars(theirs))
    for name, value in vars(ours).items():
        his, known = vars(theirs)[name], vars(first)[name]
        if isinstance(value, forms.Widget):
            assert value is not known
            same(value, his, known)
        elif name == "_queryset" and value is known:
            assert value.query.is_empty()
        else:
            assert (value is known) == (his is known), name
            assert type(value) is type(his)
            if name in SAID and isinstance(value, list | dict):
                assert value == his


def test_every_field_of_the_platform_is_copied_as_django_would() -> None:
    get_resolver().reverse_dict  # noqa: B018  every page is loaded, and with it every form
    kinds = [kind for kind in forms_of(forms.Form) if kind.__module__.startswith("fengqiao.")]
    fields = [field for kind in kinds for field in kind.base_fields.values()]  # type: ignore[attr-defined]

    assert len(fields) > 300
    for field in [*fields, forms.SplitDateTimeField(), forms.ModelChoiceField(Unit.objects.all())]:
        same(copied(field), deepcopy(field), field)


def test_choices_in_groups_are_copied_as_deep_as_they_go() -> None:
    field = forms.ChoiceField(choices=[("水务", [("a", "一")])])
    copy: Any = copied(field)
    copy.choices[0][1].append(("b", "二"))

    assert field.choices == [("水务", [("a", "一")])]


def receive() -> Receive:
    return Receive({"channel": "radio"}, county="629901", today=date(2026, 3, 2))


def spoil(form: forms.Form) -> None:
    """Do to a form's fields whatever can be done to them."""
    for name, field in list(form.fields.items()):
        field.label, field.help_text, field.required, field.initial = "别的", "别的", False, "别的"
        field.widget.attrs["class"] = "other"
        field.error_messages["required"] = "别的"
        field.validators.append(lambda _value: None)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.all()
        elif isinstance(field, forms.ChoiceField):
            field.choices.append(("b", "二"))  # type: ignore[union-attr]
            field.widget.choices.append(("c", "三"))
        form.add_error(name, "不行")
    del form.fields["text"]


def test_nothing_done_to_one_form_reaches_the_next() -> None:
    known = {name: deepcopy(field) for name, field in receive().fields.items()}
    spoil(receive())
    after = receive()

    assert list(after.fields) == list(known) == list(Receive.base_fields)
    assert set(after.errors) == {"channel", "nature", "text", "region", "submission"}
    for field, before in zip(after.fields.values(), known.values(), strict=True):
        is_as_before = [getattr(field, said) == getattr(before, said) for said in ("label", "required", "initial")]
        assert all(is_as_before) and "别的" not in field.error_messages.values()
        assert field.widget.attrs == before.widget.attrs and len(field.validators) == len(before.validators)
        if type(field) is type(before) is forms.ChoiceField:
            assert field.choices == before.choices == field.widget.choices


def test_what_a_form_offers_is_its_own() -> None:
    first, second = OpenAtOnce(county="629901"), OpenAtOnce(county="629901")
    first.fields["category"].choices = [("x", "别的")]  # type: ignore[attr-defined]

    assert [type(form.fields["category"].choices) is list for form in (first, second)] == [True, False]  # type: ignore[attr-defined]
    assert first.fields["category"].widget is not second.fields["category"].widget


class Ordered(Form):
    first = forms.CharField()
    second = forms.CharField()
    field_order = ("second", "first")


def test_fields_stand_in_the_order_that_was_asked_for() -> None:
    assert list(Ordered().fields) == ["second", "first"]
    assert list(Ordered(field_order=["first"]).fields) == ["first", "second"] == list(Ordered.base_fields)
    assert "base_fields" not in vars(Ordered())


@pytest.mark.parametrize("data", [None, {"first": "一", "second": ""}])
def test_a_form_says_of_itself_what_djangos_own_says(data: dict[str, str] | None) -> None:
    plain = type("Plain", (forms.Form,), dict(Ordered.base_fields) | {"field_order": Ordered.field_order})
    ours, theirs = Ordered(data), plain(data)

    assert str(ours) == str(theirs) and ours.errors == theirs.errors
    assert repr(ours).replace("Ordered", "Plain") == repr(theirs)
    assert {*vars(ours)} - {"_declared"} == {*vars(theirs)}
