"""One request at a time is answered, and one that is slow to arrive keeps nobody waiting."""

import io
import threading
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from fengqiao.web.shared.turns import AT_MOST, in_turn

PATIENCE = 10.0


class Slow(io.RawIOBase):
    """A body that comes when it is let."""

    def __init__(self, body: bytes) -> None:
        self.body, self.may_come = io.BytesIO(body), threading.Event()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert self.may_come.wait(PATIENCE)
        return self.body.read(min(size, 3) if size > 0 else 3)


def asked(body: Any = None, length: int = 0) -> WSGIEnvironment:
    return {"wsgi.input": body or io.BytesIO(), "CONTENT_LENGTH": str(length)}


def start(_status: str, _head: list[tuple[str, str]], _fault: Any = None) -> Any:
    return None


def test_a_body_arrives_whole() -> None:
    said: list[bytes] = []

    def app(environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        said.append(environ["wsgi.input"].read())
        return []

    body = Slow("路灯坏了五盏".encode())
    body.may_come.set()
    in_turn(app)(asked(body, 18), start)

    assert said[0].decode() == "路灯坏了五盏"


def test_what_is_slow_to_arrive_keeps_nobody_waiting() -> None:
    answered: list[str] = []

    def app(environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        answered.append(environ["wsgi.input"].read().decode())
        return []

    door, slow = in_turn(app), Slow(b"late")
    sending = threading.Thread(target=door, args=[asked(slow, 4), start])
    sending.start()
    door(asked(), start)
    assert answered == [""]

    slow.may_come.set()
    sending.join(PATIENCE)
    assert answered == ["", "late"]


def test_two_are_never_inside_at_once() -> None:
    inside, most, here = 0, 0, threading.Lock()

    def app(_environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        nonlocal inside, most
        with here:
            inside += 1
            most = max(most, inside)
        threading.Event().wait(0.01)
        with here:
            inside -= 1
        return []

    door = in_turn(app)
    hands = [threading.Thread(target=door, args=[asked(), start]) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(PATIENCE)

    assert most == 1


def test_what_says_it_is_larger_than_any_form_is_not_taken_in() -> None:
    body = io.BytesIO(b"x")

    def app(environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        assert environ["wsgi.input"] is body
        return []

    in_turn(app)(asked(body, AT_MOST + 1), start)
