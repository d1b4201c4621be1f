"""What the law asks of a committee's make-up and term, told as warnings: nothing is refused for it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.models import Committee, Membership

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

FEWEST, MOST = 3, 9  # 人民调解法 art. 8
SOON = timedelta(days=60)
MEMBERS = (Membership.Seat.DIRECTOR, Membership.Seat.DEPUTY, Membership.Seat.MEMBER)


def counted(committees: QuerySet[Committee], today: date) -> QuerySet[Committee]:
    """Add to each committee how many of each sort sit in it today."""
    held = Q(memberships__starts_on__lte=today) & (
        Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gt=today)
    )
    members = held & Q(memberships__seat__in=MEMBERS)
    return committees.annotate(
        members_count=Count("memberships", filter=members),
        women_count=Count("memberships", filter=members & Q(memberships__mediator__is_woman=True)),
        directors_count=Count("memberships", filter=held & Q(memberships__seat=Membership.Seat.DIRECTOR)),
        serving_count=Count("memberships", filter=held & Q(memberships__mediator__status="serving")),
    )


def warned(committees: QuerySet[Committee], today: date) -> QuerySet[Committee]:
    """Narrow counted committees to those of which something is to be said."""
    return committees.filter(
        Q(members_count__lt=FEWEST)
        | Q(members_count__gt=MOST)
        | Q(directors_count=0)
        | Q(women_count=0)
        | Q(serving_count=0)
        | Q(term_ends_on__isnull=True)
        | Q(term_ends_on__lte=today + SOON)
    )


def warnings_of(committee: Committee, today: date) -> list["StrPromise | str"]:
    """Say what is to be said of a counted committee."""
    count = {name: getattr(committee, f"{name}_count") for name in ("members", "women", "directors", "serving")}
    told = [
        (not FEWEST <= count["members"] <= MOST, _("It has %(members)d members; the law asks for three to nine.")),
        (count["directors"] == 0, _("It has no director.")),
        (count["women"] == 0, _("There is no woman among its members.")),
        (count["serving"] == 0, _("Nobody who serves sits in it: disputes sent to it would wait.")),
    ]
    return [words % count for is_so, words in told if is_so] + _of_term(committee.term_ends_on, today)


def _of_term(ends_on: date | None, today: date) -> list["StrPromise | str"]:
    """Say what is to be said of the term: three years (art. 9), then a new election."""
    if ends_on is None:
        return [_("The end of its term is not known.")]
    if ends_on <= today:
        return [_("Its term is over since %(day)s; the next is due.") % {"day": date_format(ends_on)}]
    if ends_on <= today + SOON:
        return [_("Its term ends on %(day)s.") % {"day": date_format(ends_on)}]
    return []
