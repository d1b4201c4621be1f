import re
from typing import ClassVar, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id
from fengqiao.places.models.lasting import Lasting
from fengqiao.places.scope import RegionQuerySet


class Level(models.TextChoices):
    """The levels of the tree; a group may stand between village and grid."""

    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County")
    TOWNSHIP = "township", _("Township level")
    VILLAGE = "village", _("Village level")
    GROUP = "group", _("Group or compound")
    GRID = "grid", _("Grid")


class Kind(models.TextChoices):
    """What a township-level or village-level division is, as the statistical code says by its band."""

    SUBDISTRICT = "subdistrict", _("Subdistrict")
    TOWN = "town", _("Town")
    TOWNSHIP = "township", _("Township")
    QUASI_TOWNSHIP = "quasi_township", _("Quasi-township")
    RESIDENTS_COMMITTEE = "residents", _("Residents' committee")
    VILLAGE_COMMITTEE = "villagers", _("Village committee")
    QUASI_RESIDENTS = "quasi_residents", _("Quasi-community")
    QUASI_VILLAGE = "quasi_villagers", _("Quasi-village")


class Ancestors(NamedTuple):
    """The short codes of the levels that pages are cut by; empty where the region stands above a level."""

    county: str
    township: str
    village: str
    grid: str


# A grid may lie within a grid and a group may be left out, so those two stand at any depth below the village.
DEPTHS = {
    Level.PROVINCE: r"^[^.]+$",
    Level.PREFECTURE: r"^[^.]+(\.[^.]+){1}$",
    Level.COUNTY: r"^[^.]+(\.[^.]+){2}$",
    Level.TOWNSHIP: r"^[^.]+(\.[^.]+){3}$",
    Level.VILLAGE: r"^[^.]+(\.[^.]+){4}$",
    Level.GROUP: r"^[^.]+(\.[^.]+){5}$",
    Level.GRID: r"^[^.]+(\.[^.]+){5,}$",
}
LEVEL_MATCHES_DEPTH = Q(*(Q(level=level, path__regex=depth) for level, depth in DEPTHS.items()), _connector=Q.OR)
ONLY_PROVINCES_HAVE_NO_PARENT = Q(level=Level.PROVINCE, parent__isnull=True) | (
    ~Q(level=Level.PROVINCE) & Q(parent__isnull=False)
)
COMMITTEE = re.compile(r"(居民委员会|村民委员会|居委会|村委会)$")
PLACE_SUFFIXES = ("村", "社区")


class Region(Lasting):
    """One node of the tree from province to grid; `path` joins the short codes from the top with dots."""

    NOT_READ_ALONG = ("valid_from", "valid_to", "sort_key", "edition", "extent", "successor")  # kit/prepared.py

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)  # a province or prefecture carries its own code, padded
    code = models.CharField(_("division code"), max_length=24)  # twelve digits, more for a grid
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="below", verbose_name=_("part of")
    )
    path = models.CharField(_("path"), max_length=150, db_collation="C")
    # The official order is the order of codes: officials look for the county town first, not for its spelling.
    sort_key = models.CharField(_("sort key"), max_length=24, db_collation="C")
    edition = models.CharField(_("edition"), max_length=24, blank=True, default="")  # empty: drawn up here
    extent = models.CharField(_("extent in words"), max_length=200, blank=True, default="")  # 四至
    # What took over when this one closed: old sheets on walls and old addresses lead there.
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("taken over by")
    )

    objects = RegionQuerySet["Region"].as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("region")
        constraints: ClassVar = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(name="places_region_code_once_in_a_county", fields=["county", "code"]),
            models.UniqueConstraint(name="places_region_path_once_in_a_county", fields=["county", "path"]),
            models.CheckConstraint(name="places_region_level_matches_depth", condition=LEVEL_MATCHES_DEPTH),
            models.CheckConstraint(name="places_region_parent_below_the_top", condition=ONLY_PROVINCES_HAVE_NO_PARENT),
            models.CheckConstraint(
                name="places_region_successor_once_closed",
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
            ),
        ]
        indexes = [models.Index(name="places_region_path", fields=["path"])]

    def __str__(self) -> str:
        return self.name

    @property
    def short_code(self) -> str:
        """This region's own part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def place_name(self) -> str:
        """The place as people say it: the village or community, not its committee."""
        place = COMMITTEE.sub("", self.name)
        if place == self.name or place.endswith(PLACE_SUFFIXES):
            return place
        return place + ("村" if self.kind == Kind.VILLAGE_COMMITTEE else "社区")

    def covers(self, other: "Region") -> bool:
        """Test if the other region is this one or lies below it."""
        return f"{other.path}.".startswith(f"{self.path}.")

    def ancestor_codes(self) -> Ancestors:
        """Name the county, township, village and grid this region lies in, for the columns pages are cut by."""
        codes = [*self.path.split("."), "", "", "", ""]
        grid = self.short_code if self.level == Level.GRID else ""
        return Ancestors(county=self.county, township=codes[3], village=codes[4], grid=grid)
