"""A dispute is brought to a committee: report, case and dossier begin in one act, while whoever asks is still there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from fengqiao.cases.transitions.opening import Opening
from fengqiao.intake.transitions.at_once import receive_and_open
from fengqiao.intake.transitions.receiving import Entry, Receipt
from fengqiao.mediation.transitions.opening import Dispute, open_dossier
from fengqiao.mediation.transitions.parties import Known, add_party
from fengqiao.people.models import Unit, User
from fengqiao.places.models import County


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A dispute as it is told at the table: the case, what is known of it, who asks and who answers."""

    opening: Opening
    dispute: Dispute
    asks: Known
    answer: tuple[Known, ...]
    to: Unit


def take_in_dispute(county: County, entry: Entry, brought: Brought, *, by: User, at: datetime) -> Receipt:
    """Take a dispute in for a committee: all of it or nothing; who asks becomes a party with code and secret.

    The same form sent twice is one report, one case and one dossier.
    """
    with transaction.atomic():
        receipt = receive_and_open(county, entry, brought.opening, by=by, at=at)
        case = receipt.report.case
        if receipt.came_before or case is None:
            return receipt
        dossier = open_dossier(case, brought.dispute, to=brought.to, by=by, at=at)
        for known in _parties(brought, receipt):
            add_party(dossier, known, by=by, at=at)
    return receipt


def _parties(brought: Brought, receipt: Receipt) -> Iterable[Known]:
    """Give who asks, with the report as the own channel, and then who answers."""
    yield replace(brought.asks, report=receipt.report.pk)
    yield from brought.answer
