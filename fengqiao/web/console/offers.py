"""What a person can do with a case now: the next step, the quieter ones, and who must act when it is not them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.assistance import assists_of
from fengqiao.cases.beside import beside_of
from fengqiao.cases.models import Assist, Case, CaseClock, CaseLog, Delay, Stage
from fengqiao.cases.policy import TAKES, verdicts
from fengqiao.cases.tiers import centre_above, other_counties
from fengqiao.cases.vocabulary import Kind
from fengqiao.cases.withdrawals import still_wanted
from fengqiao.cases.workflow import MAY_BE_TAKEN_BACK, STEPS, TAKEN_BACK_WITHIN, Status, open_steps
from fengqiao.kit.verdict import Verdict
from fengqiao.people.models import Role, Unit, User
from fengqiao.web.console.steps import ACTS, AT_ITS_LINE, ONWARD
from fengqiao.web.shared.labels import step_label


@dataclass(frozen=True, slots=True)
class Offer:
    """One step that can be opened on the page."""

    verb: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """The step a case waits for, who takes it, and why it is not this person."""

    label: str
    who: str
    reason: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """All the steps that are theirs, the first of them being the next; or what is awaited from others."""

    steps: tuple[Offer, ...]
    at_its_line: frozenset[str]  # those of them that the record offers
    next: Offer | None
    awaited: Awaited | None
    chosen: Offer | None
    refused: Awaited | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides, beside the state, which steps make sense on a case now."""

    clocks: tuple[CaseClock, ...]
    is_asked: bool  # reopening was asked for and is undecided
    is_evaluated: bool
    delay: Delay | None  # more time was asked for and is undecided
    above: Unit | None  # the centre to which it could be raised
    is_alone: bool  # no other county takes cases here
    is_wanted: bool  # by at least one of those who brought it
    assists: tuple[Assist, ...]  # in this round
    last_note: CaseLog | None  # the last line, if it is one that can be taken back

    def has(self, stage: Stage, at: datetime) -> bool:
        """Test if a clock of this stage runs and is not over."""
        return any(clock.stage == stage and clock.due_at >= at for clock in self.clocks)

    def is_paused(self, at: datetime) -> bool:
        """Test if a clock stands still by approval."""
        return any(clock.is_paused(at) for clock in self.clocks)

    def left_to_take_back(self, at: datetime) -> timedelta:
        """Say how long the last note can still be taken back; nothing or less: no longer."""
        return self.last_note.at + TAKEN_BACK_WITHIN - at if self.last_note else timedelta(0)

    def waits(self, stage: Stage) -> bool:
        """Test if a clock of this stage runs, over or not."""
        return any(clock.stage == stage for clock in self.clocks)


def standing_of(case: Case, at: datetime, lines: Iterable[CaseLog] | None = None) -> Standing:
    """Fetch the running clocks of a case and what was asked and answered in this round; its log is at hand."""
    beside = beside_of(case)
    may_move = case.status in STEPS["raise_up"].leaves
    note = next((each for each in lines or () if each.line == case.line_count and each.verb in MAY_BE_TAKEN_BACK), None)
    return Standing(
        clocks=tuple(sorted(deadlines.running_of(case), key=lambda clock: clock.due_at)),
        is_asked=beside.is_asked,
        is_evaluated=beside.is_evaluated,
        delay=_delay_of(case) if beside.is_delayed else None,
        above=centre_above(case.lead or case.centre, at) if may_move else None,
        is_alone=not (may_move and other_counties(case.county, at).exists()),
        is_wanted=bool(still_wanted(case, lines)),
        assists=tuple(assists_of([case]).get(case.pk, [])) if beside.is_assisted else (),
        last_note=note,
    )


def _delay_of(case: Case) -> Delay | None:
    """Fetch the request for more time that waits."""
    return case.delays.filter(round=case.round, decided_at__isnull=True).select_related("unit", "by").first()


def without_object(case: Case, standing: Standing, at: datetime) -> set[str]:
    """List the steps that make no sense now; a step itself still judges when it is taken."""
    conditions = {
        "object": standing.has(Stage.ACCEPT, at) and not (case.was_objected or case.was_designated),
        "reopen": standing.is_asked,
        "refuse_reopen": standing.is_asked,
        "ask_reopen": not standing.is_asked and standing.has(Stage.REOPEN, at),
        "evaluate": not standing.is_evaluated and standing.has(Stage.EVALUATE, at),
        "archive": not standing.is_asked and not standing.has(Stage.EVALUATE, at),
        "ask_withdraw": standing.is_wanted,
        "raise_up": standing.above is not None and standing.delay is None and not standing.is_paused(at),
        "mediate": case.kind == Kind.DISPUTE and standing.delay is None,
        "hand_on": not standing.is_alone and not case.is_restricted,
        "revisit": standing.waits(Stage.REVISIT),
        "name_viewer": case.is_restricted,
        "unname_viewer": case.is_restricted,
        "approve_delay": standing.delay is not None,
        "refuse_delay": standing.delay is not None,
        "ask_extension": standing.delay is None and standing.has(Stage.HANDLE, at),
        "ask_pause": standing.delay is None and standing.has(Stage.HANDLE, at) and not standing.is_paused(at),
        "resume": standing.is_paused(at),
        "accept_assist": any(each.accepted_at is None for each in standing.assists),
        "finish_assist": any(each.done_at is None for each in standing.assists),
        "undo_note": standing.left_to_take_back(at) > timedelta(0),
    }
    return {verb for verb, has_object in conditions.items() if not has_object}


def offers(case: Case, user: User, at: datetime, standing: Standing, *, chosen: str = "") -> Offers:
    """Sort what can be done: the step that leads on first, the others after it in the order of the table."""
    idle = without_object(case, standing, at)
    sensible = [verb for verb in open_steps(case.status) if verb in ACTS and verb not in idle]
    judged = verdicts(user, sensible, case, at)
    onward = [verb for verb in ONWARD[Status(case.status)] if verb in sensible]
    allowed = [verb for verb in ACTS if verb in sensible and judged[verb]]
    following = next((verb for verb in onward if verb in allowed), "")
    opened = chosen if chosen in allowed else following
    awaited = _awaited(case, onward[0], judged[onward[0]].reason) if onward and not following else None
    return Offers(
        steps=tuple(offer_of(verb) for verb in allowed if verb not in AT_ITS_LINE),
        at_its_line=AT_ITS_LINE.intersection(allowed),
        next=offer_of(following) if following else None,
        awaited=awaited,
        chosen=offer_of(opened) if opened else None,
        refused=_refused(case, chosen, allowed, judged) if chosen in ACTS and chosen not in allowed else None,
    )


def offer_of(verb: str) -> Offer:
    """Name a step as it is offered."""
    return Offer(verb, step_label(verb), ACTS[verb].icon)


def _awaited(case: Case, verb: str, reason: str) -> Awaited:
    """Say who takes this step: the unit that has the case, or whoever holds the post at the centre."""
    is_units = Role.HANDLER in TAKES[verb] and case.lead is not None
    unit = case.lead if is_units and case.lead else case.centre
    who = unit.name if is_units else f"{unit.name} · {_roles(TAKES[verb])}"
    return Awaited(step_label(verb), who, reason, unit.phone)


def _roles(roles: Iterable[Role]) -> str:
    return _(" or ").join(sorted(str(Role(role).label) for role in roles))


def _refused(case: Case, verb: str, allowed: list[str], judged: dict[str, Verdict]) -> Awaited:
    """Say why a step that was asked for by its address is not open."""
    verdict = judged.get(verb)
    reason = (verdict.reason if verdict else "") or _("This step has no place in the case as it stands now.")
    return _awaited(case, verb, reason)
