"""A rota for the demonstration: the units present by turns at the county's centre, itself at night and on days off."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from fengqiao.people.models import DutyTurn, Post, Presence, Role
from fengqiao.people.transitions import rota
from fengqiao.people.transitions.rota import Turn
from fengqiao.playbooks.demo.stage import Stage

DAYS = 31
DAY_PHONE, NIGHT_PHONE = "0934-0000100", "0934-0000110"  # ring nowhere
A_DAY = timedelta(days=1)


def put_on_duty(stage: Stage, at: datetime) -> int:
    """Enter a month of turns from today, by the system administrator; say how many."""
    centre = stage.units["centre"]
    admin = Post.objects.select_related("user").get(county=stage.county.code, role=Role.SYSTEM_ADMIN).user
    by_turns = Presence.objects.filter(centre=centre, mode=Presence.Mode.ROTA).order_by("unit__code")
    units = [each.unit for each in by_turns.select_related("unit")]
    posts = {post.unit_id: post for post in Post.objects.filter(county=stage.county.code, role=Role.HANDLER)}
    days = [localdate(at) + A_DAY * number for number in range(DAYS)]
    working = [day for day in days if stage.calendar.is_working(day)]
    turns = []
    for number, day in enumerate(working):
        unit = units[number % len(units)]
        turns.append(Turn(on=day, unit=unit, post=posts[unit.pk], phone=DAY_PHONE))
    turns += [Turn(on=day, unit=centre, phone=DAY_PHONE) for day in days if day not in working]
    turns += [Turn(on=day, unit=centre, shift=DutyTurn.Shift.NIGHT, phone=NIGHT_PHONE) for day in days]
    return rota.plan(centre, turns, by=admin, at=at)
