"""A browser as far as the load needs one: cookies, forms, files, and never an answer that was not read to its end."""

import http.client
import random
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

TIMEOUT = 30.0
Fields = dict[str, str]
Answer = tuple[int, dict[str, str], bytes]


class NoAnswer(Exception):
    """The connection broke off or the server said that it cannot answer now: nobody knows whether it was done."""


class Browser:
    """One person's browser; each has an address of its own, as the proxy in front would tell it."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookies: dict[str, str] = {}
        self.comes_from = f"10.{random.randrange(250)}.{random.randrange(250)}.{random.randrange(250)}"  # noqa: S311

    def ask(self, method: str, path: str, body: bytes = b"", headers: Fields | None = None) -> Answer:
        """Make one request and read the whole answer."""
        sent = {"X-Forwarded-For": self.comes_from, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        connection = http.client.HTTPConnection(self.host, timeout=TIMEOUT)
        try:
            connection.request(method, path, body or None, {**sent, **(headers or {})})
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(str(error)) from None
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(cookie).items()})
        if response.status >= 500:
            raise NoAnswer(str(response.status))
        return response.status, {name.lower(): value for name, value in response.headers.items()}, content

    def post(self, path: str, fields: Fields, files: dict[str, bytes] | None = None) -> Answer:
        """Send a form, with files if there are any."""
        given = {"csrfmiddlewaretoken": self.token(), **fields}
        if not files:
            return self.ask("POST", path, urlencode(given).encode(), {"Content-Type": FORM})
        boundary = uuid4().hex
        body = b"".join(_part(boundary, f'name="{name}"', value.encode()) for name, value in given.items())
        for name, content in files.items():
            body += _part(boundary, f'name="files"; filename="{name}"', content)
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.ask("POST", path, body + f"--{boundary}--\r\n".encode(), headers)

    def token(self) -> str:
        """Give the token that a form needs; the first page brings it."""
        if "csrftoken" not in self.cookies:
            self.ask("GET", "/accounts/login/")
        return self.cookies.get("csrftoken", "")

    def sign_in(self, name: str, password: str) -> None:
        """Sign in for real, again and again until it is done."""
        while "sessionid" not in self.cookies:
            try:
                self.post("/accounts/login/", {"login": name, "password": password})
            except NoAnswer:
                time.sleep(0.3)


FORM = "application/x-www-form-urlencoded"


def _part(boundary: str, about: str, content: bytes) -> bytes:
    return f"--{boundary}\r\nContent-Disposition: form-data; {about}\r\n\r\n".encode() + content + b"\r\n"
