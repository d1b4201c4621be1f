"""The board of the day as its page shows it: each number with its name and the way to what is behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.vocabulary import Nature, Outcome, Solved
from fengqiao.insight.day import Board, CameIn, Held
from fengqiao.intake.workflow import Channel
from fengqiao.intake.workflow import Outcome as Decided
from fengqiao.web.console.counting import LABELS, cases_behind, reports_behind, share_in_words


@dataclass(frozen=True, slots=True)
class Number:
    """One number: what it counts, how many, and where they are listed."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Door:
    """What came by one door, nature by nature."""

    label: str
    numbers: Sequence[Number]
    total: Number


@dataclass(frozen=True, slots=True)
class Hands:
    """What waits in one unit's hands."""

    unit: str
    number: Number
    oldest: datetime


@dataclass(frozen=True, slots=True)
class DayPage:
    """Everything the page shows of one board."""

    natures: Sequence[str]
    doors: Sequence[Door]
    received: Number
    done: Sequence[Number]
    outcomes: Sequence[Number]
    answers: Sequence[Number]
    share: str
    present: Sequence[Number]
    late: Sequence[Hands]
    stuck: Sequence[Hands]
    reports: Sequence[Number]


def day_page(board: Board) -> DayPage:
    """Dress a board's numbers for its page."""
    natures = [nature for nature in Nature if any(row.nature == nature for row in board.came_in)]
    return DayPage(
        natures=[str(nature.label) for nature in natures],
        doors=[_door(board, channel, natures) for channel in Channel if _of(board.came_in, channel)],
        received=_received(board, sum(row.count for row in board.came_in)),
        done=_done(board),
        outcomes=_numbers(board, (f"concluded_{outcome.value}" for outcome in Outcome)),
        answers=_answers(board),
        share=share_in_words(board.answers.solved, board.answers.answered, board.answers.share),
        present=[_number(board, key, board.present[key]) for key in ("undecided", "alerts")],
        late=_hands(board, "late", board.late),
        stuck=_hands(board, "stuck", board.stuck),
        reports=_waiting(board),
    )


def _number(board: Board, key: str, count: int) -> Number:
    return Number(str(LABELS[key]), count, cases_behind(key, board.region, board.on))


def _numbers(board: Board, keys: Iterable[str]) -> list[Number]:
    return [_number(board, key, board.moves[key]) for key in keys]


def _of(rows: Sequence[CameIn], channel: str) -> list[CameIn]:
    return [row for row in rows if row.channel == channel]


def _received(board: Board, count: int, label: str = "", **which: str) -> Number:
    href = reports_behind(board.region, status="all", received_on=board.on.isoformat(), **which)
    return Number(label, count, href)


def _door(board: Board, channel: Channel, natures: Sequence[Nature]) -> Door:
    rows = {row.nature: row.count for row in _of(board.came_in, channel)}
    numbers = [
        _received(board, rows.get(nature, 0), str(nature.label), channel=channel.value, nature=nature.value)
        for nature in natures
    ]
    return Door(str(channel.label), numbers, _received(board, sum(rows.values()), channel=channel.value))


def _done(board: Board) -> list[Number]:
    opened, dispatched, concluded, reopened, asked = _numbers(
        board, ("opened", "dispatched", "concluded", "reopened", "asked_again")
    )
    href = reports_behind(board.region, status="all", declined_on=board.on.isoformat())
    return [opened, Number(str(Decided.DECLINED.label), board.declined, href), dispatched, concluded, reopened, asked]


def _answers(board: Board) -> list[Number]:
    said = board.answers
    counts = {
        f"answered_{Solved.YES.value}": said.solved,
        f"answered_{Solved.PARTLY.value}": said.partly,
        f"answered_{Solved.NO.value}": said.not_solved,
        "excluded": said.excluded,
        "unanswered": said.unanswered,
    }
    return [_number(board, key, count) for key, count in counts.items()]


def _hands(board: Board, key: str, held: Sequence[Held]) -> list[Hands]:
    return [
        Hands(
            unit=each.unit.name,
            number=Number("", each.count, cases_behind(key, board.region, board.on, holder=each.unit.pk)),
            oldest=each.oldest,
        )
        for each in held
    ]


def _waiting(board: Board) -> list[Number]:
    return [
        Number(_("Waiting for a decision"), board.reports_waiting, reports_behind(board.region)),
        Number(_("Of these overdue"), board.reports_late, reports_behind(board.region, overdue="on")),
    ]
