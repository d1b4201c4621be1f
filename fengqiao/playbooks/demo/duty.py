"""A rota for the demonstration: the units present by turns at the county's centre, and the centre itself at night."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from fengqiao.people.models import DutyTurn, Post, Presence, Role
from fengqiao.people.transitions import rota
from fengqiao.people.transitions.rota import Turn
from fengqiao.playbooks.demo.stage import Stage

DAYS = 31
NIGHT_PHONE = "0934-7120110"  # invented
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
    turns = [
        Turn(on=day, unit=units[n % len(units)], post=posts[units[n % len(units)].pk]) for n, day in enumerate(working)
    ]
    turns += [Turn(on=day, unit=centre, shift=DutyTurn.Shift.NIGHT, phone=NIGHT_PHONE) for day in days]
    return rota.plan(centre, turns, by=admin, at=at)
