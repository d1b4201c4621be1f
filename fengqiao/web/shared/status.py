"""The status page: whether the system answers and keeps up. Open to all, so it tells nothing about anybody."""

from datetime import datetime, timedelta

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fengqiao.kit.version import version
from fengqiao.oversight import queries
from fengqiao.oversight.queries import Pulse
from fengqiao.web.shared import words
from fengqiao.web.shared.access import public_view

MOMENTARY = timedelta(minutes=1)


@public_view
@never_cache
@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Show web, database and worker, as a page or, with ?format=json, for a monitor; 503 if anything is wrong."""
    pulse = _pulse(now())
    is_well = pulse is not None and pulse.is_alive and pulse.keeps_up
    code = 200 if is_well else 503
    if request.GET.get("format") == "json":
        return JsonResponse(_for_monitors(pulse, is_well=is_well), status=code)
    context = {"facts": _in_words(pulse), "is_well": is_well, "version": version()}
    return render(request, "shared/status.html", context, status=code)


def _pulse(at: datetime) -> Pulse | None:
    """Take the worker's pulse; nothing if the database does not answer."""
    try:
        return queries.pulse(at)
    except DatabaseError:
        return None


def _in_words(pulse: Pulse | None) -> list[tuple[str, str]]:
    """Say each fact as people do."""
    facts = [(_("Web server"), _("Answers")), (_("Database"), _("Answers") if pulse else _("Does not answer"))]
    if pulse is None:
        return facts
    return [
        *facts,
        (_("Worker"), _worker(pulse)),
        (_("Follow-ups"), _lag(pulse.follow_up_lag)),
        (_("Deadline watch"), _lag(pulse.sweep_lag)),
        (_("Channels for notices"), _channels(pulse.dead_channels)),
    ]


def _worker(pulse: Pulse) -> str:
    if pulse.silence is None:
        return _("No worker has ever been heard.")
    if pulse.is_alive:
        return _("Running")
    return _("Not heard for %(span)s") % {"span": words.span(pulse.silence)}


def _channels(count: int) -> str:
    return _("%(count)s do not answer") % {"count": count} if count else _("None fails")


def _lag(lag: timedelta) -> str:
    return _("Keeps up") if lag < MOMENTARY else _("The oldest has waited %(span)s") % {"span": words.span(lag)}


def _for_monitors(pulse: Pulse | None, *, is_well: bool) -> dict[str, object]:
    """Say each fact as a monitor reads it."""
    facts: dict[str, object] = {"well": is_well, "version": version(), "database": pulse is not None}
    if pulse is not None:
        facts["worker"] = {"alive": pulse.is_alive, "silent_seconds": _seconds(pulse.silence)}
        facts["follow_up_lag_seconds"] = _seconds(pulse.follow_up_lag)
        facts["sweep_lag_seconds"] = _seconds(pulse.sweep_lag)
        facts["dead_channels"] = pulse.dead_channels
    return facts


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds())
