"""A dispute is mediated once more after its case was reopened."""

from datetime import date

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import reopening
from fengqiao.cases.vocabulary import Solved
from fengqiao.cases.workflow import Status
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Agreement, Dossier
from fengqiao.mediation.transitions import consenting, ending, opening, performing
from fengqiao.mediation.vocabulary import ChosenBy, Consent, Ground, Way
from fengqiao.mediation.workflow import Stand
from tests import acts
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table

LATER = MONDAY_9AM + DAY


def reopened(table: Table, dossier: Dossier) -> Case:
    case = acts.evaluate(dossier.case, solved=Solved.NO, words="没有用。", at=LATER)
    return reopening.reopen(case, by=table.qing.chen_dispatches, at=LATER)


def again(table: Table, case: Case) -> Dossier:
    return opening.open_dossier(case, tables.dispute(), to=table.township, by=table.qing.chen_dispatches, at=LATER)


def test_it_goes_on_in_the_same_dossier_and_everybody_is_asked_anew(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    ended = ending.end(under_way, Ground.NO_PROSPECT, "谈不拢。", by=by, at=MONDAY_9AM)
    dossier = again(table, reopened(table, ended))

    assert (dossier.pk, dossier.number) == (under_way.pk, under_way.number)
    assert (dossier.stand, dossier.mediator, dossier.ground) == (Stand.ASKING, None, "")
    assert dossier.case.status == Status.MEDIATING
    assert set(dossier.parties.values_list("consent", flat=True)) == {Consent.NOT_ASKED}
    assert list(dossier.rounds.order_by("order").values_list("unit__code", flat=True)) == ["mc-willow", "mc-east"]
    with pytest.raises(Refused):
        consenting.begin(dossier, by=table.luo_mediates_east, at=LATER)


def test_what_the_court_did_not_confirm_can_be_changed(table: Table, under_way: Dossier) -> None:
    first, by = tables.settle(table, under_way), table.he_mediates_willow
    performing.ask_court(first, asked_on=date(2026, 3, 2), by=by, at=LATER)
    performing.court_answered(first, is_confirmed=False, answered_on=date(2026, 3, 3), by=by, at=LATER)
    under_way.refresh_from_db()
    dossier, luo = again(table, reopened(table, under_way)), table.luo_mediates_east
    for party in dossier.parties.all():
        consenting.give_consent(party, way=Way.IN_PERSON, by=luo, at=LATER)
    consenting.choose_mediator(dossier, table.mediator(luo), chosen_by=ChosenBy.PARTIES, by=luo, at=LATER)
    consenting.begin(dossier, by=luo, at=LATER)
    second = tables.settle(Table(**(table.__dict__ | {"he_mediates_willow": luo})), dossier, at=LATER)

    first.refresh_from_db()
    assert (first.state, second.state) == (Agreement.State.OVERTURNED, Agreement.State.EFFECTIVE)
    assert second.version == first.version + 1


def test_what_still_binds_is_not_mediated_about(table: Table, under_way: Dossier) -> None:
    tables.settle(table, under_way)
    under_way.refresh_from_db()
    case = reopened(table, under_way)
    with pytest.raises(Refused):
        again(table, case)
    under_way.refresh_from_db()
    case.refresh_from_db()
    assert (under_way.stand, case.status) == (Stand.AGREED, Status.OPENED)


def test_a_dossier_that_runs_is_not_opened_twice(table: Table, under_way: Dossier) -> None:
    with pytest.raises(Refused):
        again(table, under_way.case)
