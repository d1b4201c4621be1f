"""Who a session belongs to, asked for by a prepared query: every page of the desk begins with it."""

from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from fengqiao.kit.prepared import Prepared
from fengqiao.people.models import User


class Staff(ModelBackend):
    """Django's own way of signing in with a password; the person is found faster afterwards."""

    def get_user(self, user_id: object) -> User | None:
        """Find an account that may still sign in."""
        found = next(iter(_ACCOUNT(UUID(str(user_id)))), None)
        return found if found is not None and self.user_can_authenticate(found) else None


def _account(_shape: object, user: UUID) -> QuerySet[User]:
    return User.objects.filter(pk=user)


_ACCOUNT: Prepared[User] = Prepared(_account)
