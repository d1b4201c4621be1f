from fengqiao.people.models.post import Post
from fengqiao.people.models.stafflog import StaffLog
from fengqiao.people.models.unit import Unit
from fengqiao.people.models.user import ADMINISTRATORS, Role, User

__all__ = ["ADMINISTRATORS", "Post", "Role", "StaffLog", "Unit", "User"]
