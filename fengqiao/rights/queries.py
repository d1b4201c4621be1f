"""Read models for pages: who has looked, told by role."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from fengqiao.people.models import Post, Role
from fengqiao.rights.models import AccessLog


def looks_by_role(county: str, things: Iterable[UUID]) -> list[tuple[str, int]]:
    """Count the looks at things by the role held on that day; nobody is named."""
    looks = list(AccessLog.objects.filter(county=county, thing__in=list(things)).values_list("user", "at"))
    posts = list(Post.objects.filter(user__in={user for user, _at in looks}).order_by("starts_on"))
    counted = Counter(_role(posts, user, localdate(at)) for user, at in looks)
    return [(str(Role(role).label) if role else "", count) for role, count in counted.most_common()]


def _role(posts: list[Post], user: UUID, on: date) -> str:
    held = (post for post in posts if post.user_id == user and _is_held(post, on))
    return next((post.role for post in held), "")


def _is_held(post: Post, on: date) -> bool:
    return post.starts_on <= on and (post.ends_on is None or on < post.ends_on)
