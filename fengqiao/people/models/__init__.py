from fengqiao.people.models.attempt import FailedSignIn
from fengqiao.people.models.post import Post
from fengqiao.people.models.signin import SignIn
from fengqiao.people.models.stafflog import StaffLog
from fengqiao.people.models.unit import FormerName, Unit
from fengqiao.people.models.user import ADMINISTRATORS, Role, User

__all__ = ["ADMINISTRATORS", "FailedSignIn", "FormerName", "Post", "Role", "SignIn", "StaffLog", "Unit", "User"]
