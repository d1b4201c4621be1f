from django.db import transaction

from fengqiao.places.models import Centre, Region
from fengqiao.places.models.centre import TIERS

TITLE = "%s综治中心"  # what is painted over the door, not a text of the interface


@transaction.atomic
def found_centres(county: str) -> int:
    """Give every open division of a county, from its own level to the village, the centre it lacks; count them."""
    divisions = Region.objects.filter(county=county, valid_to=None, level__in=TIERS)
    lacking = divisions.exclude(centres__in=Centre.objects.filter(county=county, valid_to=None))
    fresh = [
        Centre(county=county, region=region, name=TITLE % region.place_name, tier=region.level)
        for region in lacking.order_by("path")
    ]
    return len(Centre.objects.bulk_create(fresh))
