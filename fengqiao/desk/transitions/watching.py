"""Watching a case, each person for themselves. It is no step: the record knows nothing of it."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.models import Case
from fengqiao.desk.models import Watch
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User


def watch(case: Case, *, by: User, at: datetime) -> Watch:
    """Keep an eye on a case from its present line on; twice does it once."""
    if not Case.objects.visible_to(by, at).filter(pk=case.pk).exists():
        raise Refused(_("You cannot see this case."))
    anew = {"since": at, "seen_line": case.line_count}
    watched, _made = Watch.objects.get_or_create(county=case.county, user=by, case=case, defaults=anew)
    return watched


def unwatch(case: Case, *, by: User) -> None:
    """Keep an eye on it no longer."""
    Watch.objects.filter(user=by, case=case).delete()


def read_up(case: Case, *, by: User) -> None:
    """Take the whole record as read by someone who opened it."""
    Watch.objects.filter(user=by, case=case, seen_line__lt=case.line_count).update(seen_line=case.line_count)
