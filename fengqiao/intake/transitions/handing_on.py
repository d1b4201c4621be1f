"""A matter goes on in another county under the codes its residents hold."""

from datetime import datetime

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handing_on
from fengqiao.cases.transitions.taking import held
from fengqiao.intake.models import Report
from fengqiao.people.models import User
from fengqiao.places.models import County


def hand_on(case: Case, *, to: County, reason: str, by: User, at: datetime) -> Case:
    """End a case here as not ours and let its reports follow it to the other county; give the case that ended."""
    with held(case) as case:  # before its reports: what joins it now goes along, or is told that it has ended
        reports = Report.objects.select_for_update().filter(case=case).order_by("received_at", "id")
        codes = [report.code for report in reports]
        leg = handing_on.hand_on(case, to=to, reason=reason, codes=codes, by=by, at=at)
        Report.objects.filter(code__in=codes).update(case=leg)
        case.refresh_from_db()
    return case
