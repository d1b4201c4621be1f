"""The lines of a case's log as people read them: the step, who, their words, and what was decided."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.cases.models import ActorKind, CaseLog, ObjectionReason
from fengqiao.cases.vocabulary import AnswerChannel, Kind, Outcome, Satisfied, Solved, Urgency
from fengqiao.cases.workflow import STEPS
from fengqiao.files.models import Attachment
from fengqiao.files.vocabulary import Parent
from fengqiao.kit.codes import grouped
from fengqiao.web.console import tablelines
from fengqiao.web.console.enclosed import files_by_thing
from fengqiao.web.shared.labels import step_label
from fengqiao.web.shared.parts import Attached
from fengqiao.web.shared.standing import budget
from fengqiao.web.shared.words import full_moment

# Their note holds what the resident said.
FROM_THE_RESIDENT = frozenset({"evaluate", "ask_reopen", "ask_withdraw", "revisit"})


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line, ready to show."""

    line: int
    round: int
    at: datetime
    title: str
    actor: str
    who: str
    note: str
    public: str
    said: str
    taken_back: str
    facts: tuple[tuple[str, str], ...]
    files: tuple[Attached, ...]
    is_supervision: bool
    is_assisting: bool
    is_new: bool


def _yes_or_no(answer: object) -> str:
    return _("Yes") if answer else _("No")


def _listed(names: list[str]) -> str:
    return _(", ").join(names)


def _moment(at: str) -> str:
    return full_moment(datetime.fromisoformat(at))


SHOWN: dict[str, tuple[Any, Callable[[Any], object]]] = {
    "report": (gettext_lazy("Report"), grouped),
    "unit_name": (gettext_lazy("Lead unit"), str),
    "assist": (gettext_lazy("Assisting units"), _listed),
    "given_to": (gettext_lazy("Given to"), str),
    "names": (gettext_lazy("Unit that should have it"), str),
    "place_was": (gettext_lazy("Place before"), str),
    "place": (gettext_lazy("Place now"), str),
    "unit_was": (gettext_lazy("Unit before"), str),
    "unit_now": (gettext_lazy("Unit now"), str),
    "handed_from": (gettext_lazy("Handed on by"), str),
    "handed_to": (gettext_lazy("Handed on to"), str),
    "number_there": (gettext_lazy("Number there"), str),
    "kind_was": (gettext_lazy("Kind before"), lambda code: Kind(code).label),
    "kind": (gettext_lazy("Kind now"), lambda code: Kind(code).label),
    "urgency_was": (gettext_lazy("Urgency before"), lambda code: Urgency(code).label),
    "urgency": (gettext_lazy("Urgency now"), lambda code: Urgency(code).label),
    "category_was": (gettext_lazy("Category before"), str),
    "category": (gettext_lazy("Category now"), str),
    "tier": (gettext_lazy("Tier"), str),
    "raised_from": (gettext_lazy("Raised by"), str),
    "raised_to": (gettext_lazy("Raised to"), str),
    "outcome": (gettext_lazy("Outcome"), lambda code: Outcome(code).label),
    "solved": (gettext_lazy("Solved?"), lambda code: Solved(code).label),
    "satisfied": (gettext_lazy("Satisfied?"), lambda code: Satisfied(code).label),
    "asked": (gettext_lazy("In the resident's words"), str),
    "contacted": (gettext_lazy("Contacted by the unit?"), _yes_or_no),
    "channel": (gettext_lazy("By which way"), lambda code: AnswerChannel(code).label),
    "until": (gettext_lazy("Paused until"), str),
    "due_was": (gettext_lazy("Due before"), _moment),
    "due": (gettext_lazy("Due now"), _moment),
    "name": (gettext_lazy("Person"), str),
    "rule": (gettext_lazy("Rule"), lambda rule: _(rule)),
}


DUE = {key: SHOWN[key] for key in ("due_was", "due")}  # of the facts of a mediation, those that mean the same


def entries(lines: Iterable[CaseLog], *, seen: int) -> list[LogEntry]:
    """Make the lines ready, newest first; those after `seen` are marked as new."""
    lines = list(lines)
    undoing = {line.line - 1: line for line in lines if line.verb == "undo_note"}
    filed = [line.pk for line in lines if line.facts.get("files")]
    files = files_by_thing(Attachment.objects.of(Parent.LINE, filed) if filed else ())
    made = [_entry(line, undoing.get(line.line), files[line.pk], is_new=line.line > seen) for line in lines]
    return sorted(made, key=lambda entry: entry.line, reverse=True)


def _entry(line: CaseLog, undone: CaseLog | None, files: tuple[Attached, ...], *, is_new: bool) -> LogEntry:
    """Make one line ready; of one that was taken back nothing is shown but that."""
    from_resident = line.verb in FROM_THE_RESIDENT
    note, public = (line.note, line.public) if undone is None else ("", "")
    return LogEntry(
        line=line.line,
        round=line.round,
        at=line.at,
        title=_title(line),
        actor=line.actor,
        who=_who(line),
        note="" if from_resident else note,
        public=public,
        said=note if from_resident else "",
        taken_back=_("Taken back by %(who)s within five minutes") % {"who": _who(undone)} if undone else "",
        facts=tuple(_facts(line)),
        files=files if undone is None else (),
        is_supervision=line.verb == "supervise",
        is_assisting=bool(line.facts.get("assisting")),
        is_new=is_new,
    )


def _title(line: CaseLog) -> str:
    """Name the step, or the act at the table that it stands for."""
    act = tablelines.title_of(line.facts) if line.verb == "mediation" else ""
    return act or (step_label(line.verb) if line.verb in STEPS else line.verb)


def _who(line: CaseLog) -> str:
    if line.actor == ActorKind.RESIDENT:
        return _("The resident")
    if line.by is None:
        return str(ActorKind(line.actor).label)
    return f"{line.by} · {line.unit.short_name or line.unit.name}" if line.unit else str(line.by)


def _facts(line: CaseLog) -> Iterable[tuple[str, str]]:
    """Pick out of the facts what a reader wants to see, in a fixed order."""
    if line.verb == "object" and "reason" in line.facts:
        yield _("Reason"), str(ObjectionReason(line.facts["reason"]).label)
    if line.verb in ("name_viewer", "unname_viewer") and "reason" in line.facts:
        yield _("Reason"), str(line.facts["reason"])
    if line.facts.get("more"):
        yield _("Longer by"), budget(int(str(line.facts["more"])), str(line.facts["counted_in"]))
    yield from tablelines.facts_of(line.facts) if line.verb == "mediation" else ()
    for key, (label, say) in (DUE if line.verb == "mediation" else SHOWN).items():
        if key in line.facts and line.facts[key] not in (None, "", []):
            yield str(label), str(say(line.facts[key]))
