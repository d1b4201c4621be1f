"""Every act of tiers, meetings, succession and danger: its line, the stranger without a trace, the end that refuses."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection

from fengqiao.cases.models import Case
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier, Meeting
from fengqiao.mediation.transitions import ending, inviting, meetings, succession, tiers
from fengqiao.mediation.transitions.dangers import Danger, report_danger
from fengqiao.mediation.transitions.inviting import Helper
from fengqiao.mediation.transitions.linking import link
from fengqiao.mediation.transitions.meetings import Minutes, Plan, Seat
from fengqiao.mediation.vocabulary import Ground, MeetingKind
from fengqiao.people.models import User
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table

SOON, LATER = MONDAY_9AM + timedelta(hours=3), MONDAY_9AM + DAY
Take = Callable[[Table, Dossier, User], object]


def _meeting(dossier: Dossier) -> Meeting:
    return dossier.meetings.get()


def _hold(table: Table, dossier: Dossier, by: User) -> object:
    minutes = Minutes(held_at=SOON, ended_at=SOON, result="再谈。")
    seats = {party: Seat(True) for party in dossier.parties.filter(left_at__isnull=True)}
    return meetings.hold(_meeting(dossier), minutes, seats=seats, by=by, at=LATER)


AT_ANY_TIME = {"report_danger"}  # the duty of art. 25 does not end with the mediation
PLAN = Plan(kind=MeetingKind.PHONE, starts_at=LATER + DAY)
ELDER = Helper(name="赵长者", role="长辈")
ROWS: dict[str, Take] = {
    "escalate": lambda _t, d, by: tiers.escalate(d, to=None, reason="谈不拢。", by=by, at=LATER),
    "extend": lambda _t, d, by: tiers.extend(d, days=1, agreed_by=d.parties.all(), by=by, at=LATER),
    "pause": lambda _t, d, by: tiers.pause(d, until=date(2026, 3, 9), reason="测绘。", by=by, at=LATER),
    "plan_meeting": lambda _t, d, by: meetings.plan(d, PLAN, by=by, at=LATER),
    "call_off_meeting": lambda _t, d, by: meetings.call_off(_meeting(d), reason="雪。", by=by, at=LATER),
    "hold_meeting": _hold,
    "invite": lambda _t, d, by: inviting.invite(d, ELDER, by=by, at=LATER),
    "answer_invitation": lambda _t, d, by: inviting.answer(
        d.invitations.get(), party=d.parties.get(side=1), agrees=True, by=by, at=LATER
    ),
    "replace_party": lambda _t, d, by: succession.replace_party(d.parties.get(side=2), why="去世。", by=by, at=LATER),
    "link": lambda _t, d, by: link(d, Case.objects.exclude(pk=d.case_id).get(), by=by, at=LATER),
    "report_danger": lambda _t, d, by: report_danger(d, Danger(to="派出所", words="动手。"), by=by, at=LATER),
}


@pytest.fixture
def laid(table: Table, under_way: Dossier) -> Dossier:
    """A dossier with a meeting planned, somebody invited, and another case of the same dispute beside it."""
    by = table.he_mediates_willow
    meetings.plan(under_way, Plan(kind=MeetingKind.PHONE, starts_at=SOON), by=by, at=MONDAY_9AM)
    inviting.invite(under_way, Helper(name="钱律师", role="律师"), by=by, at=MONDAY_9AM)
    tables.open_quarrel(table.qing)
    return Dossier.objects.select_related("case").get(pk=under_way.pk)


@pytest.mark.parametrize("verb", sorted(ROWS))
def test_the_act_is_taken_and_leaves_its_line(table: Table, laid: Dossier, verb: str) -> None:
    before = Case.objects.get(pk=laid.case_id).line_count
    ROWS[verb](table, laid, table.he_mediates_willow)
    [line] = laid.case.log.filter(line__gt=before)
    assert (line.facts.get("act") or line.verb) == verb
    assert line.by == table.he_mediates_willow


@pytest.mark.parametrize("verb", sorted(ROWS))
def test_a_stranger_leaves_no_trace(table: Table, laid: Dossier, verb: str) -> None:
    before = _everything()
    for by in (table.luo_mediates_east, table.qing.chen_dispatches, table.qing.deng_is_a_stranger):
        with pytest.raises(Refused):
            ROWS[verb](table, laid, by)
    assert _everything() == before


@pytest.mark.parametrize("verb", sorted(ROWS.keys() - AT_ANY_TIME))
def test_what_has_ended_refuses(table: Table, laid: Dossier, verb: str) -> None:
    ending.end(laid, Ground.NO_PROSPECT, "各执一词。", by=table.he_mediates_willow, at=SOON)
    before = _everything()
    with pytest.raises(Refused):
        ROWS[verb](table, laid, table.he_mediates_willow)
    assert _everything() == before


def _everything() -> list[str]:
    """Read every row of cases and mediation as it stands."""
    tables_ = [name for name in connection.introspection.table_names() if name.startswith(("cases_", "mediation_"))]
    found = []
    with connection.cursor() as cursor:
        for name in sorted(tables_):
            cursor.execute(f"SELECT md5(coalesce(string_agg(r::text, chr(10) ORDER BY r::text), '')) FROM \"{name}\" r")  # noqa: S608
            found.append(f"{name} {cursor.fetchone()[0]}")
    return found
