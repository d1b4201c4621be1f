"""What is counted of mediation."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from fengqiao.mediation.models import Item

NOTHING = Decimal(0)


def recovered(county: str, start: datetime, end: datetime) -> Decimal:
    """Add up the money that was paid by items of agreements from one moment to before another."""
    paid = Item.objects.filter(county=county, done_at__gte=start, done_at__lt=end)
    return paid.aggregate(all=Sum("recovered"))["all"] or NOTHING
