"""Settled on the spot, written down in a minute, confirmed by whoever wishes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import SpotRecord, SpotReview
from fengqiao.mediation.onspot import areas_reviewed_by, desks_of
from fengqiao.mediation.transitions import spot
from fengqiao.mediation.transitions.spot import Settled
from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.people.models import Role
from tests import cast
from tests.cast import MONDAY_9AM
from tests.mediation.table import Table

MINUTE = timedelta(minutes=1)


def settled(table: Table, **changes: object) -> Settled:
    """A hen that went into the neighbour's garden."""
    he = table.mediator(table.he_mediates_willow)
    said = Settled(
        mediator=he, region=table.qing.willow, type=DisputeType.NEIGHBOURS, who="张福来、王守田",
        what="王家的鸡进了张家菜园", settled="王家扎篱笆，赔两把菜籽", settled_at=MONDAY_9AM,
    )  # fmt: skip
    return replace(said, **changes)  # type: ignore[arg-type]


def test_a_mediator_records_for_the_own_committee(table: Table) -> None:
    made, code = spot.record(settled(table), to=table.village, by=table.he_mediates_willow, at=MONDAY_9AM)
    assert (made.unit, made.path, made.confirmed_at) == (table.village, table.qing.willow.path, None)
    assert made.confirm_digest == spot.digest_of_code(code) != code and len(code) == spot.CODE_LENGTH


def test_a_grid_worker_helps_the_committee_of_the_village(table: Table) -> None:
    qian = table.qing.qian_walks_the_grid
    (desk,) = desks_of(qian, MONDAY_9AM)
    assert (desk.unit, desk.area) == (table.village, table.qing.grid)
    said = settled(table, region=table.qing.grid)
    made, _code = spot.record(said, to=table.village, by=qian, at=MONDAY_9AM)
    assert made.mediator.user == table.he_mediates_willow and made.by == qian
    with pytest.raises(Refused):
        spot.record(settled(table), to=table.village, by=qian, at=MONDAY_9AM)  # the village is more than the grid


def test_nobody_else_records_and_nobody_elsewhere(table: Table) -> None:
    qing = table.qing
    for by in (qing.ma_clerks, qing.gao_leads, qing.wu_supervises, table.luo_mediates_east, qing.deng_is_a_stranger):
        with pytest.raises(Refused):
            spot.record(settled(table), to=table.village, by=by, at=MONDAY_9AM)
    he = table.he_mediates_willow
    luo = table.mediator(table.luo_mediates_east)
    for wrong in ({"region": qing.west}, {"mediator": luo}, {"settled_at": MONDAY_9AM + MINUTE}, {"settled": " "}):
        with pytest.raises(Refused):
            spot.record(settled(table, **wrong), to=table.village, by=he, at=MONDAY_9AM)
    assert not SpotRecord.objects.exists()


def test_it_can_be_taken_back_for_five_minutes_by_whoever_wrote_it(table: Table) -> None:
    he, jin = table.he_mediates_willow, table.jin_mediates_willow
    made, code = spot.record(settled(table), to=table.village, by=he, at=MONDAY_9AM)
    for by, at in ((jin, MONDAY_9AM), (he, MONDAY_9AM + 6 * MINUTE)):
        with pytest.raises(Refused):
            spot.undo(made, by=by, at=at)
    answered, other = spot.record(settled(table), to=table.village, by=he, at=MONDAY_9AM)
    spot.answer(answered, is_so=True, at=MONDAY_9AM)
    with pytest.raises(Refused):
        spot.undo(answered, by=he, at=MONDAY_9AM)
    spot.undo(made, by=he, at=MONDAY_9AM + 4 * MINUTE)
    assert spot.find_by_code(code, MONDAY_9AM) is None and spot.find_by_code(other, MONDAY_9AM) == answered


def test_a_party_answers_by_the_code_for_thirty_days(table: Table) -> None:
    made, code = spot.record(settled(table), to=table.village, by=table.he_mediates_willow, at=MONDAY_9AM)
    later = MONDAY_9AM + timedelta(days=2)
    found = spot.find_by_code(code, later)
    assert found == made
    spot.answer(found, is_so=True, at=later)
    spot.answer(found, is_so=True, at=later + MINUTE)
    found = spot.answer(found, is_so=False, at=later + 2 * MINUTE)
    assert (found.confirmed_at, found.disputed_at) == (later, later + 2 * MINUTE)
    assert spot.find_by_code(code, MONDAY_9AM + timedelta(days=30)) is None
    assert spot.find_by_code(made.confirm_digest, later) is None


def test_a_record_is_seen_by_the_committee_its_writer_and_the_supervisor(table: Table) -> None:
    qing = table.qing
    spot.record(settled(table, region=qing.grid), to=table.village, by=qing.qian_walks_the_grid, at=MONDAY_9AM)
    seen = {
        name: SpotRecord.objects.visible_to(user, MONDAY_9AM).count()
        for name, user in {
            "jin": table.jin_mediates_willow, "qian": qing.qian_walks_the_grid, "wu": qing.wu_supervises,
            "luo": table.luo_mediates_east, "peng": table.peng_mediates_county, "leader": qing.gao_leads,
            "clerk": qing.ma_clerks, "auditor": qing.bai_audits, "stranger": qing.deng_is_a_stranger,
        }.items()
    }  # fmt: skip
    assert {name for name, count in seen.items() if count} == {"jin", "qian", "wu"}


def test_a_review_is_by_the_supervisor_or_the_countys_director_and_never_of_ones_own(table: Table) -> None:
    made, _code = spot.record(settled(table), to=table.village, by=table.he_mediates_willow, at=MONDAY_9AM)
    assert [area.code for area in areas_reviewed_by(table.peng_mediates_county, MONDAY_9AM)] == [table.qing.root.code]
    for by in (table.jin_mediates_willow, table.luo_mediates_east, table.qing.gao_leads):
        with pytest.raises(Refused):
            spot.review(made, SpotReview.Finding.EXPLAINED, "看过", by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        spot.review(made, SpotReview.Finding.EXPLAINED, " ", by=table.qing.wu_supervises, at=MONDAY_9AM)
    spot.review(made, SpotReview.Finding.EXPLAINED, "同一天两家都在场", by=table.peng_mediates_county, at=MONDAY_9AM)
    spot.review(made, SpotReview.Finding.TO_CORRECT, "时间写错", by=table.qing.wu_supervises, at=MONDAY_9AM)
    assert SpotReview.objects.get().finding == SpotReview.Finding.TO_CORRECT
    cast.hold(table.he_mediates_willow, Role.SUPERVISOR, table.qing.root, table.qing.centre)
    with pytest.raises(Refused):
        spot.review(made, SpotReview.Finding.EXPLAINED, "自己看", by=table.he_mediates_willow, at=MONDAY_9AM)
