"""The county on which the load plays: the demonstration's places and people, without its cases."""

from django.db import connection

from bench.faults.load import Scene
from fengqiao.places.models import County
from fengqiao.playbooks.demo import stage


def build(address: str) -> Scene:
    """Bring the people in and give the ids that the forms name."""
    county = County.objects.get()
    built = stage.build(county)
    water = built.units["water"]
    scene = Scene(
        address=address,
        county=county.code,
        region=county.region.code,
        region_id=str(county.region_id),
        unit_id=str(water.pk),
        password=stage.PASSWORD,
        clerk="chen.clerk",
        dispatcher="wang.dispatcher",
        handler=built.handlers["water"].username,
    )
    connection.close()  # it would not outlive what is done to the database
    return scene
