"""What stands between two brackets of a template: how a name is looked up, and through which filters it goes."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BoundField
from django.template.base import FilterExpression, Variable, VariableDoesNotExist
from django.utils import timezone
from django.utils.safestring import SafeData, SafeString, mark_safe

Find = Callable[[Any], Any]
Step = Callable[[Any, Any], Any]

HAVE_PLACES_ALONE = (str, SafeString, list, tuple, BoundField)  # and no names among their keys
KINDS_KEPT = 2000
NOT_UNDER_THAT_KEY = (TypeError, AttributeError, KeyError, ValueError, IndexError)


class Expression(FilterExpression):
    """A value and its filters."""

    __slots__ = ("find",)

    def __init__(self, said: Any) -> None:
        """Take an expression over as it was read."""
        self.token, self.is_var = said.token, said.is_var
        self.var = Name(said.var) if said.is_var else said.var
        self.filters = [
            (called, [(is_name, Name(arg) if is_name else arg) for is_name, arg in args])
            for called, args in said.filters
        ]
        find = self.var.find if said.is_var else _always(said.var)
        self.find = _through(find, [_step(*each) for each in self.filters]) if self.filters else find

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        """Find the value and send it through the filters; whatever fails is tried again in Django's own way."""
        try:
            return self.find(context)
        except Exception as fault:
            if ignore_failures and not self.filters and isinstance(fault, VariableDoesNotExist):
                return None
            if not self.filters and isinstance(fault, ObjectDoesNotExist):
                return context.template.engine.string_if_invalid
            return super().resolve(context, ignore_failures)


class Name(Variable):
    """A name in a template, or a number."""

    __slots__ = ("find",)

    def __init__(self, said: Any) -> None:
        """Take a name over as it was read."""
        self.var, self.literal, self.lookups = said.var, said.literal, said.lookups
        self.translate, self.message_context = said.translate, said.message_context
        self.find = super().resolve if said.translate or said.lookups is None else finder(said.lookups)

    def resolve(self, context: Any) -> Any:
        """Find what the name stands for; whatever fails is tried again in Django's own way, which knows what to do."""
        try:
            return self.find(context)
        except VariableDoesNotExist:
            raise
        except Exception:
            return super().resolve(context)


def finder(names: Sequence[str]) -> Find:
    """Give the function that finds what a name stands for, and the parts of that which are named after it."""
    return partial(_found, names[0], names[1:])


def _found(name: str, parts: Sequence[str], context: Any) -> Any:
    for known in reversed(context.dicts):
        if name in known:
            found = known[name]
            break
    else:
        raise _nowhere(name, context)
    if IS_CALLED[type(found)]:
        found = _called(found)
    for part in parts:
        found = PART_OF[type(found)](found, part)
        if IS_CALLED[type(found)]:
            found = _called(found)
    return found


def _nowhere(name: str, context: Any) -> Exception:
    """Say that the page knows nothing under a name, unless the context itself has it."""
    if hasattr(context, name):
        return LookupError(name)
    return VariableDoesNotExist("Failed lookup for key [%s] in %r", (name, context))


class Kinds(dict[Any, Any]):
    """What is to be known of kinds of things, found out once; of those made while running, all but the first anew."""

    def __init__(self, find_out: Callable[[Any], Any]) -> None:
        """Find it out so."""
        self._find_out = find_out

    def __missing__(self, kind: Any) -> Any:
        """Find it out for one."""
        known = self._find_out(kind)
        if len(self) < KINDS_KEPT:
            self[kind] = known
        return known


def _way_to_parts(kind: Any) -> Callable[[Any, str], Any]:
    """Tell how a part is found: by its key, else by its name."""
    if kind is type(None):
        return _part_of_nothing
    has_keys = hasattr(kind, "__getitem__") and kind not in HAVE_PLACES_ALONE
    return _under if has_keys else getattr


PART_OF = Kinds(_way_to_parts)
IS_CALLED = Kinds(lambda kind: any("__call__" in vars(each) for each in kind.__mro__))  # as `callable` tells


def _part_of_nothing(nothing: None, name: str) -> Any:
    raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (name, nothing))


def _under(whole: Any, name: str) -> Any:
    try:
        return whole[name]
    except NOT_UNDER_THAT_KEY:
        return getattr(whole, name)


def _called(found: Any) -> Any:
    """Give what a method without arguments gives."""
    if getattr(found, "do_not_call_in_templates", False):
        return found
    if getattr(found, "alters_data", False):
        raise LookupError
    return found()


def _always(value: Any) -> Find:
    return lambda _context: value


def _through(find: Find, steps: Sequence[Step]) -> Find:
    """Find a value and send it through its filters."""
    if len(steps) == 1:
        step = steps[0]
        return lambda context: step(find(context), context)

    def found(context: Any) -> Any:
        value = find(context)
        for step in steps:
            value = step(value, context)
        return value

    return found


def _step(called: Any, args: Sequence[tuple[bool, Any]]) -> Step:
    """Give the function that sends a value through one filter, as `FilterExpression.resolve` does."""
    finds = [arg.resolve if is_name else _always(mark_safe(arg)) for is_name, arg in args]
    is_local, is_safe = getattr(called, "expects_localtime", False), getattr(called, "is_safe", False)
    is_told = getattr(called, "needs_autoescape", False)
    if not (args or is_local or is_safe or is_told):
        return lambda value, _context: called(value)

    def step(value: Any, context: Any) -> Any:
        given = [find(context) for find in finds]
        if is_local:
            value = timezone.template_localtime(value, context.use_tz)  # type: ignore[attr-defined]
        new = called(value, *given, autoescape=context.autoescape) if is_told else called(value, *given)
        return mark_safe(new) if is_safe and isinstance(value, SafeData) else new

    return step
