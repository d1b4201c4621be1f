"""A note is taken back by whoever wrote it: a further line says so, and the note is shown no more."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case, CaseLog, Unfollowed
from fengqiao.cases.transitions.taking import Words, taking
from fengqiao.cases.workflow import TAKEN_BACK_WITHIN
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User


def undo_note(case: Case, *, by: User, at: datetime) -> Case:
    """Take back one's own last note within five minutes; the sealed line stays in the log, and this one after it."""
    words = Words()
    with taking("undo_note", case, by=by, at=at, words=words) as case:
        last = case.log.get(line=case.line_count)
        if at - last.at > TAKEN_BACK_WITHIN:
            raise Refused(_("The five minutes are over. Write a further note that puts it right."))
        _let_nothing_follow(last)
        words.facts["takes_back"] = last.line
    return case


def _let_nothing_follow(line: CaseLog) -> None:
    """Strike off what a line still owes; refuse where that has been done already."""
    struck_off, _by_table = Unfollowed.objects.filter(line=line).delete()
    if not struck_off:
        raise Refused(_("What follows from this note has been done. Write a further note that puts it right."))
