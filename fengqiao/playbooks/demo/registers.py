"""Who mediates in the demonstration: entered in the registers by the system administrator, as a county does it."""

import tomllib
from datetime import date, datetime, time
from typing import Any

from fengqiao.kit.workdays import SHANGHAI
from fengqiao.mediation.models import Committee, Expert, Mediator, Membership, Studio
from fengqiao.mediation.transitions import experts, mediators, studios
from fengqiao.mediation.transitions.experts import Adviser
from fengqiao.mediation.transitions.mediators import Who
from fengqiao.mediation.transitions.studios import Plate
from fengqiao.mediation.vocabulary import Engagement
from fengqiao.people.models import Post, Role, User
from fengqiao.playbooks.demo.reading import FOLDER
from fengqiao.playbooks.demo.stage import SINCE, Stage

TERM_ENDS = date(2027, 1, 1)
THEN = datetime.combine(SINCE, time(9), SHANGHAI)


def register(stage: Stage) -> None:
    """Enter mediators, studios and experts, those that are missing."""
    said = tomllib.loads((FOLDER / "registers.toml").read_text(encoding="utf-8"))
    by = Post.objects.select_related("user").get(county=stage.county.code, role=Role.SYSTEM_ADMIN).user
    for row in said["mediators"]:
        _seat(stage, row, by)
    for row in said["studios"]:
        _open_studio(stage, row, by)
    for row in said["experts"]:
        if not Expert.objects.filter(county=stage.county.code, name=row["name"], body=row["body"]).exists():
            experts.enter_expert(Adviser(**row), by=by, at=THEN)
    seated = Committee.objects.filter(county=stage.county.code, memberships__isnull=False, term_ends_on=None)
    seated.update(set_up_on=SINCE, term_ends_on=TERM_ENDS)


def _seat(stage: Stage, row: dict[str, Any], by: User) -> None:
    """Enter one mediator with the seat."""
    committee = Committee.objects.select_related("unit").get(unit=stage.units[row["committee"]])
    if committee.memberships.filter(mediator__name=row["name"]).exists():
        return
    who = Who(
        name=row["name"],
        phone=row.get("phone", ""),
        is_woman=row.get("is_woman", False),
        engagement=Engagement(row.get("engagement", Engagement.PART_TIME)),
        types=tuple(row["types"]),
        languages=row.get("languages", ""),
        since=SINCE,
        user=stage.users[row["user"]] if "user" in row else None,
    )
    mediator = mediators.add_mediator(who, by=by, at=THEN)
    mediators.give_seat(mediator, committee, Membership.Seat(row["seat"]), on=SINCE, by=by, at=THEN)


def _open_studio(stage: Stage, row: dict[str, Any], by: User) -> None:
    if not Studio.objects.filter(county=stage.county.code, name=row["name"]).exists():
        committee = Committee.objects.get(unit=stage.units[row["committee"]])
        mediator = Mediator.objects.get(county=stage.county.code, name=row["mediator"])
        plate = Plate(name=row["name"], committee=committee, opened_on=SINCE)
        studios.open_studio(plate, mediator, by=by, at=THEN)
