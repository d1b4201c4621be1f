"""All rows of one case: the report and what triage said, the case, its sealed log, its clocks, who was told."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from bench.kept.matters import Matter, code_of, id_at, signs
from bench.kept.staff import Person
from fengqiao.cases.models import ActorKind, Case, CaseClock, CaseLog, NamedViewer
from fengqiao.cases.vocabulary import Kind, Nature, Outcome
from fengqiao.intake.models import Decision, Report, ReportClock
from fengqiao.intake.workflow import Channel
from fengqiao.intake.workflow import Outcome as Decided
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.kit.sealing import START
from fengqiao.oversight.models import Notice
from fengqiao.oversight.rules import WINDOW_OVER_ARCHIVES
from fengqiao.people.models import Role

LINES = 5
CHANNELS = (Channel.WEB, Channel.PHONE, Channel.WINDOW, Channel.GRID)
REPLIES = ("已经修好，现场看过了。", "已经答复本人，本人同意。", "款项已经发放，请查收。", "已经清理，今后每周两次。")
NOTES = ("电话回访过，情况属实。", "已经现场查看。", "材料已经转给承办人。", "约了周四上门。")

Values = dict[str, Any]
Row = tuple[type[Model], Values]


def rows(matter: Matter) -> Iterator[Row]:
    """Give every row of the matter."""
    life, chance = matter.life, matter.chance
    case, report = id_at(life.steps[0][1], chance), id_at(life.received_at, chance)
    code = code_of(matter.county.tag, matter.number)
    lines = list(_log(matter, case, code))
    yield Case, _case(matter, case, lines)
    yield Report, _report(matter, report, case, code)
    opened = life.steps[0][1]
    yield (
        Decision,
        _own(matter, opened, report_id=report, case_id=case, outcome=Decided.OPENED, by_id=matter.clerk.id, at=opened),
    )
    for line in lines:
        yield CaseLog, line
    for clock in life.clocks:
        yield CaseClock, vars_of(clock) | _own(matter, clock.started_at, case_id=case)
    assert life.triage is not None  # every life begins with one
    yield ReportClock, vars_of(life.triage) | _own(matter, life.received_at, report_id=report)
    yield from _told(matter, case, lines)
    yield from _named(matter, case)


def vars_of(clock: CaseClock) -> Values:
    """Give a clock's own columns."""
    return {name: value for name, value in vars(clock).items() if name not in ("_state", "id", "case_id", "county")}


def _own(matter: Matter, made_at: datetime, /, **values: Any) -> Values:
    return {"id": id_at(made_at, matter.chance), "county": matter.place.county, **values}


def _case(matter: Matter, case: UUID, lines: list[Values]) -> Values:
    life, place = matter.life, matter.place
    due, is_sent, concluded = life.running(), life.at("dispatch") is not None, life.at("conclude")
    return {
        "id": case, "county": place.county, "number": f"{life.steps[0][1]:%Y%m%d}-{signs(matter.number, 5)}",
        "kind": Kind.LEAD if matter.is_restricted else Kind.REQUEST,
        "nature": Nature.ACCUSATION if matter.is_restricted else Nature.HELP,
        "title": matter.title, "urgency": life.urgency, "is_restricted": matter.is_restricted,
        "region_id": place.region, "path": place.path, "township": place.township, "village": place.village,
        "centre_id": matter.dispatcher.unit, "lead_id": matter.handler.unit if is_sent else None,
        "status": life.status, "due_at": due.due_at if due else None, "due_stage": due.stage if due else "",
        "outcome": Outcome.SOLVED if concluded else "", "public_reply": _reply(matter) if concluded else "",
        "opened_at": life.steps[0][1], "concluded_at": concluded, "archived_at": life.at("archive"),
        "line_count": len(lines), "last_digest": lines[-1]["digest"],
    }  # fmt: skip


def _report(matter: Matter, report: UUID, case: UUID, code: str) -> Values:
    place, chance = matter.place, matter.chance
    return {
        "id": report, "submission": report, "county": place.county, "code": code, "case_id": case,
        "secret_digest": f"{chance.getrandbits(256):064x}", "channel": chance.choice(CHANNELS),
        "nature": Nature.ACCUSATION if matter.is_restricted else Nature.HELP, "text": matter.text,
        "region_id": place.region, "path": place.path, "place": matter.where,
        "received_at": matter.life.received_at, "status": ReportStatus.IN_CASE,
    }  # fmt: skip


def _reply(matter: Matter) -> str:
    return REPLIES[matter.number % len(REPLIES)] + f"（{matter.title}）"


def _log(matter: Matter, case: UUID, code: str) -> Iterator[Values]:
    """Give the log, sealed line by line; notes by the clerk fill it up to five lines."""
    steps = matter.life.steps
    begun, rest = steps[0], steps[1:]
    notes = [("add_note", begun[1])] * (LINES - len(steps))
    previous, line = START, CaseLog(case_id=case, county=matter.place.county, round=1)
    for number, (verb, at) in enumerate([begun, *notes, *rest], 1):
        said: Values = {"note": "", "public": "", "facts": {}, **_SAID[verb](matter, code)}
        vars(line).update(said, id=id_at(at, matter.chance), line=number, verb=verb, at=at)
        line.digest = previous = line.sealed(previous)
        yield {name: value for name, value in vars(line).items() if name != "_state"}


def _opens(matter: Matter, code: str) -> Values:
    return _by(matter.clerk) | {"facts": {"report": code}}


def _notes(matter: Matter, code: str) -> Values:
    return _by(matter.clerk) | {"note": matter.chance.choice(NOTES)}


def _dispatches(matter: Matter, code: str) -> Values:
    to = matter.handler
    return _by(matter.dispatcher) | {"facts": {"unit": str(to.unit), "unit_name": to.unit_name, "assist": []}}


def _accepts(matter: Matter, code: str) -> Values:
    return _by(matter.handler)


def _concludes(matter: Matter, code: str) -> Values:
    facts = {"outcome": str(Outcome.SOLVED), "further": ""}
    return _by(matter.handler) | {"public": _reply(matter), "facts": facts}


def _archives(matter: Matter, code: str) -> Values:
    facts = {"solved": "", "rule": WINDOW_OVER_ARCHIVES}
    return {"actor": ActorKind.MACHINE, "by_id": None, "unit_id": None, "facts": facts}


_SAID: dict[str, Callable[[Matter, str], Values]] = {
    "open": _opens, "add_note": _notes, "dispatch": _dispatches, "accept": _accepts, "conclude": _concludes,
    "archive": _archives,
}  # fmt: skip


def _by(person: Person) -> Values:
    return {"actor": ActorKind.STAFF, "by_id": person.id, "unit_id": person.unit}


def _told(matter: Matter, case: UUID, lines: list[Values]) -> Iterator[Row]:
    """Give the notice that the unit got at dispatch, seen since unless the case is quite new."""
    sent, seen = matter.life.at("dispatch"), matter.life.at("accept")
    if sent is None:
        return
    line = next(line["id"] for line in lines if line["verb"] == "dispatch")
    told = {"kind": Notice.Kind.DISPATCHED, "unit_id": matter.handler.unit, "role": Role.HANDLER, "case_id": case}
    told |= {"line_id": line, "made_at": sent, "visible_from": sent, "seen_at": seen}
    yield Notice, _own(matter, sent, **told, seen_by_id=matter.handler.id if seen else None)


def _named(matter: Matter, case: UUID) -> Iterator[Row]:
    """Name those who deal with a restricted case."""
    opened = matter.life.steps[0][1]
    for person in (matter.clerk, matter.dispatcher, matter.handler) if matter.is_restricted else ():
        named = {"case_id": case, "user_id": person.id, "reason": "承办", "named_by_id": matter.clerk.id}
        yield NamedViewer, _own(matter, opened, **named, named_at=opened)
