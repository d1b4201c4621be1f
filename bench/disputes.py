"""How long a county's year of mediation takes to play, and its pages to answer: `./run bench disputes`.

2,570 disputes from the first word to the last duty, through the real steps, played once and kept; then the pages that
people open over them: the year's figures, the mediator's day, the list, dossiers at every stand, case pages, registers,
and a party's own page. The figures of the year are counted a second time by plain SQL; a difference is an error.
"""

import argparse
import json
import random
import time
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from django.utils.timezone import now

from bench import counted_year
from bench.depth import Page, measure
from bench.kept import database, year
from fengqiao.insight.mediated import year_of
from fengqiao.intake.models import Report
from fengqiao.mediation.models import Committee, Dossier, Mediator, Party
from fengqiao.mediation.workflow import Stand
from fengqiao.people.models import Role, User
from fengqiao.places.models import County, Level, Region
from fengqiao.web.resident import tickets

LISTED = {
    "list": "",
    "list_mine": "?mine=on",
    "list_at_the_township": "?tier=township",
    "list_waiting_for_items": "?waiting=items",
}


def main(arguments: list[str]) -> None:
    """Have the year, ask for every page, print."""
    parser = argparse.ArgumentParser(prog="./run bench disputes")
    parser.add_argument("--stock", type=int, default=year.USUAL)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", default="", help="only those whose names begin with one of these, with commas")
    asked = parser.parse_args(arguments)
    note = year.ensure(asked.stock, asked.seed)
    settings.ALLOWED_HOSTS.append("localhost")
    found = pages(note, asked.times, random.Random(asked.seed))
    figures = measure([page for page in found if page.name.startswith(tuple(asked.pages.split(",")))])
    again = _counted_twice(note["year"])
    figures["errors"] += len(again["differ"])
    kept: dict[str, Any] = {name: note[name] for name in ("year", "dossiers", "lines", "played_s", "played_cpu_s")}
    told = {"bench": "disputes", "stock": asked.stock, "seed": asked.seed, **kept, "counted": again, **figures}
    print(json.dumps(told, ensure_ascii=False))


def pages(note: database.Note, times: int, chance: random.Random) -> list[Page]:
    """List the pages: the year, the day and the list as each role sees them, dossiers, cases, registers, a party's."""
    supervisor, leader = (User.objects.get(posts__role=role) for role in (Role.SUPERVISOR, Role.LEADER))
    found = [
        Page("year", leader, [f"{reverse('console:disputes')}?year={note['year']}"] * times),
        Page("year_of_a_township", leader, _years_below(note["year"], times, chance)),
        Page("day_of_a_supervisor", supervisor, [reverse("console:mediation")] * times),
    ]
    for level in (Level.COUNTY, Level.TOWNSHIP):
        busiest = _busiest(Dossier.objects.filter(case__lead__region__level=level))
        found.append(Page(f"day_at_the_{level}", busiest, [reverse("console:mediation")] * times))
        found += [
            Page(f"{name}_{level}", busiest, [reverse("console:dossiers") + query] * times)
            for name, query in LISTED.items()
        ]
    found.append(Page("list_of_a_supervisor", supervisor, [reverse("console:dossiers")] * times))
    found += _dossiers(supervisor, times, chance)
    return found + _registers(supervisor, times, chance) + _residents(times, chance)


def _years_below(of: int, times: int, chance: random.Random) -> list[str]:
    townships = list(Region.objects.filter(level=Level.TOWNSHIP, county=_county().code).order_by("path"))
    chosen = chance.choices(townships, k=times)
    return [f"{reverse('console:disputes')}?year={of}&region={region.code}" for region in chosen]


def _dossiers(supervisor: User, times: int, chance: random.Random) -> list[Page]:
    """Show dossiers at each stand to whoever mediates them, those long ago to a supervisor, and their cases to both."""
    found = []
    for stand in Stand:
        of_stand = Dossier.objects.filter(stand=stand)
        if not of_stand.exists():
            continue
        user = _busiest(of_stand)
        own = _numbers(of_stand.filter(case__lead__posts__user=user))
        found.append(Page(f"dossier_{stand}", user, _addresses("dossier", chance.choices(own, k=times))))
    numbers = chance.choices(_numbers(Dossier.objects.all()), k=times)
    found.append(Page("dossier_of_a_supervisor", supervisor, _addresses("dossier", numbers)))
    longest = _numbers(Dossier.objects.order_by("-case__line_count", "case__number"))[:times]
    found.append(Page("dossier_longest", supervisor, _addresses("dossier", longest)))
    return [*found, Page("case_page", supervisor, _addresses("case", numbers))]


def _registers(supervisor: User, times: int, chance: random.Random) -> list[Page]:
    codes = list(Committee.objects.order_by("unit__code").values_list("unit__code", flat=True))
    people = chance.choices(list(Mediator.objects.order_by("pk").values_list("pk", flat=True)), k=times)
    return [
        Page("committees", supervisor, [reverse("console:committees")] * times),
        Page("committee", supervisor, _addresses("committee", chance.choices(codes, k=times))),
        Page("mediators", supervisor, [reverse("console:mediators")] * times),
        Page("mediator", supervisor, [reverse("console:mediator", args=[pk]) for pk in people]),
    ]


def _residents(times: int, chance: random.Random) -> list[Page]:
    """Show parties their own side, in browsers where the secret was just given."""
    reports = Party.objects.filter(report__isnull=False).order_by("pk").values_list("report", flat=True)
    codes = list(Report.objects.filter(pk__in=reports).order_by("pk").values_list("code", flat=True))
    chosen = chance.choices(codes, k=times)
    return [
        Page(f"resident_{name}", None, [reverse(f"resident:{name}", args=[code]) for code in chosen], _open_up)
        for name in ("track", "mediation", "mediation_sheet")
    ]


def _open_up(client: Client, address: str) -> None:
    """Have the browser keep that the secret of this report was given."""
    answer = HttpResponse()
    tickets.open_up(answer, Report.objects.get(code=resolve(address).kwargs["code"]))
    client.cookies.update(answer.cookies)


def _busiest(dossiers: Any) -> User:
    """Choose somebody of the committee that has most of these dossiers."""
    counted = dossiers.values_list("case__lead").annotate(count=Count("pk")).order_by("-count", "case__lead")
    return User.objects.filter(posts__unit=counted[0][0], posts__role=Role.MEDIATOR).order_by("username")[0]


def _numbers(dossiers: Any) -> list[str]:
    ordered = dossiers if dossiers.query.order_by else dossiers.order_by("case__number")
    return list(ordered.values_list("case__number", flat=True))


def _addresses(name: str, of: list[str]) -> list[str]:
    return [reverse(f"console:{name}", args=[each]) for each in of]


def _county() -> County:
    return County.objects.get(code=Dossier.objects.values_list("county", flat=True)[0])


def _counted_twice(of: int) -> dict[str, Any]:
    """Count the year as its page does and by plain SQL, and name what differs."""
    county, leader, at = _county(), User.objects.get(posts__role=Role.LEADER), now()
    began = time.process_time()
    shown = counted_year.shown(year_of(county.region, of, leader, at))
    took = round((time.process_time() - began) * 1000, 1)
    by_sql = counted_year.by_sql(county.code, of)
    differ = [name for name in by_sql if by_sql[name] != shown[name]]
    return {**shown, "cpu_ms": took, "differ": differ}
