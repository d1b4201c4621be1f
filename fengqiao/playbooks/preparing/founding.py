"""Give a county its ladders and committees; doing it again adds what is missing and changes nothing that stands."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, time

from django.utils.translation import gettext as _

from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.models import Committee, Ladder, SpotLimits, Tier
from fengqiao.mediation.vocabulary import CommitteeKind
from fengqiao.people.models import Unit
from fengqiao.places.models import Level, Region
from fengqiao.places.models.region import Kind
from fengqiao.playbooks.model import Bench, Benches, Climb, OnTheSpot, Playbook
from fengqiao.playbooks.table import PlaybookError

LADDER = ("name", "dispute_type", "source", "basis", "is_written_only")
RUNG = ("name", "level", "amount", "unit", "accept_within", "helpers")
TAG_LENGTH = 10
SIGN = "人调"


def add_ladders(county: str, ladders: Iterable[Climb]) -> int:
    """Add the versions of ladders that are missing; one that stands is never changed, since clocks name its version."""
    return sum(_add_ladder(county, climb) for climb in ladders)


def found_committees(county: str, region: Region, playbook: Playbook) -> int:
    """Add the committees that are missing, each with its unit: of the county and its trades, townships and villages."""
    known = set(Unit.objects.filter(county=county).values_list("code", flat=True))
    tags = set(Committee.objects.filter(county=county).values_list("tag", flat=True))
    benches = playbook.benches
    wanted = [(bench, region) for bench in benches.listed]
    if benches.township_name:
        wanted += _of_townships(county, benches.township_name) + _of_villages(county, benches, playbook.committees_of)
    added = 0
    for bench, seat in wanted:
        if bench.code not in known:
            _found(county, bench, seat, _free(bench.tag, tags))
            added += 1
    return added


def add_spot_limits(county: str, said: OnTheSpot | None) -> None:
    """Let the playbook's limits of what is settled on the spot hold from their day; one that stands stays."""
    if said is not None:
        values = asdict(said) | {"never": list(said.never)}
        SpotLimits.objects.get_or_create(county=county, valid_from=values.pop("valid_from"), defaults=values)


def _add_ladder(county: str, climb: Climb) -> int:
    begins = datetime.combine(climb.valid_from, time(0), SHANGHAI)
    said = {name: getattr(climb, name) for name in LADDER} | {"valid_from": begins}
    ladder, new = Ladder.objects.get_or_create(county=county, code=climb.code, version=climb.version, defaults=said)
    if new:
        Tier.objects.bulk_create(
            Tier(county=county, ladder=ladder, order=order, version=climb.version, **_said_of(rung))
            for order, rung in enumerate(climb.rungs, 1)
        )
    elif _differs(ladder, climb, said):
        which = {"ladder": climb.code, "version": climb.version}
        raise PlaybookError(_("The ladder “%(ladder)s” has changed: give it a new version (%(version)s).") % which)
    return int(new)


def _differs(ladder: Ladder, climb: Climb, said: dict[str, object]) -> bool:
    """Test if a ladder that stands says something else than the playbook does."""
    tiers = [_said_of(tier) for tier in ladder.tiers.order_by("order")]
    return any(getattr(ladder, name) != value for name, value in said.items()) or tiers != [
        _said_of(rung) for rung in climb.rungs
    ]


def _said_of(rung: object) -> dict[str, object]:
    return {name: getattr(rung, name) for name in RUNG}


def _of_townships(county: str, name: str) -> list[tuple[Bench, Region]]:
    """Name the committee of each township."""
    found = Region.objects.filter(county=county, level=Level.TOWNSHIP, valid_to=None).order_by("sort_key")
    return [(_bench(region, name, region.name, CommitteeKind.TOWNSHIP), region) for region in found]


def _of_villages(county: str, benches: Benches, codes: tuple[str, ...]) -> list[tuple[Bench, Region]]:
    """Name the committee of each village that takes cases itself."""
    found = Region.objects.filter(county=county, code__in=codes).select_related("parent").order_by("sort_key")
    wanted = []
    for region in found:
        is_village = region.kind in (Kind.VILLAGE_COMMITTEE, Kind.QUASI_VILLAGE)
        kind = CommitteeKind.VILLAGE if is_village else CommitteeKind.NEIGHBOURHOOD
        township = region.parent.name if region.parent else ""
        wanted.append((_bench(region, benches.village_name, township + region.place_name, kind), region))
    return wanted


def _bench(region: Region, name: str, place: str, kind: CommitteeKind) -> Bench:
    tag = region.place_name[: TAG_LENGTH - len(SIGN)] + SIGN
    short = f"{region.place_name}调委会"
    return Bench(f"mediation-{region.short_code}", name.format(place=place), short, kind, tag)


def _free(tag: str, taken: set[str]) -> str:
    """Give a sign that no other committee has: two villages of one name are told apart by a figure."""
    found, number = tag, 1
    while found in taken:
        number += 1
        found = f"{tag.removesuffix(SIGN)[: TAG_LENGTH - len(SIGN) - len(str(number))]}{number}{SIGN}"
    taken.add(found)
    return found


def _found(county: str, bench: Bench, seat: Region, tag: str) -> None:
    unit = Unit.objects.create(
        county=county,
        code=bench.code,
        name=bench.name,
        short_name=bench.short_name[:20],
        kind=Unit.Kind.MEDIATION,
        region=seat,
    )
    Committee.objects.create(county=county, unit=unit, kind=bench.kind, tag=tag, trade=bench.trade)
