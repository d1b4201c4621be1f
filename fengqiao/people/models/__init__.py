from fengqiao.people.models.attempt import FailedSignIn
from fengqiao.people.models.post import Post
from fengqiao.people.models.presence import DutyTurn, Presence
from fengqiao.people.models.signin import SignIn
from fengqiao.people.models.stafflog import StaffLog
from fengqiao.people.models.unit import FormerName, Unit
from fengqiao.people.models.user import ADMINISTRATORS, Role, User

__all__ = [
    "ADMINISTRATORS",
    "DutyTurn",
    "FailedSignIn",
    "FormerName",
    "Post",
    "Presence",
    "Role",
    "SignIn",
    "StaffLog",
    "Unit",
    "User",
]
