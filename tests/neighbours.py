"""Bai County beside Qing County, in the same prefecture: the one to which a matter may be handed on."""

from dataclasses import dataclass

from fengqiao.people.models import Role, Unit, User
from fengqiao.places.models import County, Region
from fengqiao.places.models.region import Kind, Level
from tests import cast
from tests.cast import QingCounty

BAI = "629902"


@dataclass(frozen=True)
class BaiCounty:
    """The places, units and people of Bai County."""

    county: County
    root: Region
    town: Region
    centre: Unit
    works: Unit
    xie_clerks: User
    lin_dispatches: User
    hou_handles_works: User


def build(qing: QingCounty, *, code: str = BAI, name: str = "白县", tag: str = "BX") -> BaiCounty:
    """Put a county beside Qing County into the database; its handling takes no longer and no shorter."""
    root = cast.place(code, name, Level.COUNTY, qing.prefecture, county=code)
    town = cast.place(f"{code}101", f"{name}南镇", Level.TOWNSHIP, root, county=code, kind=Kind.TOWN)
    county = County.objects.create(code=code, tag=tag, name=name, region=root)
    cast.set_clocks(code)
    centre = cast.body("centre", f"{name}综治中心", Unit.Kind.CENTRE, root, county=code)
    works = cast.body("works", f"{name}水务局", Unit.Kind.DEPARTMENT, root, county=code)
    return BaiCounty(
        county=county,
        root=root,
        town=town,
        centre=centre,
        works=works,
        xie_clerks=cast.person(f"xie_clerks_{tag}", "谢芳", Role.CLERK, root, centre),
        lin_dispatches=cast.person(f"lin_dispatches_{tag}", "林白", Role.DISPATCHER, root, centre),
        hou_handles_works=cast.person(f"hou_handles_works_{tag}", "侯工", Role.HANDLER, root, works),
    )
