"""A lean HTTP client: one kept-alive connection, whole answers, nothing a browser would not send."""

import re
import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
PLACE = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *([^=]+)=([^;\r]*)", re.IGNORECASE)
PATIENCE = 60.0  # seconds; longer than any server may take, so that a slow answer is still measured
IDLE = 20.0  # seconds
FORM = "application/x-www-form-urlencoded"


class Broken(Exception):
    """The answer was not what the page should have been."""


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        """Where it leads."""
        found = PLACE.search(self.head)
        return found[1].decode() if found else ""


@dataclass
class Browser:
    """One person's browser: a connection, the cookies and the form token of the last page that had one."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    link: socket.socket | None = None
    asked: int = 0
    used: float = 0.0

    def get(self, path: str, extra: str = "") -> Answer:
        """Fetch a page."""
        return self._ask(f"GET {path} HTTP/1.1\r\n{self._head()}{extra}\r\n".encode())

    def submit(self, path: str, said: dict[str, str], *, htmx: bool = False) -> Answer:
        """Send a form as its page does."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **said}).encode()
        origin = f"Origin: http://{self.host}:{self.port}\r\n"
        more = "HX-Request: true\r\nHX-Target: case\r\n" if htmx else ""
        head = f"POST {path} HTTP/1.1\r\n{self._head()}{origin}{more}Content-Type: {FORM}\r\n"
        return self._ask(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def follow(self, answer: Answer) -> Answer:
        """Go where answers lead, to the page at the end."""
        while answer.status in (301, 302, 303):
            answer = self.get(answer.location)
        return answer

    def read_token(self, answer: Answer) -> None:
        """Keep the form token of a page, and the cookies that came with it."""
        self.cookies.update((name.decode(), value.decode()) for name, value in COOKIE.findall(answer.head))
        if found := TOKEN.search(answer.body):
            self.token = found[1].decode()

    def close(self) -> None:
        """Hang up."""
        if self.link is not None:
            self.link.close()
            self.link = None

    def _head(self) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        said = f"Cookie: {cookies}\r\n" if cookies else ""
        return f"Host: {self.host}:{self.port}\r\nUser-Agent: bench\r\nAccept: text/html\r\n{said}"

    def _ask(self, request: bytes) -> Answer:
        self.asked += 1
        if self.link is not None and time.monotonic() - self.used > IDLE:
            self.close()  # the server lets go of what nobody uses for half a minute, and a browser knows
        self.used = time.monotonic()
        if self.link is None:
            self.link = socket.create_connection((self.host, self.port), timeout=PATIENCE)
            self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.link.sendall(request)
            return self._answer(self.link)
        except (OSError, Broken):
            self.close()  # half an answer must not be taken for the beginning of the next
            raise

    def _answer(self, link: socket.socket) -> Answer:
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += _more(link)
        head, body = received[: end + 2], received[end + 4 :]
        found = LENGTH.search(head)
        missing = (int(found[1]) if found else 0) - len(body)
        parts = [body]
        while missing > 0:
            parts.append(_more(link))
            missing -= len(parts[-1])
        return Answer(int(head[9:12]), head, b"".join(parts))


def _more(link: socket.socket) -> bytes:
    received = link.recv(262_144)
    if not received:
        raise Broken("the server hung up")
    return received
