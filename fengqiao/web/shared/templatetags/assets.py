"""{% asset "entry-console" %} loads a page's styles and scripts; {% icon "phone" %} draws an icon in its place."""

from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from fengqiao.web.shared import frontend

register = template.Library()


@register.simple_tag
def asset(entry: str) -> SafeString:
    """Load one entry of the front end with everything it imports."""
    main, *imported = frontend.scripts_of(entry)
    links = format_html_join("", '<link rel="stylesheet" href="{}">', _addresses(frontend.styles_of(entry)))
    early = format_html_join("", '<link rel="modulepreload" href="{}">', _addresses(imported))
    return format_html('{}{}<script type="module" src="{}"></script>', links, early, static(f"built/{main}"))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon: silent beside words, or saying `label` where it stands alone."""
    if not label:
        return _silent(name, settings.FRONTEND_DIR)
    drawing = mark_safe(frontend.icon(name))  # our own build, never a user's text
    return format_html('<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, drawing)


@lru_cache(500)
def _silent(name: str, _built_in: Path) -> SafeString:
    drawing = mark_safe(frontend.icon(name))
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


def _addresses(files: list[str]) -> list[tuple[str]]:
    return [(static(f"built/{file}"),) for file in files]
