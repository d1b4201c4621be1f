"""Every template that is drawn is drawn Django's own way, too, by templates neither folded nor quickened."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.template import Context, Engine, Template
from template_partials.templatetags.partials import TemplateProxy

TURNS = re.compile(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": "|nonce=")[^"]*')
Draw = Callable[[Any, Context], str]


@cache
def plain_engine() -> Engine:
    """Give the engine of the pages with Django's own loader in the place of ours."""
    ours = Engine.get_default()
    (partials, ((_folding, inner),)), *_others = ours.loaders
    loaders = [(partials, [("django.template.loaders.cached.Loader", inner)])]
    return Engine(
        loaders=loaders,
        libraries=ours.libraries,
        builtins=ours.builtins,
        context_processors=list(ours.context_processors),
    )


@contextmanager
def drawn_both_ways() -> Iterator[list[str]]:
    """Collect the names of the templates drawn meanwhile; what comes out differently is a fault."""
    drawn: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Template, TemplateProxy):
            patch.setattr(kind, "render", _comparing(kind.render, drawn))
        yield drawn


def _comparing(draw: Draw, drawn: list[str]) -> Draw:
    def render(self: Any, context: Context) -> str:
        name = _name(self)
        if context.template is not None or not name or self.origin.loader.engine is plain_engine():
            return draw(self, context)
        said = draw(self, context)
        wanted = draw(plain_engine().get_template(name), context)
        assert _settled(said) == _settled(wanted), name
        drawn.append(name)
        return said

    return render


def _name(drawn: Any) -> str:
    """Name a template as it is loaded; a part by the page that it is a part of."""
    own = drawn.origin.template_name
    return f"{own}#{drawn.name}" if own and isinstance(drawn, TemplateProxy) else own or ""


def _settled(said: str) -> str:
    return TURNS.sub(r"\1", said)
