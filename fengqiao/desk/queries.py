"""The due times one person owes: what a calendar may be told of them."""

from datetime import datetime

from django.db.models import Q

from fengqiao.cases.models import Case, Stage
from fengqiao.cases.queries import NEEDS, Cases, waits
from fengqiao.cases.scope import NOTHING, held_posts, reach
from fengqiao.kit.keys import all_of
from fengqiao.people.models import User

MOST = 500
# Under which names a case waits for someone, and the clocks that person then owes; other clocks are other people's.
OWED: dict[str, frozenset[Stage]] = {
    "late": frozenset({Stage.ACCEPT, Stage.HANDLE}),
    "accept": frozenset({Stage.ACCEPT}),
    "soon": frozenset({Stage.HANDLE}),
    "handle": frozenset({Stage.HANDLE}),
    "dispatch": frozenset({Stage.DISPATCH}),
    "designate": frozenset({Stage.DESIGNATE}),
    "decide": frozenset({Stage.DECIDE}),
    "revisit": frozenset({Stage.REVISIT}),
}


def dates_owed(user: User, at: datetime) -> Cases:
    """Narrow to the cases whose present due time this user owes, the nearest first; never a restricted one."""
    posts, owed = held_posts(user, at), NOTHING
    for key, stages in OWED.items():
        owing = [post for post in posts if post.role in NEEDS[key].roles]
        if owing:
            owed |= reach(user, owing) & all_of([waits(key, owing, at)]) & Q(due_stage__in=stages)
    found = Case.objects.filter(owed, is_restricted=False, due_at__isnull=False)
    return found.select_related("region__parent__parent__parent").defer("search").order_by("due_at", "id")[:MOST]
