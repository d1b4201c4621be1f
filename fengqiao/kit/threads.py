"""Where Django keeps, for each request, its language, its time and its connection: by thread (docs/adr/0080).

Django keeps them so that asynchronous code finds its own, which takes ten times as long to read; a page reads them
seven hundred times. The web server answers each request in one thread from its beginning to its end.
"""

import threading
from typing import Any

from django.db import connections
from django.urls import base as urls
from django.utils import timezone
from django.utils.translation import trans_real as translation

KEPT: tuple[tuple[Any, str], ...] = (
    (translation, "_active"),
    (timezone, "_active"),
    (urls, "_prefixes"),
    (urls, "_urlconfs"),
    (connections, "_connections"),
)


def keep_by_thread() -> None:
    """Keep them by thread from now on; what this thread has there already is kept on."""
    for owner, name in KEPT:
        before = getattr(owner, name)
        if not isinstance(before, threading.local):
            after = threading.local()
            vars(after).update(_said(before))
            setattr(owner, name, after)


def _said(before: Any) -> dict[str, Any]:
    """Give what this thread has there: asgiref's two kinds keep it differently."""
    storage = before._storage
    said: dict[str, Any] = vars(storage) if isinstance(storage, threading.local) else storage._storage().data
    return said
