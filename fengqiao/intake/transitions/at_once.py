"""A report is taken in and its case opened in one act, while whoever tells it is still there."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.transitions import opening
from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Nature
from fengqiao.intake.models import Decision
from fengqiao.intake.transitions import receiving
from fengqiao.intake.transitions.receiving import Entry, Receipt
from fengqiao.intake.workflow import Outcome, Status
from fengqiao.kit.rows import new
from fengqiao.kit.verdict import Refused
from fengqiao.kit.writing import insert
from fengqiao.people.models import User
from fengqiao.places.models import County


def receive_and_open(county: County, entry: Entry, what: Opening, *, by: User, at: datetime) -> Receipt:
    """Take a report in and open a case for it: both or neither. The same form sent twice is one report and one case.

    Raises Refused for an accusation: who may see it is decided with the whole report in view.
    """
    if entry.nature == Nature.ACCUSATION:
        raise Refused(_("An accusation is decided on with the whole report in view: save it, then triage it."))

    def write(county: County, entry: Entry, _by: User | None, at: datetime) -> Receipt:
        report, secret = receiving.described(county, entry, by, at)
        clock = receiving.start_triage(report, at)
        clock.met_at, clock.alert_at, clock.alert_level = at, None, 0
        report.case = opening.open_case(what, report_code=report.code, by=by, at=at)
        report.status = Status.IN_CASE
        receiving.keep(report, clock, entry, by)
        insert(
            new(Decision, county=report.county, report=report, outcome=Outcome.OPENED, by=by, at=at, case=report.case),
        )
        return Receipt(report, secret)

    return receiving.once(county, entry, write, by=by, at=at)
