"""Everything the case page shows, fetched once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from fengqiao.cases import withdrawals
from fengqiao.cases.models import Assist, Case, CaseClock, CaseLog, Delay, Stage
from fengqiao.cases.workflow import OPEN, STEPS
from fengqiao.intake.queries import brought, papers_out
from fengqiao.kit.prepared import Prepared
from fengqiao.people.models import User
from fengqiao.web.console.enclosed import tray_of
from fengqiao.web.console.forms.base import Setting, StepForm, WithFiles
from fengqiao.web.console.found import unread_of
from fengqiao.web.console.legs import Leg, legs_of
from fengqiao.web.console.loglines import LogEntry, entries
from fengqiao.web.console.offers import Offer, Offers, Standing, offer_of, offers, standing_of
from fengqiao.web.console.said import Said, said
from fengqiao.web.console.steps import ACTS
from fengqiao.web.console.suggesting import Suggestion, suggest
from fengqiao.web.shared import parts, words
from fengqiao.web.shared import standing as standings
from fengqiao.web.shared.enclosing import Tray


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case with what was said, what was done and what can be done."""

    case: Case
    strip: parts.Strip
    clocks: tuple[parts.Clock, ...]
    reports: list[Said]
    log: list[LogEntry]
    offers: Offers
    form: StepForm | None
    tray: Tray | None  # where the form takes files
    may_cover: bool  # photos, for the other residents of the matter
    shown: Offer | None  # the step that the form belongs to
    suggestion: Suggestion
    notices: int
    assists: tuple[Assist, ...]
    delay: Delay | None  # the request for more time that waits
    given_up: list[LogEntry]  # requests to withdraw that the open case has not answered
    papers_out: int  # papers of an errand that are not back, when the case is to be concluded
    still_wanted: int  # reports whose residents have not asked to withdraw
    more: str  # how much more, in words
    undo: str  # how long one's own last note can still be taken back, in words; empty: it cannot
    legs: list[Leg]  # in other counties
    is_open: bool
    is_watched: bool


def case_page(
    case: Case,
    user: User,
    at: datetime,
    *,
    step: str = "",
    form: StepForm | None = None,
    seen: int | None = None,
    faults: Sequence[str] = (),
) -> CasePage:
    """Fetch a case's page for this user; `form` is one that was refused and is shown again as it was typed."""
    lines = _LINES(case.pk)
    state = standing_of(case, at, lines)
    offered = offers(case, user, at, state, chosen=step)
    dispatching = offered.chosen is not None and offered.chosen.verb == "dispatch"
    suggestion = suggest(case, user, at) if dispatching else Suggestion()
    notices = sum(line.verb == "supervise" and line.round == case.round for line in lines)
    drawn = form or _fresh(offered, case, user, at, suggestion)
    return CasePage(
        case=case,
        strip=_strip(case, state, lines, notices),
        clocks=tuple(standings.clock_in_words(clock) for clock in state.clocks if clock.stage != case.due_stage),
        reports=said(brought(case), user, at),
        log=entries(lines, seen=case.line_count if seen is None else seen),
        offers=offered,
        form=drawn,
        may_cover=not case.is_restricted and any(step.verb == "add_note" for step in offered.steps),
        tray=tray_of(drawn.basket, faults) if isinstance(drawn, WithFiles) else None,
        shown=offer_of(step) if form else offered.chosen,
        suggestion=suggestion,
        notices=notices,
        assists=state.assists,
        delay=state.delay,
        given_up=entries(withdrawals.wishes(case, lines), seen=case.line_count) if case.status in OPEN else [],
        papers_out=papers_out(case) if offered.chosen and offered.chosen.verb == "conclude" else 0,
        still_wanted=len(withdrawals.still_wanted(case, lines)),
        more=_more(state),
        undo=words.span(state.left_to_take_back(at)) if "undo_note" in offered.at_its_line else "",
        legs=legs_of(case, user, at),
        is_open=case.status in OPEN,
        is_watched=unread_of(case).watched_to is not None,
    )


def _strip(case: Case, state: Standing, lines: list[CaseLog], notices: int) -> parts.Strip:
    """Show where the case stands, and the one person of the unit who sees to it."""
    strip = standings.strip_of_case(case, clock=_present(case, state), since=_since(lines), notices=notices)
    return replace(strip, holder=f"{strip.holder} · {case.assigned_to}") if case.assigned_to else strip


def _present(case: Case, state: Standing) -> CaseClock | None:
    return next((clock for clock in state.clocks if clock.stage == case.due_stage), None)


def _more(state: Standing) -> str:
    """Say how much longer is asked for, in the unit of the clock."""
    clock = next((clock for clock in state.clocks if clock.stage == Stage.HANDLE), None)
    if clock is None or state.delay is None or state.delay.more is None:
        return ""
    return standings.budget(state.delay.more, clock.unit)


def _since(lines: list[CaseLog]) -> datetime | None:
    """Find when the case came to where it stands: the last step that reached a state."""
    moved = [line.at for line in lines if line.verb in STEPS and STEPS[line.verb].reaches]
    return moved[-1] if moved else None


def _fresh(offered: Offers, case: Case, user: User, at: datetime, suggestion: Suggestion) -> StepForm | None:
    """Draw the form of the step that is open, with what can be suggested filled in."""
    if offered.chosen is None:
        return None
    return ACTS[offered.chosen.verb].form(setting=Setting(case, user, at), initial=suggestion.initial)


def _lines(_shape: object, case: UUID) -> QuerySet[CaseLog]:
    return CaseLog.objects.filter(case=case).select_related("by", "unit").only(*_SHOWN_OF_LINES).order_by("line")


_NAMES = ("by__name", "by__username", "unit__name", "unit__short_name")
_SHOWN_OF_LINES = (*(field.name for field in CaseLog._meta.concrete_fields), *_NAMES)


_LINES: Prepared[CaseLog] = Prepared(_lines)
