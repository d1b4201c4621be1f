"""What every step has in common: lock, right, state, change, save, log. Written once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import ActorKind, Case, CaseLog, Unfollowed
from fengqiao.cases.policy import standing
from fengqiao.cases.workflow import MAY_BE_TAKEN_BACK, STEPS, TAKEN_BACK_WITHIN
from fengqiao.files.transitions.keeping import Enclosed, attach
from fengqiao.files.vocabulary import Parent
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.rows import new
from fengqiao.kit.verdict import Refused, require
from fengqiao.kit.writing import facts_of, insert, together, update_changed
from fengqiao.people.actors import Actor, Machine, Resident
from fengqiao.people.models import Post, User

Fact = str | int | bool | list[str] | None


@dataclass
class Words:
    """What a step leaves in the log besides the step itself."""

    note: str = ""  # for staff
    public: str = ""  # for the resident
    facts: dict[str, Fact] = field(default_factory=dict)
    enclosed: Enclosed | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A step as it is taken: by whom, by which post, when, in which round."""

    verb: str
    by: Actor
    post: Post | None
    at: datetime
    round: int


@contextmanager
def held(case: Case) -> Iterator[Case]:
    """Hold a case locked, as it is now, until the step is taken; one that is held already stays as it is."""
    if case.is_held:
        yield case
        return
    with transaction.atomic(), together():
        locked = next(iter(_LOCKED(case.pk)))
        locked.is_held = True
        _keep_centre(case, locked)
        try:
            yield locked
        finally:
            locked.is_held = False


@contextmanager
def as_seen(case: Case, seen: int) -> Iterator[Case]:
    """Hold the case locked, and refuse if a line was added since the form was opened at line `seen`."""
    with held(case) as case:
        if case.line_count != seen:
            raise Refused(
                _("This case changed while you were writing. Your words are kept: read the new lines, then send again.")
            )
        yield case


@contextmanager
def taking(verb: str, case: Case, *, by: Actor, at: datetime, words: Words | None = None) -> Iterator[Case]:
    """Hold the case locked while one step is taken, then save it and write its log line."""
    words = words or Words()
    with held(case) as case:
        before = facts_of(case)
        post, verdict = standing(by, verb, case, at)
        require(verdict)
        if case.status not in STEPS[verb].leaves:
            raise Refused(_("This case has moved on: %(status)s.") % {"status": case.get_status_display()})
        acting_round, acting_lead = case.round, case.lead_id
        with deadlines.at_hand(case):
            yield case
            if case.lead_id != acting_lead:
                case.assigned_to = None  # whom another unit gave it to
            case.status = STEPS[verb].reaches or case.status
            deadlines.point_to_next(case)
        write_line(Act(verb, by, post, at, acting_round), case, words)
        update_changed(case, before)


def _keep_centre(seen: Case, locked: Case) -> None:
    """Let a case that was read again keep the centre that was read with it before, if it still has that one."""
    if Case.centre.is_cached(seen) and seen.centre_id == locked.centre_id:
        locked.centre = seen.centre


def _locked(_shape: object, case: UUID) -> QuerySet[Case]:
    # The row alone: joined to a centre it no longer has once we had to wait, it would not be found (kit/holding.py).
    return Case.objects.select_for_update().filter(pk=case)


_LOCKED: Prepared[Case] = Prepared(_locked)


def write_line(act: Act, case: Case, words: Words) -> CaseLog:
    """Add a sealed line to the case's log and owe its follow-ups; the caller saves the case."""
    line = next_line(act, case, words)
    _enclose(line, words)
    seal(line, case)
    store(line, act)
    return line


def next_line(act: Act, case: Case, words: Words) -> CaseLog:
    """Build the line that this act adds to the case's log."""
    by = act.by
    return new(
        CaseLog,
        county=case.county,
        case=case,
        line=case.line_count + 1,
        round=act.round,
        verb=act.verb,
        actor=kind_of(by),
        by=by if isinstance(by, User) else None,
        unit=act.post.unit if act.post else None,
        at=act.at,
        note=words.note,
        public=words.public,
        facts=words.facts | ({"rule": by.rule} if isinstance(by, Machine) else {}),
    )


def seal(line: CaseLog, case: Case) -> None:
    """Chain a line to the one before it; it is the head of the case's log from now on."""
    line.digest = line.sealed(case.last_digest)
    case.line_count, case.last_digest = line.line, line.digest


def store(line: CaseLog, act: Act) -> None:
    """Store a line and owe its follow-ups; what follows a note waits until it can no longer be taken back."""
    insert(line)
    free_at = act.at + TAKEN_BACK_WITHIN if act.verb in MAY_BE_TAKEN_BACK else act.at
    insert(new(Unfollowed, line_id=line.pk, county=line.county, retry_at=free_at))


def _enclose(line: CaseLog, words: Words) -> None:
    """Let the files that came with a step belong to its line; their digests are sealed with it."""
    files = attach(words.enclosed, Parent.LINE, line.pk, county=line.county, by=line.by)
    if not files:
        return
    if words.enclosed and words.enclosed.for_resident and not words.public.strip():
        raise Refused(_("Say in a line to the resident what the files show."))
    line.facts = {**line.facts, "files": [file.digest for file in files]}


def kind_of(by: Actor) -> ActorKind:
    """Tell staff, resident and machine apart for the log."""
    if isinstance(by, Machine):
        return ActorKind.MACHINE
    return ActorKind.RESIDENT if isinstance(by, Resident) else ActorKind.STAFF
