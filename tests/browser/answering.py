"""How many requests the server is at: a browser that is closed leaves what it asked last to be done all the same."""

from threading import Condition

from django.core.handlers.wsgi import WSGIHandler

PATIENCE = 60.0  # seconds; a request that takes longer is a fault


class Answering:
    """Counts the requests that have begun and have not ended."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = Condition()

    def begun(self, sender: object, **_: object) -> None:
        """Hear that a request begins."""
        self._change(sender, 1)

    def ended(self, sender: object, **_: object) -> None:
        """Hear that a request is answered."""
        self._change(sender, -1)

    def is_over(self) -> bool:
        """Wait until nothing is under way; false if something never ends."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._count, timeout=PATIENCE)

    def _change(self, sender: object, by: int) -> None:
        """Count what the server does; what a test asks itself is answered when it goes on."""
        if isinstance(sender, type) and issubclass(sender, WSGIHandler):
            with self._changed:
                self._count += by
                self._changed.notify_all()
