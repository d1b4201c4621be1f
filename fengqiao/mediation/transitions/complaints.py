"""Complaints about mediators, and what was found (人民调解法 art. 15)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused, require
from fengqiao.mediation.keeping import may_find, may_hear
from fengqiao.mediation.models import Mediator, MediatorComplaint
from fengqiao.mediation.transitions.mediators import leave, log
from fengqiao.mediation.vocabulary import ComplaintGround
from fengqiao.people.models import User

Finding = MediatorComplaint.Finding


@transaction.atomic
def complain(mediator: Mediator, ground: ComplaintGround, words: str, *, by: User, at: datetime) -> MediatorComplaint:
    """Enter a complaint; the register's log says that there is one, not what it says."""
    require(may_hear(by, at))
    if mediator.county != by.county:
        raise Refused(_("This mediator belongs to another county."))
    if not words.strip():
        raise Refused(_("Say what is complained of."))
    complaint = MediatorComplaint.objects.create(
        county=mediator.county, mediator=mediator, ground=ground, words=words, by=by, at=at
    )
    log(mediator, {"did": _("Complaint entered"), "ground": str(ComplaintGround(ground).label)}, by, at)
    return complaint


@transaction.atomic
def find(complaint: MediatorComplaint, finding: Finding, words: str, *, by: User, at: datetime) -> MediatorComplaint:
    """Say what was found; whoever is removed leaves every seat today."""
    require(may_find(by, at))
    complaint = hold(MediatorComplaint, complaint.pk)
    if complaint.county != by.county:
        raise Refused(_("This mediator belongs to another county."))
    if complaint.finding:
        raise Refused(_("This complaint has been answered already."))
    if complaint.mediator.user_id == by.pk:
        raise Refused(_("Nobody finds on a complaint about themselves."))
    if not words.strip():
        raise Refused(_("Say what was found."))
    complaint.finding, complaint.found_words, complaint.found_by, complaint.found_at = finding, words, by, at
    complaint.save(update_fields=["finding", "found_words", "found_by", "found_at"])
    if finding == Finding.REMOVED:
        leave(hold(Mediator, complaint.mediator_id), localdate(at))
    log(complaint.mediator, {"found": str(Finding(finding).label)}, by, at)
    return complaint
