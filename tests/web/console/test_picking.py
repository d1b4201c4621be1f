"""Boxes in which one types to find say what Django's own selects say, with what finds around them."""

from typing import Any

import pytest
from django import forms
from django.db import connection
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from django.utils.translation import override

from fengqiao.people.models import Unit
from fengqiao.web.console.forms.fields import UnitField
from fengqiao.web.console.forms.picking import PickMany, PickOne
from fengqiao.web.shared.copying import Form
from fengqiao.web.shared.forms import Renderer
from fengqiao.web.shared.selects import Offered
from tests.cast import MONDAY_9AM, QingCounty

SHARP = "\"><script>alert('1')</script>&amp;"
KEPT = (("", "选择"), ("水务 <局>", (("a", "一"), ("b", SHARP))))
CHANGING = (("", "选择"), (7, SHARP), ("水务 <局>", [("a", "一"), ("b", SHARP)]))
PICKS: list[tuple[type[forms.Select], type[forms.Select], list[Any]]] = [
    (PickOne, forms.Select, ["", None, "a", "b", SHARP]),
    (PickMany, forms.SelectMultiple, [None, [], ["a"], ["a", "b"]]),
]
ASKED = [(ours, theirs, value) for ours, theirs, values in PICKS for value in values]


@pytest.mark.parametrize("choices", [KEPT, CHANGING])
@pytest.mark.parametrize(("ours", "theirs", "value"), ASKED)
def test_inside_is_djangos_own_select(
    ours: type[forms.Select], theirs: type[forms.Select], value: Any, choices: Any
) -> None:
    attrs = {"id": "id_x", "required": True, "class": SHARP}
    plain = theirs(choices=choices).render("x", value, attrs, renderer=DjangoTemplates())
    for _turn in range(2):
        drawn = ours(choices=Offered(lambda: choices)).render("x", value, attrs, renderer=Renderer())
        head, found, rest = drawn.partition("<select")
        assert parse_html(found + rest.removesuffix("</pick-list>")) == parse_html(plain)
        assert head == '<pick-list placeholder="输入文字查找" none="没有符合的选项">' and "<script" not in drawn


def test_it_speaks_the_language_of_the_page() -> None:
    pick = PickOne(choices=Offered(lambda: KEPT))
    with override("en"):
        assert 'placeholder="Type to find"' in pick.render("x", None, {}, renderer=Renderer())
    assert "Type to find" not in pick.render("x", None, {}, renderer=Renderer())


class Sent(Form):
    to = UnitField(label="主办单位")


@pytest.mark.django_db
def test_all_dispatchers_read_one_drawing_of_the_units_until_one_changes(qing: QingCounty) -> None:
    def drawn(without: object = None) -> str:
        form = Sent()
        form.fields["to"].offer(qing.county.code, localdate(MONDAY_9AM), without=[without])  # type: ignore[attr-defined]
        return str(form["to"])

    first = drawn()
    assert first is drawn() and qing.water.name in first and str(qing.water.pk) in first
    assert qing.water.name not in drawn(qing.water.pk) and qing.water.name not in drawn(qing.water.kind)
    assert drawn() is first

    Unit.objects.filter(pk=qing.water.pk).update(name="县水利局")
    assert "县水利局" in drawn() and "县水利局" not in first


@pytest.mark.django_db
def test_what_asks_the_database_when_it_is_drawn_asks_once(qing: QingCounty) -> None:
    class Given(Form):
        to = forms.ModelChoiceField(Unit.objects.filter(pk=qing.water.pk), widget=PickOne, required=False)

    with CaptureQueriesContext(connection) as asked:
        assert qing.water.name in str(Given()["to"])
    assert len(asked) == 1
