"""A paper as a Word file, filled into a template that people edit in Word or WPS."""

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.papers.contents import Paper
from fengqiao.mediation.papers.fields import Tree, Words, tree
from fengqiao.mediation.papers.forms import form_of

# docxtpl reads braces once more after filling in; as entities they stay what people wrote.
BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
NEW_PARAGRAPH = "\a"  # what docxtpl takes for one; no text has it, fields.clean took it out


def fill(paper: Paper) -> bytes:
    """Fill a paper into its Word template; a county's own that cannot be filled is refused by name."""
    file = form_of(paper).word
    try:
        return _filled(_read(file, file.stat().st_mtime_ns), tree(paper))
    except TemplateError as error:
        what = error.message or type(error).__name__
    except (BadZipFile, KeyError, ValueError):
        what = _("it is not a Word file")
    raise Refused(_("The template %(file)s cannot be filled: %(what)s") % {"file": file.name, "what": what})


def _filled(template: bytes, words: Tree) -> bytes:
    document = DocxTemplate(BytesIO(template))
    document.render(_marked(words), jinja_env=_environment())
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _marked(words: Words) -> Words:
    """Make what people wrote safe inside the XML of a document; each of its lines becomes a paragraph."""
    if isinstance(words, dict):
        return {name: _marked(word) for name, word in words.items()}
    if isinstance(words, list):
        return [_marked(word) for word in words]
    if isinstance(words, str):
        return Markup(str(escape(words)).translate(BRACES).replace("\n", NEW_PARAGRAPH))  # noqa: S704
    return words


class _Sandbox(SandboxedEnvironment):
    """A sandbox that compiles each template once in a process: half of the time a paper takes, and memory, too."""

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:
        """Give the compiled template; docxtpl asks for the same ones with every paper."""
        return _compiled(self, str(source))


@lru_cache(maxsize=256)
def _compiled(environment: _Sandbox, source: str) -> Template:
    return SandboxedEnvironment.from_string(environment, source)


@cache
def _environment() -> _Sandbox:
    return _Sandbox(undefined=StrictUndefined, autoescape=True)


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> bytes:
    return file.read_bytes()
