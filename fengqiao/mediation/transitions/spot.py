"""A dispute is settled on the spot and written down in a minute; a party may confirm it; a person may look at it.

Nobody signs: an oral agreement needs none (人民调解法 art. 28, 30), and a signature demanded for a number is forged.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.kit.codes import ALPHABET
from fengqiao.kit.holding import hold
from fengqiao.kit.sealing import keyed_digest
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Mediator, SpotRecord, SpotReview
from fengqiao.mediation.onspot import areas_reviewed_by, desks_of
from fengqiao.mediation.sameness import digest_of
from fengqiao.mediation.seats import seated
from fengqiao.mediation.spotlimits import Quarrel, beyond
from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.people.models import Unit, User
from fengqiao.places.models import Region

CODE_LENGTH = 8
UNDONE_WITHIN = timedelta(minutes=5)
ANSWERED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was settled: between whom, what it was about, and how."""

    mediator: Mediator
    region: Region
    type: DisputeType
    who: str
    what: str
    settled: str
    settled_at: datetime
    amount: Decimal | None = None


def record(said: Settled, *, to: Unit, by: User, at: datetime) -> tuple[SpotRecord, str]:
    """Write down what was settled, for a committee; beside it stands the code a party may confirm it with."""
    _must_be_ones_own(said, to, by, at)
    _must_be_whole(said, at)
    _must_be_within(said, to.county, at)
    code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
    made = SpotRecord.objects.create(
        county=to.county,
        unit=to,
        path=said.region.path,
        at=at,
        by=by,
        sameness=digest_of(said.who, said.what, said.settled),
        confirm_digest=digest_of_code(code),
        **{name: getattr(said, name) for name in Settled.__dataclass_fields__},
    )
    return made, code


def undo(made: SpotRecord, *, by: User, at: datetime) -> None:
    """Take a record back that was just written, as long as no party has answered to it."""
    with transaction.atomic():
        made = hold(SpotRecord, made.pk)
        if made.by_id != by.pk or at > made.at + UNDONE_WITHIN:
            raise Refused(_("Only your own record can be taken back, and only for five minutes."))
        if made.confirmed_at or made.disputed_at:
            raise Refused(_("A party has answered to it already."))
        made.delete()


def find_by_code(code: str, at: datetime) -> SpotRecord | None:
    """Find the record a party was given this code for, as long as it can be answered to."""
    fresh = SpotRecord.objects.filter(confirm_digest=digest_of_code(code), at__gt=at - ANSWERED_WITHIN)
    return fresh.select_related("unit", "mediator").first()


def answer(made: SpotRecord, *, is_so: bool, at: datetime) -> SpotRecord:
    """Record what a party says by its code: it was so, or it was not; the first of each stays."""
    with transaction.atomic():
        made = hold(SpotRecord, made.pk)
        name = "confirmed_at" if is_so else "disputed_at"
        if getattr(made, name) is None:
            setattr(made, name, at)
            made.save(update_fields=[name])
    return made


def review(
    made: SpotRecord, finding: SpotReview.Finding, words: str, *, questions: str = "", by: User, at: datetime
) -> SpotReview:
    """Write down what was found when somebody looked at a record; nobody looks at their own."""
    if not any(f"{made.path}.".startswith(f"{area.path}.") for area in areas_reviewed_by(by, at)):
        raise Refused(_("Records are looked at by the supervisor, or by the director of the county's committee."))
    if by.pk in (made.by_id, made.mediator.user_id):
        raise Refused(_("Nobody looks at their own record."))
    if not words.strip():
        raise Refused(_("Say what you found."))
    said = {"finding": finding, "words": words, "questions": questions, "by": by, "at": at, "county": made.county}
    return SpotReview.objects.update_or_create(record=made, defaults=said)[0]


def digest_of_code(code: str) -> str:
    """Compute what is stored of a code: keyed, so that a stolen table gives none away."""
    return keyed_digest(settings.SECRET_KEY, f"spot record {code}")


def _must_be_ones_own(said: Settled, to: Unit, by: User, at: datetime) -> None:
    """Refuse a record for another committee, of another area, or by a mediator who does not sit there."""
    desks = [desk for desk in desks_of(by, at) if desk.unit.pk == to.pk]
    if not desks:
        raise Refused(_("Mediators and grid workers write on-the-spot records, each for their own committee."))
    if not any(f"{said.region.path}.".startswith(f"{desk.area.path}.") for desk in desks):
        raise Refused(_("This place is outside the area you answer for."))
    if not seated(to, at).filter(pk=said.mediator.pk).exists():
        raise Refused(_("%(mediator)s has no seat in this committee.") % {"mediator": said.mediator})


def _must_be_within(said: Settled, county: str, at: datetime) -> None:
    """Refuse what a county does not let be settled on the spot."""
    if why := beyond(Quarrel(said.type, said.amount, said.settled_at), county, at):
        raise Refused(why)


def _must_be_whole(said: Settled, at: datetime) -> None:
    """Refuse a record that does not say who, what and how, or of a time to come."""
    if not all(words.strip() for words in (said.who, said.what, said.settled)):
        raise Refused(_("Say between whom it was, what about, and how it was settled."))
    if said.settled_at > at:
        raise Refused(_("What is settled lies in the past."))
