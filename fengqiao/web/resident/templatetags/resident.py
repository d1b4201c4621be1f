"""`{% load resident %}`: names as residents say them."""

from django import template

from fengqiao.places.models import Region
from fengqiao.web.resident.placing import name_of

register = template.Library()


@register.filter
def place_name(region: Region) -> str:
    """Name a region as people say it: 柳树村, not 柳树村委会."""
    return name_of(region)
