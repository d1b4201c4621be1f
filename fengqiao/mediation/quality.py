"""Questions about on-the-spot records: the same words again and again, and times that cannot be.

Each is a question to a person, who looks and says what was found; none is a score, and how many somebody wrote is
neither shown nor rewarded. Forged records were what targets for volume brought forth.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.db.models import F, Q, TextChoices
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from fengqiao.mediation.models import Membership, SpotLimits, SpotRecord
from fengqiao.mediation.sameness import bare, overlap, pairs_of
from fengqiao.places.models import Region
from fengqiao.places.scope import within

HOUR = timedelta(hours=1)
DISPUTED_WITHIN = timedelta(days=120)  # a code can be used for thirty days
NIGHT = range(5)  # from midnight to five
SHORTEST = 8  # signs; fewer words are alike by chance
COMPARED = 300  # different texts of one committee, the newest


class Question(TextChoices):
    """What is asked about a record."""

    DISPUTED = "disputed", _("A party says it was not so")
    REPEATED = "repeated", _("The same words stand in other records")
    NEARLY = "nearly", _("Nearly the same words stand in other records of this committee")
    SAME_MINUTE = "same_minute", _("The same mediator was elsewhere at the same minute")
    MANY = "many", _("Many records of one mediator within an hour")
    NIGHT = "night", _("At night, between midnight and five")
    NOT_SERVING = "not_serving", _("The mediator did not serve on that day")


Asked = dict[UUID, list[Question]]


def records_in(areas: Iterable[Region], limits: SpotLimits, at: datetime) -> list[SpotRecord]:
    """Fetch the records of some areas that the review looks back at, the newest first."""
    which = Q(pk__in=[])
    for area in areas:
        which |= within("path", area)
    since = at - timedelta(days=limits.days)
    rows = SpotRecord.objects.filter(which, county=limits.county, settled_at__gte=since)
    return list(rows.select_related("mediator", "unit", "region", "review", "by").order_by("-settled_at", "id"))


def disputed_in(areas: Iterable[Region], at: datetime) -> int:
    """Count the records of some areas that a party disputes and nobody has looked at since."""
    which = Q(pk__in=[])
    for area in areas:
        which |= within("path", area)
    said = SpotRecord.objects.filter(which, disputed_at__isnull=False, disputed_at__gt=at - DISPUTED_WITHIN)
    return said.exclude(review__at__gte=F("disputed_at")).count()


def questions(records: Sequence[SpotRecord], limits: SpotLimits) -> Asked:
    """Find what has to be asked about these records, in the order of the questions."""
    found = {
        Question.DISPUTED: {each.pk for each in records if each.disputed_at},
        Question.REPEATED: _repeated(records, limits),
        Question.SAME_MINUTE: _same_minute(records),
        Question.MANY: _many(records, limits),
        Question.NIGHT: {each.pk for each in records if localtime(each.settled_at).hour in NIGHT},
        Question.NOT_SERVING: _not_serving(records),
    }
    found[Question.NEARLY] = _nearly(records, limits) - found[Question.REPEATED]
    asked = {each.pk: [question for question in Question if each.pk in found[question]] for each in records}
    return {pk: said for pk, said in asked.items() if said}


def is_open(each: SpotRecord) -> bool:
    """Test if nobody has looked at a record yet, or a party disputed it since."""
    looked = getattr(each, "review", None)
    return looked is None or (each.disputed_at is not None and each.disputed_at > looked.at)


def _repeated(records: Sequence[SpotRecord], limits: SpotLimits) -> set[UUID]:
    """Find the records whose words, without names and numbers, stand in several, whoever wrote them."""
    alike: dict[str, list[SpotRecord]] = defaultdict(list)
    for each in records:
        if len(bare(each.what + each.settled, each.who)) >= SHORTEST:
            alike[each.sameness].append(each)
    return {each.pk for group in alike.values() if len(group) >= limits.alike for each in group}


def _nearly(records: Sequence[SpotRecord], limits: SpotLimits) -> set[UUID]:
    """Find the records of one committee that share most pairs of signs with several others of it."""
    by_unit: dict[UUID, list[SpotRecord]] = defaultdict(list)
    for each in records:
        by_unit[each.unit_id].append(each)
    return {pk for rows in by_unit.values() for pk in _near_ones(rows[:COMPARED], limits)}


def _near_ones(rows: Sequence[SpotRecord], limits: SpotLimits) -> set[UUID]:
    pairs = [(each.pk, pairs_of(each.who, each.what, each.settled)) for each in rows]
    pairs = [(pk, found) for pk, found in pairs if len(found) >= SHORTEST]
    near: dict[UUID, int] = defaultdict(int)
    for place, (pk, one) in enumerate(pairs):
        for other_pk, other in pairs[place + 1 :]:
            if overlap(one, other) >= limits.near:
                near[pk] += 1
                near[other_pk] += 1
    return {pk for pk, others in near.items() if others + 1 >= limits.alike}


def _same_minute(records: Sequence[SpotRecord]) -> set[UUID]:
    """Find the records of one mediator at one minute in different places."""
    at_once: dict[tuple[UUID, datetime], list[SpotRecord]] = defaultdict(list)
    for each in records:
        at_once[each.mediator_id, each.settled_at.replace(second=0, microsecond=0)].append(each)
    torn = [group for group in at_once.values() if _are_apart({each.path for each in group})]
    return {each.pk for group in torn for each in group}


def _are_apart(paths: set[str]) -> bool:
    """Test if some of these places lie apart; a village and its own grid do not."""
    return any(not f"{one}.".startswith(f"{other}.") for one, other in pairwise(sorted(paths, reverse=True)))


def _many(records: Sequence[SpotRecord], limits: SpotLimits) -> set[UUID]:
    """Find the records of one mediator that lie, with more others than can be, within one hour."""
    by_mediator: dict[UUID, list[SpotRecord]] = defaultdict(list)
    for each in sorted(records, key=lambda each: each.settled_at):
        by_mediator[each.mediator_id].append(each)
    found: set[UUID] = set()
    for rows in by_mediator.values():
        for place, last in enumerate(rows[limits.in_an_hour :]):
            if last.settled_at - rows[place].settled_at < HOUR:
                found |= {each.pk for each in rows[place : place + limits.in_an_hour + 1]}
    return found


def _not_serving(records: Sequence[SpotRecord]) -> set[UUID]:
    """Find the records of a day on which the mediator had no seat in the committee."""
    seats: dict[tuple[UUID, UUID], list[tuple[date, date | None]]] = defaultdict(list)
    held = Membership.objects.filter(mediator__in={each.mediator_id for each in records})
    for unit, mediator, begins, ends in held.values_list("committee__unit", "mediator", "starts_on", "ends_on"):
        seats[unit, mediator].append((begins, ends))
    return {each.pk for each in records if not _served(each, seats[each.unit_id, each.mediator_id])}


def _served(each: SpotRecord, seats: Iterable[tuple[date, date | None]]) -> bool:
    on, who = localdate(each.settled_at), each.mediator
    if (who.since and on < who.since) or (who.left_on and on >= who.left_on):
        return False
    return any(begins <= on and (ends is None or on < ends) for begins, ends in seats)
