"""One request at a time in each process, and slow connections wait outside.

Python runs one thread at a time; two that ask the database by turns cost each other a third of what they do. But a
phone in the hills sends a photo for a minute, and must not keep others waiting: that is taken in before its turn.
"""

import threading
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from wsgiref.types import StartResponse, WSGIEnvironment

App = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]
IN_MEMORY = 512 * 1024
AT_MOST = 64 * 1024 * 1024  # more than any form may carry; what says it is larger is refused in its turn, unread
PIECE = 64 * 1024


def in_turn(app: App) -> App:
    """Let requests into `app` one by one, each once it has arrived whole."""
    turn = threading.Lock()

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
            _take_in(environ, kept)
            with turn:
                return app(environ, start)

    return answer


def _take_in(environ: WSGIEnvironment, kept: SpooledTemporaryFile[bytes]) -> None:
    """Take in the body of a request, however long it takes to come."""
    said = str(environ.get("CONTENT_LENGTH") or "")
    missing = int(said) if said.isdecimal() else 0
    if 0 < missing <= AT_MOST:
        source = cast(IO[Any], environ["wsgi.input"])
        while missing > 0 and (piece := source.read(min(PIECE, missing))):
            kept.write(piece)
            missing -= len(piece)
        kept.seek(0)
        environ["wsgi.input"] = kept
