"""A department mediates on the same dossier: it begins without a mediator of a register, and its papers are its own."""

import re
from collections.abc import Callable

import pytest

from fengqiao.cases.transitions import dispatching, handling
from fengqiao.mediation.models import Dossier, Meeting
from fengqiao.mediation.papers import pdf
from fengqiao.mediation.papers.contents import Paper
from fengqiao.mediation.papers.forms import form_of
from fengqiao.mediation.papers.offering import papers_of
from fengqiao.mediation.papers.sample import PAPERS
from fengqiao.mediation.transitions import agreeing, consenting, ending, meetings, opening, parties
from fengqiao.mediation.transitions.meetings import Minutes, Plan, Seat
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.vocabulary import Ground, MeetingKind, Road, Way
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.papers.reading import of_pdf, of_word
from tests.mediation.table import DAY, Table

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY_9AM + DAY
OURS = [paper for paper in PAPERS if form_of(paper).kind.startswith("admin_")]


def before_the_bureau(table: Table) -> Dossier:
    """The water bureau has the quarrel in hand, and mediates it itself: both sides agree and know their rights."""
    qing, liu = table.qing, table.qing.liu_handles_water
    case = tables.open_quarrel(qing)
    dispatching.dispatch(case, to=qing.water, by=qing.chen_dispatches, at=MONDAY_9AM)
    handling.accept(case, by=liu, at=MONDAY_9AM)
    said = tables.dispute(road=Road.ADMINISTRATIVE)
    found = opening.open_dossier(case, said, to=qing.water, by=liu, at=MONDAY_9AM)
    for side, name in ((1, "张福来"), (2, "王守田")):
        party = parties.add_party(found, Known(side=side, name=name), by=liu, at=MONDAY_9AM)
        consenting.give_consent(party, way=Way.IN_PERSON, by=liu, at=MONDAY_9AM)
        consenting.acknowledge(party, way=Way.IN_PERSON, by=liu, at=MONDAY_9AM)
    return found


@pytest.fixture
def dossier(table: Table) -> Dossier:
    """The same, accepted."""
    return consenting.begin(before_the_bureau(table), by=table.qing.liu_handles_water, at=MONDAY_9AM)


def kinds(dossier: Dossier) -> list[str]:
    """Name the forms a dossier has."""
    return [offer.form.kind for offer in papers_of(dossier)]


def text(dossier: Dossier, key: str) -> str:
    """Read one paper of a dossier."""
    return of_word(next(offer for offer in papers_of(dossier) if offer.key.startswith(key)).fill())


def meet(table: Table, dossier: Dossier) -> Meeting:
    """Both sides come to the bureau on Tuesday."""
    by = table.qing.liu_handles_water
    plan = Plan(kind=MeetingKind.IN_PERSON, place="水务局会议室", starts_at=TUESDAY, recorder="刘水")
    meeting = meetings.plan(dossier, plan, by=by, at=MONDAY_9AM)
    words, result = "各说各的渠。", "同意分水。"
    written = Minutes(held_at=TUESDAY, ended_at=TUESDAY, statements=words, result=result, recorder="刘水")
    seats = {party: Seat(True) for party in dossier.parties.all()}
    return meetings.hold(meeting, written, seats=seats, by=by, at=TUESDAY)


def test_a_department_settles_a_dispute_and_has_its_own_papers(table: Table, dossier: Dossier) -> None:
    by = table.qing.liu_handles_water
    meet(table, dossier)
    made = agreeing.draft(dossier, tables.wording(dossier), by=by, at=TUESDAY)
    for party in dossier.parties.all():
        agreeing.sign(made, party, signed_at=TUESDAY, by=by, at=TUESDAY)
    agreeing.sign_as_mediator(made, signed_at=TUESDAY, by=by, at=TUESDAY)
    agreeing.seal(made, sealed_at=TUESDAY, by=by, at=TUESDAY)
    agreeing.take_effect(made, by=by, at=TUESDAY)
    dossier.refresh_from_db()

    inside = ["admin_application", "admin_acceptance", "admin_rights", "admin_minutes", "admin_agreement"]
    assert kinds(dossier) == ["admin_cover", "index", *inside]
    for offer in papers_of(dossier):
        assert pdf.draw(offer.fill())[:5] == b"%PDF-"
        assert dossier.number in of_word(offer.fill()) and "清县水务局" in of_word(offer.fill())
    assert "行政调解协议书" in text(dossier, "agreement") and "叁佰元整" in text(dossier, "agreement")
    assert "本机关决定自2026年3月2日起受理" in text(dossier, "acceptance")
    assert "各说各的渠。" in text(dossier, "minutes") and "刘水" in text(dossier, "minutes")


def test_what_a_department_ends_names_the_other_roads(table: Table, dossier: Dossier) -> None:
    by = table.qing.liu_handles_water
    ended = ending.end(dossier, Ground.NO_PROSPECT, "各说各的理。", remedies="向法院起诉。", by=by, at=TUESDAY)

    assert kinds(ended)[5:] == ["admin_termination"]
    assert "各说各的理。" in text(ended, "termination") and "向法院起诉。" in text(ended, "termination")


def test_its_numbers_are_those_of_the_department_and_year(table: Table, dossier: Dossier) -> None:
    assert re.fullmatch(r"\(2026\)\S+调字第1号", dossier.number) and dossier.opened_by == table.qing.water
    assert tables.open_dossier(table).serial == 1  # of the committee, which counts for itself


@pytest.mark.parametrize("paper", OURS, ids=lambda paper: form_of(paper).kind)
@pytest.mark.parametrize("read", [of_pdf, of_word])
def test_no_paper_of_a_department_speaks_of_peoples_mediation(paper: Paper, read: Callable[[Paper], str]) -> None:
    said = read(paper)

    assert len(OURS) == 8 and "行政调解" in said
    assert re.findall(r"人民调解|调解委员会|第[一二三四五六七八九十]+条", said) == []
