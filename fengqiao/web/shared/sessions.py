"""Sessions in the database, read together with the account and its posts: every page of the desk begins with them."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import DatabaseError, IntegrityError
from django.db.models import QuerySet
from django.utils.timezone import now

from fengqiao.cases.scope import HELD
from fengqiao.kit.joined import Joined
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.workdays import day_of
from fengqiao.kit.writing import update_now
from fengqiao.people.models import User

MOST_KNOWN = 10_000
MOST_READ = 1_000


class SessionStore(db.SessionStore):
    """Django's own sessions in the database, found and written faster."""

    account: User | None = None  # read with the session; whether the session is theirs is judged by `backends.Staff`

    def _validate_session_key(self, key: str | None) -> bool:
        """Test if this can be a key of ours: in a cookie may stand what no database takes."""
        fits: Any = super()._validate_session_key  # type: ignore[misc]  # Django's own, without stubs
        return key is not None and key.isascii() and key.isalnum() and bool(fits(key))

    def load(self) -> dict[str, Any]:
        """Read the session, and note whose it is for the next time."""
        key, said = str(self.session_key), super().load()
        if whose := said.get(SESSION_KEY):
            if len(_WHOSE) >= MOST_KNOWN:
                _WHOSE.clear()
            _WHOSE[key] = UUID(whose)
        return said

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Read what a session says; each request gets words of its own."""
        try:
            said: dict[str, Any] = self.serializer().loads(_unsigned(session_data, self.key_salt))
        except (signing.BadSignature, ValueError):
            return super().decode(session_data)  # which says what is wrong
        return said

    def _get_session_from_db(self) -> Session | None:
        key, at = str(self.session_key), now()
        whose = _WHOSE.get(key)
        if whose is None:
            found = _LASTING(key, at)
        else:
            on = day_of(at)
            found, accounts, posts = _ALL((key, at), (whose,), (whose, on))
            self.account = next(iter(accounts), None)
            if self.account is not None:
                self.account.posts_at_hand = {on: posts}
        if not found:
            self._session_key = None
            return None
        return found[0]

    def save(self, must_create: bool = False) -> None:
        """Store the session as Django does: one that is there already by one statement, which needs no transaction."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        try:
            is_there = update_now(self.create_model_instance(dict(self.items())), {"session_data", "expire_date"})
        except IntegrityError:
            raise
        except DatabaseError:
            raise UpdateError from None
        if not is_there:
            raise UpdateError


class AsItIs:
    """Leaves what was signed as it is."""

    def loads(self, said: bytes) -> bytes:
        """Read nothing of it yet."""
        return said


@lru_cache(maxsize=MOST_READ)
def _unsigned(session_data: bytes | str, salt: str) -> bytes:
    """Take what was signed out of its text: that its signature is right, it stays; a wrong one raises each time."""
    loads: Any = signing.loads  # its stub wants what writes, too
    said: bytes = loads(session_data, salt=salt, serializer=AsItIs)
    return said


# Whose a session was when it was last read here: a guess of what to read with it, which decides nothing.
_WHOSE: dict[str, UUID] = {}


def _lasting(_shape: object, key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at).only("session_data")


_LASTING: Prepared[Session] = Prepared(_lasting)


def _account(_shape: object, user: UUID) -> QuerySet[User]:
    return User.objects.filter(pk=user).defer(*User.DJANGO_KEEPS)


ACCOUNT: Prepared[User] = Prepared(_account)
_ALL = Joined(_LASTING, ACCOUNT, HELD)
