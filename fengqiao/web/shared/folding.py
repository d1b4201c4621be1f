"""Templates folded when they are loaded: what is the same on every page is drawn once for each language.

Words to translate, icons and addresses without arguments depend on nothing but the language, and are most of a page.
They are drawn when a template is first loaded, and joined with the text around them. Sentences with names in them are
translated then, and filled in each time.
"""

from typing import Any

from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, Parser, TextNode, Variable, VariableNode
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language, gettext, pgettext

from fengqiao.web.shared.quickening.lists import quicken
from fengqiao.web.shared.templatetags import assets

SAYS_NOTHING = (CommentNode, LoadNode)
ALWAYS_THE_SAME = (assets.icon, assets.asset)


class Loader(cached.Loader):
    """Keeps each template folded, one for each language."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """Tell the languages apart."""
        key: str = super().cache_key(template_name, skip)
        return f"{get_language()} {key}"

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Load a template; fold it the first time."""
        known = self.get_template_cache.get(self.cache_key(template_name, skip))
        if isinstance(known, Template):
            return known
        template: Template = super().get_template(template_name, skip)
        context = Context()
        with context.bind_template(template):
            _fold(template.nodelist, context)
        if not self.engine.debug:  # who looks for a fault wants to see where it stands
            quicken(template.nodelist)
        return template


def _fold(nodes: NodeList, context: Context) -> None:
    """Fold a list of nodes in place, and the lists inside them."""
    folded: list[Node] = []
    for node in nodes:
        if _is_the_same(node):
            _join(folded, node, str(node.render(context)))
        elif isinstance(node, BlockTranslateNode) and _is_one_sentence(node):
            folded.append(Sentence(node))
        else:
            for inner in _lists_in(node):
                _fold(inner, context)
            folded.append(node)
    nodes[:] = folded


class Sentence(Node):
    """A sentence with names in it, translated once; each time only the names are filled in."""

    def __init__(self, node: Any) -> None:
        """Translate what the block says, as the block itself would each time."""
        said, self._names = node.render_token_list(node.singular)
        given = node.extra_context
        about = node.message_context
        self._said = pgettext(about.resolve({}), said) if about else gettext(said)
        self._values = NodeList(
            VariableNode(given.get(name) or FilterExpression(name, Parser([]))) for name in self._names
        )
        self.token, self.origin = node.token, node.origin
        self._said % dict.fromkeys(self._names, "")  # a translation that names something else is refused here

    def render(self, context: Context) -> str:
        """Fill the names in."""
        values = [value.render(context) for value in self._values]
        return self._said % dict(zip(self._names, values, strict=True))


def _join(folded: list[Node], node: Node, text: str) -> None:
    """Add a text, to the one before it if there is one."""
    if folded and isinstance(folded[-1], TextNode):
        folded[-1] = _text(folded[-1], folded[-1].s + text)
    elif text:
        folded.append(_text(node, text))


def _text(like: Any, said: str) -> TextNode:
    node: Any = TextNode(said)
    node.token, node.origin = like.token, like.origin
    text: TextNode = node
    return text


def _lists_in(node: Any) -> list[NodeList]:
    """Find the lists of nodes inside one."""
    if isinstance(node, IfNode):
        return [inner for _condition, inner in node.conditions_nodelists]
    lists = [getattr(node, name, None) for name in node.child_nodelists]
    return [inner for inner in lists if isinstance(inner, NodeList)]


def _is_the_same(node: Any) -> bool:
    """Test if a node draws the same on every page in one language."""
    if isinstance(node, TranslateNode):
        is_said = node.asvar is None and (node.message_context is None or _is_constant(node.message_context))
        return is_said and _is_constant(node.filter_expression)
    if isinstance(node, URLNode):
        return node.asvar is None and not node.args and not node.kwargs and _is_constant(node.view_name)
    if isinstance(node, StaticNode):
        return node.varname is None and _is_constant(node.path)
    if isinstance(node, SimpleNode):
        given = [*node.args, *node.kwargs.values()]
        return node.func in ALWAYS_THE_SAME and node.target_var is None and all(map(_is_constant, given))
    return isinstance(node, (TextNode, *SAYS_NOTHING))


def _is_one_sentence(node: Any) -> bool:
    """Test if a block of words is one sentence for all numbers, and stands where it is."""
    about = node.message_context
    return not node.plural and node.asvar is None and (about is None or _is_constant(about))


def _is_constant(said: Any) -> bool:
    """Test if an expression of a template looks nothing up and filters nothing."""
    if not isinstance(said, FilterExpression):
        return False
    return not said.filters and (not isinstance(said.var, Variable) or said.var.lookups is None)
