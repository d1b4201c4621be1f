"""Open cases for which nobody could act: no unit with a handler, no dispatcher in reach. There should be none."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from fengqiao.cases.models import Case, RaiseUp
from fengqiao.cases.queries import Cases
from fengqiao.cases.tiers import paths_above
from fengqiao.cases.workflow import WITH_A_LEAD, Status
from fengqiao.people.models import Post, Role, Unit


def with_an_empty_lead(at: datetime) -> Cases:
    """Find the cases in the hands of a unit in which nobody handles; of a committee that mediates, nobody mediates."""
    there = Post.objects.held_on(localdate(at)).filter(unit=OuterRef("lead"), user__is_active=True)
    mediated = Q(status=Status.MEDIATING, lead__kind=Unit.Kind.MEDIATION)
    is_manned = mediated & Q(Exists(there.filter(role=Role.MEDIATOR)))
    is_manned |= ~mediated & Q(Exists(there.filter(role=Role.HANDLER)))
    return _in_order(Q(status__in=WITH_A_LEAD) & ~is_manned)


def without_a_dispatcher(at: datetime) -> list[Case]:
    """Find the cases that wait for dispatch where nobody dispatches: neither at their centre nor for their area."""
    posts = Post.objects.held_on(localdate(at)).filter(role=Role.DISPATCHER, user__is_active=True)
    centres, areas = set(), set()
    for centre, area in posts.values_list("unit", "region__path"):
        centres.add(centre)
        areas.add(area)
    raised = Exists(RaiseUp.objects.filter(case=OuterRef("pk"), round=OuterRef("round")))
    waiting = _in_order(Q(status=Status.OPENED)).annotate(is_raised=raised)
    return [
        case
        for case in waiting
        if case.centre_id not in centres and (case.is_raised or not _is_within(case.path, areas))
    ]


def _in_order(which: Q) -> Cases:
    return Case.objects.filter(which).select_related("centre", "lead").defer("search").order_by("opened_at", "id")


def _is_within(path: str, areas: Iterable[str]) -> bool:
    return not {path, *paths_above(path)}.isdisjoint(areas)
