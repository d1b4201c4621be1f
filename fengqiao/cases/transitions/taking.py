"""What every step has in common: lock, right, state, change, save, log. Written once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import ActorKind, Case, CaseLog, Unfollowed
from fengqiao.cases.policy import standing
from fengqiao.cases.workflow import MAY_BE_TAKEN_BACK, STEPS, TAKEN_BACK_WITHIN
from fengqiao.files.transitions.keeping import Enclosed, attach
from fengqiao.files.vocabulary import Parent
from fengqiao.kit.verdict import Refused, require
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
def as_seen(case: Case, seen: int) -> Iterator[None]:
    """Hold the case locked, and refuse if a line was added since the form was opened at line `seen`."""
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if locked.line_count != seen:
            raise Refused(
                _("This case changed while you were writing. Your words are kept: read the new lines, then send again.")
            )
        yield


@contextmanager
def taking(verb: str, case: Case, *, by: Actor, at: datetime, words: Words | None = None) -> Iterator[Case]:
    """Hold the case locked while one step is taken, then save it and write its log line."""
    words = words or Words()
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).select_related("centre__region").get(pk=case.pk)
        post, verdict = standing(by, verb, case, at)
        require(verdict)
        if case.status not in STEPS[verb].leaves:
            raise Refused(_("This case has moved on: %(status)s.") % {"status": case.get_status_display()})
        acting_round, acting_lead = case.round, case.lead_id
        yield case
        if case.lead_id != acting_lead:
            case.assigned_to = None  # whom another unit gave it to
        case.status = STEPS[verb].reaches or case.status
        deadlines.point_to_next(case)
        write_line(Act(verb, by, post, at, acting_round), case, words)
        case.save()


def write_line(act: Act, case: Case, words: Words) -> CaseLog:
    """Add a sealed line to the case's log and owe its follow-ups; the caller saves the case."""
    by = act.by
    line = CaseLog(
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
    _enclose(line, words)
    line.digest = line.sealed(case.last_digest)
    line.save(force_insert=True)
    # What follows a note waits until it can no longer be taken back.
    free_at = act.at + TAKEN_BACK_WITHIN if act.verb in MAY_BE_TAKEN_BACK else act.at
    Unfollowed.objects.create(line=line, county=case.county, retry_at=free_at)
    case.line_count, case.last_digest = line.line, line.digest
    return line


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
