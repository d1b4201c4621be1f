"""{% kept "parts/steps.html" steps=strip.steps %} draws a part once for all that it is given, and keeps it."""

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

PARTS_KEPT = 1000

register = template.Library()


@register.simple_tag(takes_context=True)
def kept(context: Context, part: str, **given: Hashable) -> SafeString:
    """Draw a part that depends on nothing but its values and the language: not on who asks, nor on when."""
    assert context.template is not None
    return _drawn(context.template.engine, part, tuple(given.items()), get_language())


@lru_cache(PARTS_KEPT)
def _drawn(engine: Engine, part: str, given: tuple[tuple[str, Hashable], ...], _language: str | None) -> SafeString:
    drawn = engine.get_template(part).render(Context(dict(given)))
    return mark_safe(drawn.removesuffix("\n"))  # a template, escaped as ever
