"""From where somebody knocks at the desk's door, and the count of those who were not let in."""

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.utils.timezone import now

from fengqiao.people.models import FailedSignIn
from fengqiao.people.transitions import attempts


def record_failure(name: str, proof: FailedSignIn.Proof) -> None:
    """Count a failed sign-in of the request that is being answered."""
    attempts.record_failure(name, proof, address=get_adapter().get_client_ip(context.request), at=now())
