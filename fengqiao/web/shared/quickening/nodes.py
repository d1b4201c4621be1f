"""The common nodes of a template, which find out once what Django's own find out at each drawing."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.base import Node, NodeList, VariableNode, render_value_in_context
from django.template.defaulttags import (
    CsrfTokenNode,
    CycleNode,
    ForNode,
    IfChangedNode,
    IfNode,
    ResetCycleNode,
    URLNode,
    WithNode,
)
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.utils.safestring import SafeString

from fengqiao.web.shared.escaping import escaped
from fengqiao.web.shared.labels import kept_address
from fengqiao.web.shared.quickening.conditions import test_of, tested_itself

NOTHING = SafeString()
PLAIN = {str, SafeString}
KEEP_STATE = (BlockNode, ExtendsNode, CycleNode, ResetCycleNode, IfChangedNode)  # in the template's own frame


class Shown(VariableNode):
    """A value in the text."""

    def __init__(self, said: Any) -> None:
        """Take the node over as it was read."""
        vars(self).update(vars(said))
        self._find = said.filter_expression.find

    def render(self, context: Any) -> str:
        """Find the value, and escape it unless it is known to be safe."""
        try:
            value = self._find(context)
        except Exception:
            return super().render(context)
        if type(value) is SafeString:
            return value
        if type(value) is str and context.autoescape:
            return escaped(value)
        if type(value) is int and not settings.USE_THOUSAND_SEPARATOR:
            return str(value)
        return render_value_in_context(value, context)


class Either(IfNode):
    """The first of several texts whose condition holds."""

    def __init__(self, said: Any) -> None:
        """Take the node over as it was read."""
        vars(self).update(vars(said))
        ways = self.conditions_nodelists
        self._ways = [(test_of(asked), asked, inner.render) for asked, inner in ways if asked is not None]
        self._else = next((inner.render for asked, inner in ways if asked is None), None)

    def render(self, context: Any) -> SafeString:
        """Draw it."""
        for holds, asked, draw in self._ways:
            try:
                is_so = holds(context)
            except Exception:
                is_so = tested_itself(asked, context)
            if is_so:
                return draw(context)
        return self._else(context) if self._else else NOTHING


class Each(ForNode):
    """A text for each of several things, which go by one name, or their parts by a name each."""

    def __init__(self, said: Any) -> None:
        """Take the node over as it was read."""
        vars(self).update(vars(said))
        self._name, self._several = said.loopvars[0], said.sequence
        self._is_in_parts = len(said.loopvars) > 1
        self._each: NodeList = said.nodelist_loop
        self._none: NodeList = said.nodelist_empty

    def render(self, context: Any) -> SafeString:
        """Draw the text with each of them, in a frame of their own."""
        around = context.get("forloop", {})
        frame: dict[str, Any] = {}
        context.dicts.append(frame)
        try:
            values = self._several.resolve(context, ignore_failures=True)
            if values is None:
                values = ()
            elif not hasattr(values, "__len__"):
                values = list(values)
            if len(values) < 1:
                return self._none.render(context)
            frame["forloop"] = {"parentloop": around}
            return self._drawn(values, frame, context)
        finally:
            context.dicts.pop()

    def _drawn(self, values: Any, frame: dict[str, Any], context: Any) -> SafeString:
        name, state, most = self._name, frame["forloop"], len(values)
        draw, drawn = self._each.render, []
        for i, each in enumerate(reversed(values) if self.is_reversed else values):
            state["counter0"], state["counter"] = i, i + 1
            state["revcounter0"], state["revcounter"] = most - i - 1, most - i
            state["first"], state["last"] = i == 0, i == most - 1
            if self._is_in_parts:
                drawn.append(self._drawn_in_parts(each, context))
            else:
                frame[name] = each
                drawn.append(draw(context))
        return SafeString("".join(drawn))

    def _drawn_in_parts(self, each: Any, context: Any) -> SafeString:
        """Draw the text with one of them, each of whose parts goes by a name."""
        parts = tuple(each) if hasattr(each, "__len__") else (each,)
        if len(parts) != len(self.loopvars):
            raise ValueError(f"Need {len(self.loopvars)} values to unpack in for loop; got {len(parts)}. ")
        context.dicts.append(dict(zip(self.loopvars, parts, strict=True)))
        try:
            return self._each.render(context)
        finally:
            context.dicts.pop()


class Named(WithNode):
    """A text in which something goes by another name."""

    def __init__(self, said: Any) -> None:
        """Take the node over as it was read."""
        vars(self).update(vars(said))

    def render(self, context: Any) -> SafeString:
        """Draw it, in a frame of its own."""
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        context.dicts.append(values)
        try:
            return self.nodelist.render(context)
        finally:
            context.dicts.pop()


class Included(IncludeNode):
    """Another template in the place of this node, always the same one."""

    def __init__(self, said: Any) -> None:
        """Take the node over as it was read."""
        vars(self).update(vars(said))
        self._draw: Callable[[Context], SafeString] | None = None

    def render(self, context: Any) -> SafeString:
        """Draw the other template with its values."""
        draw = self._draw or self._load(context)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        around = context.dicts
        context.dicts = [around[0], values] if self.isolated_context else [*around, values]
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


class Address(URLNode):
    """The address of a page that is known by its names."""

    def __init__(self, said: Any) -> None:
        """Take the node over as it was read."""
        vars(self).update(vars(said))

    def render(self, context: Any) -> str:
        """Write it, or note it; a name that is out of the common is looked up in Django's own way."""
        names = [arg.resolve(context) for arg in self.args]
        kept = kept_address(self.view_name.var, *names) if PLAIN.issuperset(map(type, names)) else ""
        if not kept:
            return super().render(context)
        if self.asvar is None:
            return kept
        context[self.asvar] = kept
        return ""


class Token(CsrfTokenNode):
    """The token of a form that is sent."""

    def __init__(self, said: Any) -> None:
        """Take the node over as it was read."""
        vars(self).update(vars(said))

    def render(self, context: Any) -> str:
        """Draw it in its hidden field; where there is none, or none that says something, as Django does."""
        token = context.get("csrf_token")
        said = str(token) if token.__class__ is str else ""  # also one that is made when it is asked for
        if said in ("", "NOTPROVIDED"):
            return super().render(context)
        return SafeString(f'<input type="hidden" name="csrfmiddlewaretoken" value="{escaped(said)}">')


QUICK: dict[type[Node], Callable[[Any], Node]] = {
    VariableNode: Shown,
    IfNode: Either,
    ForNode: Each,
    WithNode: Named,
    IncludeNode: lambda said: Included(said) if _is_outright(said.template) else said,
    CsrfTokenNode: Token,
    URLNode: lambda said: Address(said) if _is_by_names(said) else said,
}


def _is_outright(name: Any) -> bool:
    """Test if a template or a view is named outright, and not from where one stands."""
    return isinstance(name.var, str) and not name.filters and not name.var.startswith(".")


def _is_by_names(said: Any) -> bool:
    return bool(said.args) and not said.kwargs and _is_outright(said.view_name)
