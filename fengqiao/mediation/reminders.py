"""What the mediators are reminded of: an item that falls due, an item overdue, the end of the time to ask the court."""

from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from fengqiao.mediation.models import Agreement, Item
from fengqiao.mediation.workflow import Stand

AHEAD = timedelta(days=3)
CONFIRM_AHEAD = timedelta(days=7)
WAITS = Q(done_at__isnull=True, broken_at__isnull=True)


def items_owed(at: datetime) -> QuerySet[Item]:
    """List the items nobody was reminded of yet: once before they fall due, and once when they are late."""
    today = localdate(at)
    never = Q(reminded_at__isnull=True, due_on__lte=today + AHEAD)
    late = Q(due_on__lt=today, reminded_at__date__lte=F("due_on"))
    standing = {"agreement__state": Agreement.State.EFFECTIVE, "agreement__dossier__stand": Stand.AGREED}
    found = Item.objects.filter(WAITS, never | late, agreement__dossier__case__lead__isnull=False, **standing)
    return found.select_related("agreement__dossier__case").order_by("due_on", "pk")


def confirmations_owed(at: datetime) -> QuerySet[Agreement]:
    """List the agreements not yet performed whose time for joint confirmation runs out, nobody having asked."""
    today = localdate(at)
    ahead: dict[str, date] = {"confirm_until__gte": today, "confirm_until__lte": today + CONFIRM_AHEAD}
    found = Agreement.objects.filter(state=Agreement.State.EFFECTIVE, court="", confirm_reminded_at=None, **ahead)
    open_ = Item.objects.filter(done_at__isnull=True).values("agreement")
    waiting = found.filter(pk__in=open_, dossier__stand=Stand.AGREED, dossier__case__lead__isnull=False)
    return waiting.select_related("dossier__case").order_by("confirm_until", "pk")
