"""Places change on a day: what hangs on them goes along, what has ended stays, and nobody is left without a home."""

from datetime import date, timedelta

import pytest

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.intake.transitions.resettling import unfinished
from fengqiao.jobs import resettling
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import StaffLog, Unit
from fengqiao.places.models import Centre, Kind, Level, Region, RegionChange
from fengqiao.places.queries import heir_of
from fengqiao.playbooks.redrawing import acts
from fengqiao.playbooks.redrawing.acts import About, Change
from fengqiao.playbooks.redrawing.preview import look
from tests import acts as steps
from tests import cast
from tests.cases.test_every_step import trace
from tests.cast import MONDAY_9AM, QING, QingCounty

TODAY = MONDAY_9AM.date()
LATER = MONDAY_9AM + timedelta(hours=2)


def change(qing: QingCounty, on: date = TODAY) -> Change:
    return Change(on, qing.shi_runs_the_system, LATER)


@pytest.fixture
def poplar(qing: QingCounty) -> Region:
    """A second village in East Town, with a grid."""
    village = cast.place(f"{QING}101202", "白杨村委会", Level.VILLAGE, qing.east, kind=Kind.VILLAGE_COMMITTEE)
    cast.place(f"{QING}101202001", "白杨第一网格", Level.GRID, village)
    return village


def free(qing: QingCounty) -> None:
    """The grid worker's post ends, so that nobody is at home in Willow Village."""
    qing.qian_walks_the_grid.posts.update(ends_on=TODAY)


def test_open_cases_and_waiting_reports_go_along_and_clocks_stand_as_they_stood(
    qing: QingCounty, sent_leak: Case, poplar: Region
) -> None:
    waiting = steps.receive(qing, text="路灯不亮").report
    before = trace(sent_leak)["clocks"]

    acts.close([qing.willow], poplar, change(qing))
    assert resettling.carry_on(LATER) == 2

    sent_leak.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent_leak.region, sent_leak.path, sent_leak.village) == (poplar, poplar.path, poplar.short_code)
    assert trace(sent_leak)["clocks"] == before
    assert (waiting.region, waiting.path, waiting.text) == (poplar, poplar.path, "路灯不亮")
    line = sent_leak.log.get(verb="repoint")
    assert (line.actor, line.facts["place_was"], line.facts["place"]) == ("machine", "柳树村委会", "白杨村委会")
    assert resettling.carry_on(LATER) == 0


def test_what_has_ended_stays_where_it_was(qing: QingCounty, done_leak: Case, poplar: Region) -> None:
    case = steps.archive(qing, steps.evaluate(done_leak, at=LATER), at=LATER)
    case.clocks.filter(met_at=None).update(stopped_at=LATER)

    acts.close([qing.willow], poplar, change(qing))
    resettling.carry_on(LATER)

    case.refresh_from_db()
    assert case.region == qing.willow and not case.log.filter(verb="repoint").exists()


def test_a_case_that_can_still_be_reopened_goes_along(qing: QingCounty, done_leak: Case, poplar: Region) -> None:
    acts.close([qing.willow], poplar, change(qing))
    resettling.carry_on(LATER)

    done_leak.refresh_from_db()
    assert done_leak.region == poplar and done_leak.status == "concluded"


def test_grids_go_along_to_a_village_and_keep_their_codes(qing: QingCounty, poplar: Region) -> None:
    acts.close([qing.willow], poplar, change(qing))

    qing.grid.refresh_from_db()
    assert (qing.grid.parent, qing.grid.valid_to) == (poplar, None)
    assert qing.grid.path == f"{poplar.path}.{qing.grid.short_code}"
    assert [one.act for one in qing.grid.changes.all()] == ["moved"]
    assert qing.qian_walks_the_grid.posts.get().region.path.startswith(poplar.path)


def test_two_places_become_a_third_on_a_day_and_their_addresses_lead_there(qing: QingCounty, poplar: Region) -> None:
    about = About(code=f"{QING}101203", name="柳杨村委会", level=Level.VILLAGE)
    fresh = acts.found(qing.east, about, change(qing, TODAY - timedelta(days=3)))

    acts.close([qing.willow, poplar], fresh, change(qing))

    qing.willow.refresh_from_db()
    assert (qing.willow.valid_to, qing.willow.successor) == (TODAY, fresh)
    assert heir_of(qing.willow, TODAY) == fresh and heir_of(qing.willow, TODAY - timedelta(days=1)) == qing.willow
    assert Centre.objects.get(region=fresh).tier == Level.VILLAGE
    assert StaffLog.objects.filter(act=StaffLog.Act.CHANGED_PLACE, by=qing.shi_runs_the_system).count() == 2


def test_while_a_post_or_a_unit_is_at_home_there_nothing_closes_and_they_are_listed(
    qing: QingCounty, leak: Case
) -> None:
    committee = cast.body("willow", "柳树村委会", Unit.Kind.COMMITTEE, qing.willow)

    preview = look([qing.willow], qing.east, TODAY)
    assert [post.user for post in preview.posts] == [qing.qian_walks_the_grid]
    assert (list(preview.units), preview.closing) == ([committee], (qing.willow, qing.grid))
    assert preview.unfinished == unfinished([qing.willow]) and preview.unfinished.cases == 1
    with pytest.raises(Refused):
        acts.close([qing.willow], qing.east, change(qing))

    assert not RegionChange.objects.exists() and not Region.objects.filter(valid_to__isnull=False).exists()


def test_a_village_that_closes_into_its_township_takes_its_grids_with_it(qing: QingCounty) -> None:
    free(qing)
    acts.close([qing.willow], qing.east, change(qing))

    qing.grid.refresh_from_db()
    assert (qing.grid.valid_to, qing.grid.successor) == (TODAY, qing.east)


def test_a_village_moves_with_all_below_it_and_its_open_cases_follow(qing: QingCounty, sent_leak: Case) -> None:
    acts.move(qing.willow, qing.west, change(qing))
    resettling.carry_on(LATER)

    sent_leak.refresh_from_db()
    qing.willow.refresh_from_db()
    qing.grid.refresh_from_db()
    assert qing.willow.path.startswith(qing.west.path) and qing.grid.path.startswith(qing.willow.path)
    assert (sent_leak.path, sent_leak.township) == (qing.willow.path, qing.west.short_code)
    assert Case.objects.visible_to(qing.sun_dispatches_west, LATER).get() == sent_leak
    assert not Case.objects.visible_to(qing.chen_dispatches_east, LATER).exists()


def test_a_new_name_keeps_the_old_one_in_the_history(qing: QingCounty) -> None:
    acts.rename(qing.willow, "新柳村委会", change(qing))

    line = RegionChange.objects.get(region=qing.willow)
    assert (line.act, line.was, line.now, line.on) == ("renamed", "柳树村委会", "新柳村委会", TODAY)


def test_a_case_of_a_confidential_kind_goes_along_unseen(qing: QingCounty, poplar: Region) -> None:
    case = steps.open_accusation(qing)
    acts.close([qing.willow], poplar, change(qing))
    resettling.carry_on(LATER)

    case.refresh_from_db()
    assert case.region == poplar
    assert not Case.objects.visible_to(qing.shi_runs_the_system, LATER).exists()


def refusals(qing: QingCounty, poplar: Region) -> dict[str, object]:
    stranger = Change(TODAY, qing.feng_secures, LATER)
    ahead = change(qing, TODAY + timedelta(days=1))
    return {
        "another administrator": lambda: acts.rename(qing.willow, "新村", stranger),
        "ahead of its day": lambda: acts.rename(qing.willow, "新村", ahead),
        "the same name": lambda: acts.rename(qing.willow, qing.willow.name, change(qing)),
        "a name twice": lambda: acts.rename(poplar, qing.willow.name, change(qing)),
        "into itself": lambda: acts.close([poplar], poplar, change(qing)),
        "into what lies in it": lambda: acts.close([qing.willow], qing.grid, change(qing)),
        "into another level": lambda: acts.close([poplar], qing.west, change(qing)),
        "the county": lambda: acts.close([qing.root], qing.prefecture, change(qing)),
        "before it began": lambda: acts.close([poplar], qing.east, change(qing, cast.LONG_AGO)),
        "under a grid": lambda: acts.move(poplar, qing.grid, change(qing)),
        "where it lies": lambda: acts.move(poplar, qing.east, change(qing)),
        "under itself": lambda: acts.move(qing.grid, qing.grid, change(qing)),
        "a code that is taken": lambda: acts.found(qing.east, coded(poplar.code), change(qing)),
        "a foreign code": lambda: acts.found(qing.east, coded("110000"), change(qing)),
        "a level that does not fit": lambda: acts.found(qing.root, coded(f"{QING}101203"), change(qing)),
    }  # fmt: skip


def coded(code: str) -> About:
    return About(code=code, name="新村委会", level=Level.VILLAGE)


REFUSED = [
    "another administrator", "ahead of its day", "the same name", "a name twice", "into itself", "into what lies in it",
    "into another level", "the county", "before it began", "under a grid", "where it lies", "under itself",
    "a code that is taken", "a foreign code", "a level that does not fit",
]  # fmt: skip


@pytest.mark.parametrize("which", REFUSED)
def test_what_is_refused_leaves_no_trace(qing: QingCounty, poplar: Region, which: str) -> None:
    before = sorted(map(str, Region.objects.values()))
    with pytest.raises(Refused) as refusal:
        refusals(qing, poplar)[which]()  # type: ignore[operator]

    assert str(refusal.value)
    assert sorted(map(str, Region.objects.values())) == before
    assert not RegionChange.objects.exists() and not StaffLog.objects.exists()


def test_a_closed_place_is_not_changed_any_more(qing: QingCounty, poplar: Region) -> None:
    acts.close([poplar], qing.willow, change(qing))
    with pytest.raises(Refused):
        acts.rename(poplar, "新名", change(qing))
    assert Report.objects.count() == 0
