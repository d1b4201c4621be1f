"""Objects made of rows as they come, without the questions Django asks anew for each of them (docs/adr/0060)."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

Known = dict[tuple[Any, Any], Any]  # what was read with the rows of one answer


class Maker:
    """Makes the objects of one model; stands where a model class would, for Django's own way with related rows."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def from_db(self, db: str, names: Sequence[str], values: Sequence[Any]) -> Model:
        """Make an object of a row's values, as `Model.from_db` does."""
        made = self._model.__new__(self._model)
        state = ModelState()
        state.adding, state.db = False, db
        said = made.__dict__
        said["_state"] = state
        said.update(zip(names, values, strict=True))
        return made


def maker_of(model: type[Model], names: Sequence[str]) -> Any:
    """Give what makes objects of this model: the model itself where making one is more than keeping its values."""
    is_plain = (
        model.__init__ is Model.__init__
        and cast(Any, model.from_db).__func__ is cast(Any, Model.from_db).__func__
        and not pre_init.has_listeners(model)
        and not post_init.has_listeners(model)
        and all(isinstance(getattr(model, name), DeferredAttribute) for name in names)
    )
    return Maker(model) if is_plain else model


def make_plainly(populators: Sequence[Any]) -> None:
    """Let what Django makes of related rows be made so, too."""
    for populator in populators:
        populator.model_cls = maker_of(populator.model_cls, populator.init_list)
        make_plainly(populator.related_populators)


def give_related(related: Iterable[Any], row: Sequence[Any], found: Any, known: Known) -> None:
    """Give an object what was read with it, as Django's `populate` does; but what many have is made once for all."""
    for one in related:
        values = row[one.cols_start : one.cols_end]
        key = (one, values[one.pk_idx])
        made = known.get(key)
        if made is None and key[1] is not None:
            made = known[key] = one.model_cls.from_db(one.db, one.init_list, values)
            give_related(one.related_populators, row, made, known)
        one.local_setter(found, made)
        if made is not None:
            one.remote_setter(made, found)
