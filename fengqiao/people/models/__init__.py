from fengqiao.people.models.post import Post
from fengqiao.people.models.stafflog import StaffLog
from fengqiao.people.models.unit import FormerName, Unit
from fengqiao.people.models.user import ADMINISTRATORS, Role, User

__all__ = ["ADMINISTRATORS", "FormerName", "Post", "Role", "StaffLog", "Unit", "User"]
