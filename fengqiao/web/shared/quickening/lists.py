"""Templates quickened when they are loaded: what Django finds out anew at each drawing is found out once.

How a name is looked up, whether a value needs escaping, which template is included, which texts stand around a node.
Whatever is out of the common goes Django's own way, above all a name that leads nowhere
(docs/adr/0073-quickened-templates.md).
"""

from collections.abc import Callable
from typing import Any

from django.template.base import FilterExpression, Node, NodeList, TextNode
from django.template.smartif import TokenBase
from django.utils.safestring import SafeString

from fengqiao.web.shared.quickening.nodes import QUICK
from fengqiao.web.shared.quickening.values import Expression


def quicken(nodes: NodeList) -> None:
    """Replace the common nodes of a list in place, and in the lists inside them, and let it draw itself at one go."""
    nodes[:] = [_quickened(node) for node in nodes]
    vars(nodes)["render"] = _drawing(nodes)


def _quickened(node: Any) -> Node:
    for name, value in vars(node).items():
        setattr(node, name, _inside(value))
    quick = QUICK.get(type(node))
    same: Node = node
    return quick(node) if quick else same


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


def _drawing(nodes: NodeList) -> Callable[[Any], SafeString]:
    """Give the function that draws a list: its texts are laid out once, and what changes is put between them."""
    laid_out = [node.s if type(node) is TextNode else "" for node in nodes]
    places = [(place, node.render) for place, node in enumerate(nodes) if type(node) is not TextNode]
    text = SafeString("".join(laid_out))
    if not places:
        return lambda _context: text

    def draw(context: Any) -> SafeString:
        drawn = [*laid_out]
        for place, render in places:
            drawn[place] = render(context)
        return SafeString("".join(drawn))

    return draw
