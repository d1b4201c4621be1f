"""A report is taken in and its case opened in one act, while whoever tells it is still there."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.transitions import triaging
from fengqiao.intake.transitions.receiving import Entry, Receipt, receive
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User
from fengqiao.places.models import County


def receive_and_open(county: County, entry: Entry, what: Opening, *, by: User, at: datetime) -> Receipt:
    """Take a report in and open a case for it: both or neither. The same form sent twice is one report and one case.

    Raises Refused for an accusation: who may see it is decided with the whole report in view.
    """
    if entry.nature == Nature.ACCUSATION:
        raise Refused(_("An accusation is decided on with the whole report in view: save it, then triage it."))
    with transaction.atomic():
        receipt = receive(county, entry, by=by, at=at)
        if not receipt.came_before:
            triaging.open_case(receipt.report, what, by=by, at=at)
    return receipt
