"""Objects made of rows as they come, without the questions Django asks anew for each of them (docs/adr/0060)."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute, ForwardManyToOneDescriptor
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

Row = TypeVar("Row", bound=Model)
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


def give_related(related: Iterable[Any], row: Sequence[Any], found: Any, known: Known | None) -> None:
    """Give an object what was read with it, as Django's `populate` does; but what many have is made once for all."""
    for one in related:
        values = row[one.cols_start : one.cols_end]
        key = (one, values[one.pk_idx])
        made = None if known is None else known.get(key)
        if made is None and key[1] is not None:
            made = one.model_cls.from_db(one.db, one.init_list, values)
            if known is not None:
                known[key] = made
            give_related(one.related_populators, row, made, known)
        one.local_setter(found, made)
        if made is not None:
            one.remote_setter(made, found)


class Blank:
    """What a new object of a model says before anything is said of it."""

    def __init__(self, fields: Sequence[Any]) -> None:
        self.columns = {field.attname for field in fields}
        self.belonging = {field.name: field for field in fields if _is_to_one(field)}
        self.names = self.columns | {field.name for field in fields}
        made = [field for field in fields if _is_made(field)]
        self.made: list[tuple[str, Callable[[], Any]]] = [(field.attname, _make(field)) for field in made]
        self.same = {field.attname: field.get_default() for field in fields if field not in made}


def _is_to_one(field: Any) -> bool:
    """Test if what objects say in this field is another object, which need not know of them."""
    return type(getattr(field.model, field.name)) is ForwardManyToOneDescriptor


def _is_made(field: Any) -> bool:
    """Test if what a field says by default is made anew for each object; Django marks by a class that there is none."""
    return bool(field.has_db_default() or (field.has_default() and callable(field.default)))


def _make(field: Any) -> Callable[[], Any]:
    """Tell what makes the default of a field; of another object, or by the database, only the field itself knows."""
    asks_field = field.is_relation or field.has_db_default()
    return cast(Callable[[], Any], field.get_default if asks_field else field.default)


def new(model: type[Row], **said: Any) -> Row:
    """Make an object that is not stored yet, as the model itself does when it is called with this."""
    blank = _blank(model)
    if blank is None or not said.keys() <= blank.names:
        return model(**said)
    made = model.__new__(model)
    values = made.__dict__
    values["_state"] = ModelState()
    values.update(blank.same)
    for name, make in blank.made:
        if name not in said:
            values[name] = make()
    for name, value in said.items():
        if name in blank.columns:
            values[name] = value
        else:
            _give(made, name, value, blank.belonging.get(name))
    return made


def _give(made: Model, name: str, value: Any, field: Any) -> None:
    """Let a new object belong to another one; whatever is not plain is left to Django, also to refuse it."""
    if field is None or not isinstance(value, field.related_model) or value._state.db is None:
        setattr(made, name, value)
        return
    made.__dict__[field.attname] = getattr(value, field.target_field.attname)
    made._state.db = value._state.db
    made._state.fields_cache[name] = value


@cache
def _blank(model: type[Model]) -> Blank | None:
    """Find out once what new objects of a model have in common; None where making one is more than that."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    kinds = {type(getattr(model, field.attname)) for field in fields}
    is_plain = isinstance(maker_of(model, [field.attname for field in fields]), Maker)
    return Blank(fields) if is_plain and kinds <= {DeferredAttribute, ForeignKeyDeferredAttribute} else None
