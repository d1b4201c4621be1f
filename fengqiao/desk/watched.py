"""What a person watches, and the steps taken there since they last looked.

Nothing is stored for a step: what is new is read from the record, within what the person can see at that moment.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from fengqiao.cases.models import Case, CaseLog
from fengqiao.cases.queries import Cases
from fengqiao.cases.scope import Shape, held_posts, shape_of, stand_in, values_of
from fengqiao.desk.models import Watch
from fengqiao.kit.prepared import Prepared
from fengqiao.people.models import User

MOST_LINES = 200


@dataclass(slots=True)
class News:
    """A watched case with its last new step, and how many more there are."""

    case: Case
    verb: str
    at: datetime
    more: int = 0


def watched(user: User, at: datetime) -> Cases:
    """Narrow the cases this user can see to those they watch."""
    return Case.objects.visible_to(user, at).filter(watched_by(user.pk))


def _unread(shape: Shape, *held: UUID | str) -> QuerySet[Watch]:
    user, posts = stand_in(shape, held)
    seen = Case.objects.reached_by(user, posts).filter(watched_by(user.pk))
    return Watch.objects.filter(user=user.pk, seen_line__lt=F("case__line_count"), case__in=seen)


_UNREAD: Prepared[Watch] = Prepared(_unread, spares_values=True)


def watched_by(user: UUID) -> Q:
    """Match the cases that this user watches."""
    return Q(Exists(Watch.objects.filter(case=OuterRef("pk"), user=user)))


def news(user: User, at: datetime) -> list[News]:
    """Tell what others did in the watched cases since this user last opened them, the latest first."""
    posts = held_posts(user, at)
    since = {each.case_id: each.seen_line for each in _UNREAD(*values_of(user, posts), shape=shape_of(posts))}
    if not since:
        return []
    lines = CaseLog.objects.standing().filter(case__in=since, at__lte=at).exclude(by=user).exclude(verb="undo_note")
    found: dict[object, News] = {}
    for line in lines.select_related("case").order_by("-at", "-line")[:MOST_LINES]:
        if line.line > since[line.case_id]:
            known = found.setdefault(line.case_id, News(line.case, line.verb, line.at, more=-1))
            known.more += 1
    return list(found.values())
