"""Templates quickened when they are loaded: what Django finds out anew at each drawing is found out once.

How a name is looked up, whether a value needs escaping, which template is included. Whatever is out of the common goes
Django's own way, above all a name that leads nowhere (docs/adr/0073-quickened-templates.md).
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from django.template import Context
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import CycleNode, IfChangedNode, ResetCycleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.smartif import TokenBase
from django.utils.safestring import SafeString

KEEP_STATE = (BlockNode, ExtendsNode, CycleNode, ResetCycleNode, IfChangedNode)  # in the template's own frame
NOT_UNDER_THAT_KEY = (TypeError, AttributeError, KeyError, ValueError, IndexError)


def quicken(nodes: NodeList) -> None:
    """Replace the common nodes of a list in place, and in the lists inside them."""
    nodes[:] = [_quickened(node) for node in nodes]


def _quickened(node: Any) -> Node:
    for name, value in vars(node).items():
        setattr(node, name, _inside(value))
    if type(node) is VariableNode:
        return Shown(node)
    if type(node) is IncludeNode and _is_fixed(node.template):
        return Included(node)
    same: Node = node
    return same


def _inside(value: Any) -> Any:
    """Quicken what a node keeps: expressions, conditions, lists of nodes, lists of any of these."""
    if type(value) is FilterExpression:
        return Expression(value)
    if isinstance(value, NodeList):
        quicken(value)
    elif isinstance(value, TokenBase):
        value.first, value.second, value.value = _inside(value.first), _inside(value.second), _inside(value.value)
    elif type(value) in (list, tuple):
        return type(value)(_inside(each) for each in value)
    elif type(value) is dict:
        return {key: _inside(each) for key, each in value.items()}
    return value


class Expression(FilterExpression):
    """A value and its filters."""

    __slots__ = ("_find",)

    def __init__(self, said: Any) -> None:
        """Take an expression over as it was read."""
        self.token, self.is_var = said.token, said.is_var
        self.var = Name(said.var) if said.is_var else said.var
        self.filters = [
            (called, [(is_name, Name(arg) if is_name else arg) for is_name, arg in args])
            for called, args in said.filters
        ]
        self._find = self.var.find if said.is_var and not said.filters else None

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        """Find the value, and send it through the filters."""
        if self._find is None:
            return super().resolve(context, ignore_failures)
        try:
            return self._find(context)
        except Exception as fault:
            if ignore_failures and isinstance(fault, VariableDoesNotExist):
                return None
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


def finder(names: Sequence[str]) -> Callable[[Any], Any]:
    """Give the function that finds what a name stands for, and the parts of that which are named after it."""
    name, *parts = names

    def find(context: Any) -> Any:
        found = _known(name, context)
        for part in parts:
            found = _part(found, part)
            if callable(found):
                found = _called(found)
        return found

    return find


def _known(name: str, context: Any) -> Any:
    """Give what the page knows under a name."""
    for known in reversed(context.dicts):
        if name in known:
            found = known[name]
            return _called(found) if callable(found) else found
    if hasattr(context, name):
        raise LookupError(name)
    raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (name, context))


def _part(whole: Any, name: str) -> Any:
    """Give a part by its key, else by its name."""
    if hasattr(type(whole), "__getitem__"):
        try:
            return whole[name]
        except NOT_UNDER_THAT_KEY:
            pass
    return getattr(whole, name)


def _called(found: Any) -> Any:
    """Give what a method without arguments gives."""
    if getattr(found, "do_not_call_in_templates", False):
        return found
    if getattr(found, "alters_data", False):
        raise LookupError
    return found()


class Shown(Node):
    """A value in the text."""

    child_nodelists = ()

    def __init__(self, said: Any) -> None:
        """Take the node over as it was read."""
        self.filter_expression = said.filter_expression
        self.token, self.origin = said.token, said.origin

    def render(self, context: Any) -> str:
        """Find the value, and escape it unless it is known to be safe."""
        value = self.filter_expression.resolve(context)
        if type(value) is SafeString:
            return value
        if type(value) is str and context.autoescape:
            return escape(value)
        return render_value_in_context(value, context)


class Included(IncludeNode):
    """Another template in the place of this node, always the same one."""

    def __init__(self, said: Any) -> None:
        """Take the node over as it was read."""
        super().__init__(said.template, extra_context=said.extra_context, isolated_context=said.isolated_context)
        self.token, self.origin = said.token, said.origin
        self._draw: Callable[[Context], SafeString] | None = None

    def render(self, context: Any) -> SafeString:
        """Draw the other template with its values."""
        draw = self._draw or self._load(context)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if not self.isolated_context:
            with context.push(**values):
                return draw(context)
        around = context.dicts
        context.dicts = [around[0], values]
        try:
            return draw(context)
        finally:
            context.dicts = around

    def _load(self, context: Any) -> Callable[[Context], SafeString]:
        template: Any = context.template.engine.get_template(self.template.var)
        is_bare = not any(template.nodelist.get_nodes_by_type(kind) for kind in KEEP_STATE)
        draw: Callable[[Context], SafeString] = template._render if is_bare else template.render
        self._draw = draw  # the former of the two without a frame of its own
        return draw


def _is_fixed(template: Any) -> bool:
    """Test if an include names its template outright."""
    return isinstance(template.var, str) and not template.filters and not template.var.startswith(".")
