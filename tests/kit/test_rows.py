"""An object made of a row plainly is the one Django makes of it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import Model, QuerySet
from django.db.models.signals import post_init

from fengqiao.cases.models import Case, CaseLog
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.rows import Maker, _blank, maker_of, new
from tests.cast import QingCounty

pytestmark = pytest.mark.django_db


def known(made: Model, deep: int = 4) -> dict[str, Any]:
    """List what an object says, and of what state it is, with the objects that came along, and theirs."""
    said = {name: value for name, value in vars(made).items() if name != "_state"}
    beside = {name: known(one, deep - 1) if one and deep else one for name, one in made._state.fields_cache.items()}
    return said | {"adding": made._state.adding, "db": made._state.db, "beside": beside, "kind": type(made)}


def test_every_kind_of_row_is_made_as_django_makes_it(qing: QingCounty, leak: Case) -> None:
    """Of whatever there is in a county with a case."""
    compared = set()
    for model in apps.get_models():
        rows: QuerySet[Any] = model._default_manager.order_by("pk").select_related()
        made = [field.name for field in model._meta.concrete_fields if field.generated]
        expected = [known(row) for row in (rows.defer(*made) if made else rows)]
        assert [known(row) for row in Prepared(lambda _shape, rows=rows: rows.all())()] == expected
        compared |= {model} if expected else set()
    assert {Case, CaseLog} <= compared
    assert len(compared) > 15


def test_what_was_left_out_is_asked_for_later(leak: Case) -> None:
    [found] = Prepared(lambda _shape: Case.objects.only("pk", "title"))()

    assert found.get_deferred_fields() == Case.objects.only("pk", "title").get().get_deferred_fields()
    assert found.number == leak.number


@pytest.fixture
def listening() -> Iterator[None]:
    """Somebody wants to hear of each log line that is made."""

    def hear(**_said: object) -> None: ...

    post_init.connect(hear, sender=CaseLog)
    yield
    post_init.disconnect(hear, sender=CaseLog)


def test_a_model_that_is_more_than_its_values_is_made_by_django(listening: None) -> None:
    assert maker_of(CaseLog, ["id"]) is CaseLog
    assert isinstance(maker_of(Case, ["id"]), Maker)


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_a_new_object_says_what_django_lets_it_say(model: type[Model]) -> None:
    made, wanted = new(model), model()
    turning = {field.attname for field in model._meta.concrete_fields if callable(field.default)}

    assert {*known(made)} == {*known(wanted)}
    assert {**known(made), **dict.fromkeys(turning)} == {**known(wanted), **dict.fromkeys(turning)}
    for name in turning & {*vars(made)}:
        value = getattr(made, name)
        assert type(value) is type(getattr(wanted, name))
        if isinstance(value, (list, dict, UUID)):
            assert value is not getattr(new(model), name)


def test_a_new_object_says_what_it_is_told(qing: QingCounty, leak: Case) -> None:
    said = {"case": leak, "county": "qing", "line": 7, "by": None, "unit_id": qing.water.pk, "facts": {"a": 1}}
    same = {"id": leak.pk, "at": leak.opened_at}

    assert known(new(CaseLog, **said, **same)) == known(CaseLog(**said, **same))
    assert known(new(CaseLog, case=Case(pk=leak.pk), **same)) == known(CaseLog(case=Case(pk=leak.pk), **same))
    blank = _blank(CaseLog)
    assert blank is not None
    assert [name for name, _make in blank.made] == ["id", "facts"]
    with pytest.raises(TypeError, match="lines"):
        new(CaseLog, lines=7)
    with pytest.raises(ValueError, match="must be a"):
        new(CaseLog, case=qing.water)


def test_a_new_object_that_is_more_than_its_values_is_made_by_django(listening: None) -> None:
    _blank.cache_clear()
    assert _blank(CaseLog) is None
    assert new(CaseLog, line=7).line == 7
    _blank.cache_clear()
