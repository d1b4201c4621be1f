"""A mediation ends without agreement."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from fengqiao.cases.vocabulary import Outcome
from fengqiao.cases.workflow import Status
from fengqiao.kit.verdict import Refused
from fengqiao.mediation import remedies
from fengqiao.mediation.models import Dossier, TierRound
from fengqiao.mediation.transitions import consenting, ending
from fengqiao.mediation.vocabulary import DisputeType, Ground, Way
from fengqiao.mediation.workflow import Stand
from tests.cast import MONDAY_9AM
from tests.mediation.table import DAY, Table


def test_the_end_names_the_other_roads_and_concludes_the_case(table: Table, under_way: Dossier) -> None:
    at = MONDAY_9AM + DAY
    ended = ending.end(under_way, Ground.NO_PROSPECT, "各说各的理。", by=table.he_mediates_willow, at=at)

    case = ended.case
    case.refresh_from_db()
    assert (ended.stand, ended.ground, ended.ended_at) == (Stand.ENDED, Ground.NO_PROSPECT, at)
    assert (case.status, case.outcome, case.concluded_at) == (Status.CONCLUDED, Outcome.NOT_SETTLED, at)
    assert ended.usual_roads and not ended.remedies
    assert remedies.usual(DisputeType.LAND) == remedies.of(ended)
    assert remedies.of(ended) in case.public_reply
    with override("zh-hans"):
        assert "仲裁" in remedies.of(ended)
    assert "各说各的理" not in case.public_reply
    assert [(r.result, r.reason) for r in ended.rounds.all()] == [(TierRound.Result.ENDED, "各说各的理。")]


def test_own_words_on_the_roads_come_before_the_usual_ones(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    ended = ending.end(under_way, Ground.OTHER, "转信访。", remedies="向镇政府申请行政处理。", by=by, at=MONDAY_9AM)
    assert remedies.of(ended) == "向镇政府申请行政处理。" and not ended.usual_roads


def test_what_the_parties_settled_themselves_counts_as_withdrawn(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    ended = ending.end(under_way, Ground.SELF_SETTLED, "两家自己说好了。", by=by, at=MONDAY_9AM)
    assert ended.case.outcome == Outcome.WITHDRAWN
    assert remedies.of(ended)


def test_after_a_refusal_it_ends_on_that_ground_alone(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    with pytest.raises(Refused):
        ending.end(under_way, Ground.REFUSED, "不调了。", by=by, at=MONDAY_9AM)
    consenting.refuse(under_way.parties.get(side=2), way=Way.PHONE, by=by, at=MONDAY_9AM)
    under_way.refresh_from_db()

    assert ending.grounds_of(under_way, MONDAY_9AM) == [Ground.REFUSED]
    for ground in set(Ground) - {Ground.REFUSED}:
        with pytest.raises(Refused):
            ending.end(under_way, ground, "不调了。", by=by, at=MONDAY_9AM)
    assert ending.end(under_way, Ground.REFUSED, "不调了。", by=by, at=MONDAY_9AM).stand == Stand.ENDED


def test_time_is_over_when_the_clock_of_the_tier_says_so(table: Table, under_way: Dossier) -> None:
    by, due = table.he_mediates_willow, MONDAY_9AM + 3 * DAY
    with pytest.raises(Refused):
        ending.end(under_way, Ground.TIME_OVER, "三日已到。", by=by, at=due - timedelta(seconds=1))
    assert ending.end(under_way, Ground.TIME_OVER, "三日已到。", by=by, at=due).stand == Stand.ENDED


def test_nothing_ends_twice_or_without_a_reason(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    with pytest.raises(Refused):
        ending.end(under_way, Ground.NO_CONTACT, "  ", by=by, at=MONDAY_9AM)
    ending.end(under_way, Ground.NO_CONTACT, "电话打不通。", by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        ending.end(under_way, Ground.NO_CONTACT, "电话打不通。", by=by, at=MONDAY_9AM)


def test_every_type_names_a_road() -> None:
    assert all(remedies.usual(type_) for type_ in DisputeType)
    assert len({remedies.usual(type_) for type_ in DisputeType}) > 5
