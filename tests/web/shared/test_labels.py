"""What is kept for rows says the same as what Django would put together each time."""

import pytest
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from fengqiao.cases.models import Case
from fengqiao.cases.workflow import STEPS
from fengqiao.intake.models import Report
from fengqiao.web.shared.labels import address_of, kept_address, label_of, step_label


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("model", "name"),
    [(Case, "status"), (Case, "urgency"), (Report, "status"), (Report, "nature"), (Report, "channel")],
)
def test_a_label_is_the_one_of_the_field_in_the_language_of_the_page(
    model: type[Model], name: str, language: str
) -> None:
    field = model._meta.get_field(name)
    with override(language):
        for value, _said in field.flatchoices:  # type: ignore[union-attr]
            row = model(**{name: value})
            assert label_of(row, name) == getattr(row, f"get_{name}_display")()


@pytest.mark.parametrize("verb", STEPS)
def test_a_step_is_named_in_the_language_of_the_page(verb: str) -> None:
    said = {}
    for language in ("en", "zh-hans"):
        with override(language):
            said[language] = step_label(verb)
            assert step_label(verb) == str(STEPS[verb].label)
    assert said["en"] != said["zh-hans"]


@pytest.mark.parametrize("view", ["console:case", "console:report"])
@pytest.mark.parametrize("name", ["20260302-7K3MQ", "QXA0000001B"])
def test_an_address_is_the_one_of_the_page(view: str, name: str) -> None:
    assert address_of(view, name) == reverse(view, args=[name])


@pytest.mark.parametrize("names", [("20260302-7K3MQ", "ask_reopen"), ("1", "2"), ("7", "7")])
def test_an_address_with_several_names_is_the_one_of_the_page(names: tuple[str, str]) -> None:
    assert kept_address("console:step", *names) == reverse("console:step", args=names)


@pytest.mark.parametrize(
    ("view", "names"),
    [
        *[("console:case", (name,)) for name in ("a number", "20260302\n", "中", "--", "")],
        ("console:case", ("20260302-7K3MQ", "accept")),  # no page has so many names
        ("console:step", ("20260302-7K3MQ", "")),
        ("console:bulk_run", ("7",)),  # names of another kind
        ("console:nowhere", ("7",)),
    ],
)
def test_what_is_out_of_the_common_is_not_kept(view: str, names: tuple[str, ...]) -> None:
    assert kept_address(view, *names) == ""
