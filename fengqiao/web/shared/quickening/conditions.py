"""What stands in an `if` of a template, as one function."""

import operator
from collections.abc import Callable
from typing import Any

from django.template.defaulttags import TemplateLiteral
from django.template.smartif import OPERATORS

from fengqiao.web.shared.quickening.values import Expression, Find

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "in": lambda each, several: each in several,
    "not in": lambda each, several: each not in several,
    "is": operator.is_,
    "is not": operator.is_not,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def test_of(token: Any) -> Find:
    """Give the function that tests a condition as it was read; what is not among the common ones tests itself."""
    if type(token) is TemplateLiteral and isinstance(token.value, Expression):
        return _said(token.value)
    if type(token) is not OPERATORS.get(token.id):
        own: Find = token.eval
        return own
    if token.id == "not":
        return _not(test_of(token.first))
    if token.id in JOINED:
        return JOINED[token.id](test_of(token.first), test_of(token.second))
    return _compared(COMPARISONS[token.id], test_of(token.first), test_of(token.second))


def _said(value: Expression) -> Find:
    find, resolve = value.find, value.resolve

    def said(context: Any) -> Any:
        try:
            return find(context)
        except Exception:
            return resolve(context, ignore_failures=True)

    return said if value.is_var else find


def _not(test: Find) -> Find:
    def holds(context: Any) -> Any:
        try:
            return not test(context)
        except Exception:
            return False  # as Django has it, here and below: a condition that cannot be tested does not hold

    return holds


def _and(first: Find, second: Find) -> Find:
    def holds(context: Any) -> Any:
        try:
            return first(context) and second(context)
        except Exception:
            return False

    return holds


def _or(first: Find, second: Find) -> Find:
    def holds(context: Any) -> Any:
        try:
            return first(context) or second(context)
        except Exception:
            return False

    return holds


def _compared(compare: Callable[[Any, Any], Any], first: Find, second: Find) -> Find:
    def holds(context: Any) -> Any:
        try:
            return compare(first(context), second(context))
        except Exception:
            return False

    return holds


JOINED = {"and": _and, "or": _or}
