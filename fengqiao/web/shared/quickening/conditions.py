"""What stands in an `if` of a template, as one function."""

from collections.abc import Callable
from typing import Any

from django.template.base import VariableDoesNotExist
from django.template.defaulttags import TemplateLiteral
from django.template.smartif import OPERATORS

from fengqiao.web.shared.quickening.values import Expression, Find

JOINED: dict[str, Callable[[Find, Find], Find]] = {
    "and": lambda first, second: lambda context: first(context) and second(context),
    "or": lambda first, second: lambda context: first(context) or second(context),
    "in": lambda first, second: lambda context: first(context) in second(context),
    "not in": lambda first, second: lambda context: first(context) not in second(context),
    "is": lambda first, second: lambda context: first(context) is second(context),
    "is not": lambda first, second: lambda context: first(context) is not second(context),
    "==": lambda first, second: lambda context: first(context) == second(context),
    "!=": lambda first, second: lambda context: first(context) != second(context),
    ">": lambda first, second: lambda context: first(context) > second(context),
    ">=": lambda first, second: lambda context: first(context) >= second(context),
    "<": lambda first, second: lambda context: first(context) < second(context),
    "<=": lambda first, second: lambda context: first(context) <= second(context),
}


def test_of(token: Any) -> Find:
    """Give the function that tests a condition as it was read; where it fails, the condition is to be asked itself.

    What is not among the common ones tests itself.
    """
    if type(token) is TemplateLiteral and isinstance(token.value, Expression):
        return token.value.find
    if type(token) is not OPERATORS.get(token.id):
        own: Find = token.eval
        return own
    first = test_of(token.first)
    if token.id == "not":
        return lambda context: not first(context)
    return JOINED[token.id](first, test_of(token.second))


def tested_itself(token: Any, context: Any) -> Any:
    """Test a condition in Django's own way, which knows what a name means that leads nowhere."""
    try:
        return token.eval(context)
    except VariableDoesNotExist:
        return None
