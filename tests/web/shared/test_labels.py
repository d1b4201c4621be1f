"""What is kept for rows says the same as what Django would put together each time."""

import pytest
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.web.shared.labels import address_of, label_of


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


@pytest.mark.parametrize("view", ["console:case", "console:report"])
@pytest.mark.parametrize("name", ["20260302-7K3MQ", "QXA0000001B"])
def test_an_address_is_the_one_of_the_page(view: str, name: str) -> None:
    assert address_of(view, name) == reverse(view, args=[name])
