"""Disputes of the last weeks in the demonstration: of two villages, at every tier, agreed, ended, under way."""

import random
from datetime import datetime, timedelta

from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.models import Committee, Mediator
from fengqiao.places.models import Level
from fengqiao.playbooks.demo.stage import SINCE, Stage
from fengqiao.playbooks.year import chances
from fengqiao.playbooks.year.course import Course
from fengqiao.playbooks.year.moments import Moment
from fengqiao.playbooks.year.people import Bench, Cast

DAYS_AGO = (58, 51, 47, 40, 36, 31, 27, 23, 19, 15, 12, 9, 7, 5, 4, 3, 2, 1)
SEED = 1


def quarrel_and_settle(stage: Stage, at: datetime) -> None:
    """Let them come in one after the other, as far as each has got by now."""
    cast = _cast(stage)
    morning = at.astimezone(SHANGHAI).replace(hour=9, minute=10, second=0, microsecond=0)
    for number, days in enumerate(DAYS_AGO):
        chance = random.Random(f"{SEED} {number}")
        region = cast.villages[number % len(cast.villages)]
        told = min(morning - timedelta(days=days) + timedelta(hours=chance.uniform(0, 7)), at - timedelta(hours=8))
        Course(Moment(cast, chances.draw(chance), region, cast.bench(region.path), told, at)).run()


def _cast(stage: Stage) -> Cast:
    """Let those mediate who can sign in."""
    committees = Committee.objects.filter(county=stage.county.code, trade="").select_related("unit__region")
    benches = {one.unit.region.path: _bench(one) for one in committees.order_by("unit__region__path")}
    seated = {path: bench for path, bench in benches.items() if bench.users}
    return Cast(
        county=stage.county,
        centre=stage.units["centre"],
        clerk=stage.users["chen.clerk"],
        dispatcher=stage.users["wang.dispatcher"],
        villages=[bench.unit.region for bench in seated.values() if bench.unit.region.level == Level.VILLAGE],
        committees={one.unit.region.path: one for one in committees},
        since=SINCE,
        seated=seated,
    )


def _bench(committee: Committee) -> Bench:
    seats = committee.memberships.filter(ends_on__isnull=True).values("mediator")
    mediators = tuple(Mediator.objects.filter(pk__in=seats, user__isnull=False).select_related("user").order_by("name"))
    return Bench(committee.unit, tuple(one.user for one in mediators if one.user), mediators)
