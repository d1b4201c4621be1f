"""A resident no longer wants a matter that is in a case already: they ask, and the unit that has it concludes."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.cases.transitions.taking import Words, taking
from fengqiao.cases.withdrawals import still_wanted
from fengqiao.kit.verdict import Refused
from fengqiao.people.actors import Actor


def ask_withdraw(case: Case, *, report: str, words: str, by: Actor, at: datetime) -> Case:
    """Record that whoever brought this report no longer wants it; nothing ends by itself."""
    with taking("ask_withdraw", case, by=by, at=at, words=Words(note=words, facts={"report": report})) as case:
        if report not in still_wanted(case):
            raise Refused(_("This has been asked already; the unit that has the matter answers."))
    return case
