"""The page for a moment in which the database or the disk fails us: what was typed is kept and can be sent again.

It is drawn while nothing answers, so it asks nothing of database, session or signed-in person.
"""

import errno
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.middleware.csrf import get_token
from django.template import loader
from django.utils import translation

from fengqiao.web.shared import context
from fengqiao.web.shared.language import chosen

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_FULL = "53100"
WAITED_TOO_LONG = {"55P03", "57014", "40P01", "40001"}  # a lock, a statement, a deadlock, two writers
NEVER_KEPT = {"csrfmiddlewaretoken"}
SECRETS = {"password", "password1", "password2", "oldpassword", "again", "secret", "credential", "address"}
SECOND_FACTOR = "code"  # under /accounts/ only; elsewhere it is the code of a report
ACCOUNTS = "/accounts/"


class Hindrance(Enum):
    """What hinders us; each with the seconds after which it is worth another try."""

    AWAY = "away", 15
    BUSY = "busy", 5
    FULL = "full", 300

    def __init__(self, word: str, seconds: int) -> None:
        self.word, self.seconds = word, seconds


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form brought, as far as it may stand in a page again."""

    fields: list[tuple[str, str]]
    holds_back: bool  # a password or a code was typed
    had_files: bool


def hindrance(error: BaseException | None) -> Hindrance | None:
    """Tell a moment's hindrance from a fault in the program."""
    if isinstance(error, OSError):
        return Hindrance.FULL if error.errno in NO_ROOM else None
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    state = getattr(error.__cause__, "sqlstate", None)
    if state in WAITED_TOO_LONG:
        return Hindrance.BUSY
    return Hindrance.FULL if state == DISK_FULL else Hindrance.AWAY


def answer(request: HttpRequest, what: Hindrance) -> HttpResponse:
    """Say what hinders us; a page that was asked for can be asked for again, a form that was sent be sent again."""
    with translation.override(chosen(request)):  # whoever fails may stand outside of what else sees to that
        template = loader.get_template("errors/503.html#sentence" if is_part(request) else "errors/503.html")
        page = template.render(
            {
                "what": what.word,
                "action": request.get_full_path(),
                "is_form": request.method == "POST",
                "typed": typed(request),
                "csrf_token": get_token(request),
                **context.page(request),
            }
        )
    headers = {"Retry-After": str(what.seconds), "Cache-Control": "no-store"}
    if is_part(request):
        headers |= {"HX-Retarget": "#request-failed span", "HX-Reswap": "innerHTML"}
    return HttpResponse(page, status=503, headers=headers)


def typed(request: HttpRequest) -> Typed:
    """Gather what was typed, without passwords and the codes of a second step; files cannot be kept."""
    try:
        sent, files = request.POST.lists(), bool(request.FILES)
    except (OSError, MultiPartParserError, RawPostDataException, SuspiciousOperation):
        return Typed([], holds_back=False, had_files=False)
    fields, holds_back = list[tuple[str, str]](), False
    for name, values in sent:
        if _is_secret(request, name):
            holds_back = True
        elif name not in NEVER_KEPT:
            fields += [(name, str(value)) for value in values]
    return Typed(fields, holds_back, files)


def _is_secret(request: HttpRequest, name: str) -> bool:
    last = name.rpartition("-")[2]  # forms that stand together name their fields after themselves
    return last in SECRETS or (last == SECOND_FACTOR and request.path.startswith(ACCOUNTS))


def is_part(request: HttpRequest) -> bool:
    """Test if only a part of a page was asked for, whose form is still there."""
    return request.headers.get("HX-Request") == "true"
