"""What waits for somebody, asked for in the plain way."""

from datetime import datetime

from fengqiao.cases import queries
from fengqiao.cases.models import Case
from fengqiao.cases.scope import areas_of, ground_by_ground, grounds_of, hands_of, held_posts
from fengqiao.kit.keys import all_of
from fengqiao.people.models import User


def waiting_on(key: str, user: User, at: datetime) -> list[Case]:
    """List the cases that wait for this thing from somebody."""
    held = held_posts(user, at)
    owed = queries.owing(key, held)
    grounds = grounds_of(areas_of(owed), hands_of(user, owed, held=held))
    return list(ground_by_ground(Case.objects.all(), grounds, all_of([queries.waits(key, owed, at)])))
