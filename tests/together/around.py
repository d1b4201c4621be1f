"""What else hands do around a case: with reports, files, units and places, in bulk, and by the worker itself."""

from django.utils.timezone import localdate

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling, succeeding
from fengqiao.cases.vocabulary import Nature
from fengqiao.desk.models import BulkRow
from fengqiao.desk.transitions import bulk, watching
from fengqiao.files.models import Attachment
from fengqiao.files.pictures import Box
from fengqiao.files.transitions import arriving, sweeping
from fengqiao.files.transitions.keeping import Enclosed, keep
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import own_data, receiving, showing, triaging, unlocking
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel, DeclineReason
from fengqiao.jobs import follow, resettling, succession, watch
from fengqiao.kit.verdict import Refused
from fengqiao.oversight import transitions as notices
from fengqiao.people.actors import Resident
from fengqiao.playbooks.redrawing import acts as redrawing
from fengqiao.playbooks.redrawing.acts import Change
from tests import acts, photos
from tests.together.deeds import PHOTO, Deed, evaluate_by_call, lead, sender
from tests.together.world import Scene

WHOLE_FORM = 3  # cases chosen together


def holder(scene: Scene) -> Resident:
    """Whoever holds the secret of the report."""
    return Resident(scene.report.pk, scene.report.case_id)


def open_case(scene: Scene) -> object:
    qing = scene.world.qing
    what = acts.opening(qing, region=scene.chance.choice([qing.willow, scene.place]))
    return triaging.open_case(scene.report, what, by=qing.ma_clerks, at=scene.at)


def decline(scene: Scene) -> object:
    by = scene.world.qing.ma_clerks
    return triaging.decline(scene.report, reason=DeclineReason.NO_CONTENT, route="请拨打 12345", by=by, at=scene.at)


def set_right(scene: Scene) -> object:
    phone = f"139{scene.chance.randrange(10**8):08}"
    return own_data.correct(scene.report, reporter="何秀英", phone=phone, by=holder(scene), at=scene.at)


def try_secret(scene: Scene) -> object:
    return unlocking.unlock(scene.report, "000000", at=scene.at)


def send_form(scene: Scene) -> object:
    """Send one and the same form, with a photo now and then; both hands may, as a button pressed twice."""
    qing = scene.world.qing
    entry = Entry(
        channel=Channel.WEB, nature=Nature.HELP, text=acts.LEAK, region=qing.willow, submission=scene.form,
        enclosed=Enclosed(scene.form),
    )  # fmt: skip
    return receiving.receive(qing.county, entry, by=None, at=scene.at)


def upload(scene: Scene) -> object:
    return keep(photos.given(PHOTO), scene.form, county=scene.case.county, by=None, at=scene.at)


def upload_in_pieces(scene: Scene) -> object:
    said = arriving.Announced("a.jpg", len(PHOTO))
    arrival = arriving.begin(said, scene.form, county=scene.case.county, by=None, at=scene.at)
    try:
        half = len(PHOTO) // 2
        arriving.add(arrival.pk, 0, PHOTO[:half], by=None, at=scene.at)
        return arriving.add(arrival.pk, half, PHOTO[half:], by=None, at=scene.at)
    except type(arrival).DoesNotExist:  # its form was sent meanwhile; the page is told 404
        raise Refused("the form was sent") from None


def _photo(scene: Scene) -> Attachment:
    file = Attachment.objects.filter(kind="report", thing__in=Report.objects.filter(case=scene.case).values("pk"))
    if (found := file.order_by("pk").first()) is None:
        raise Refused("no photo came with this case")
    return found


def cover(scene: Scene) -> object:
    return showing.cover(_photo(scene), [Box(0, 0, 0.5, 0.5)], by=scene.world.qing.ma_clerks, at=scene.at)


def show(scene: Scene) -> object:
    return showing.show(_photo(scene), by=scene.world.qing.ma_clerks, at=scene.at)


def hide(scene: Scene) -> object:
    showing.hide(_photo(scene), by=scene.world.qing.ma_clerks, at=scene.at)
    return None


def close_unit(scene: Scene) -> object:
    """Close the unit that passes, now for another that takes over and now for none."""
    qing, today = scene.world.qing, localdate(scene.at)
    heir = scene.chance.choice([qing.water, qing.roads, None])
    return succeeding.close_unit(scene.unit, on=today, successor=heir, by=qing.shi_runs_the_system, at=scene.at)


def close_place(scene: Scene) -> object:
    qing = scene.world.qing
    change = Change(localdate(scene.at), qing.shi_runs_the_system, scene.at)
    return redrawing.close([scene.place], scene.chance.choice([qing.willow, qing.east]), change)


def rename_place(scene: Scene) -> object:
    change = Change(localdate(scene.at), scene.world.qing.shi_runs_the_system, scene.at)
    return redrawing.rename(scene.place, f"{scene.place.name}{scene.chance.randrange(99)}", change)


def many_notes(scene: Scene) -> object:
    """Confirm one and the same check page: a note on several cases."""
    order = bulk.Order("add_note", "", scene.form)
    chosen = [bulk.Chosen(case, case.line_count) for case in _several(scene)]
    by = scene.world.qing.ma_clerks
    run = bulk.begin(order, chosen, by=by, at=scene.at)

    def act(row: BulkRow) -> object:
        assert row.case is not None
        return handling.add_note(row.case, note="一并催办", by=by, at=scene.at)

    return bulk.carry_out(run, act, at=scene.at)


def _several(scene: Scene) -> list[Case]:
    others = [case for case in scene.world.cases if case.pk != scene.case.pk]
    chosen = [scene.case, *scene.chance.sample(others, min(WHOLE_FORM - 1, len(others)))]
    scene.chance.shuffle(chosen)
    return chosen


def open_page(scene: Scene) -> object:
    """Open the case page, which marks what one was told about it as seen."""
    by = scene.chance.choice([sender(scene), lead(scene), scene.world.qing.wu_supervises])
    watching.watch(scene.case, by=by, at=scene.at)
    watching.read_up(scene.case, by=by)
    return notices.see_case(scene.case, by=by, at=scene.at)


AROUND: dict[str, Deed] = {
    "open_case": open_case,
    "decline": decline,
    "ask_review": lambda s: triaging.ask_review(s.report, by=holder(s), at=s.at),
    "uphold": lambda s: triaging.uphold(s.report, route="请向法院起诉", by=s.world.qing.zhou_clerks, at=s.at),
    "overturn": lambda s: triaging.overturn(s.report, by=s.world.qing.zhou_clerks, at=s.at),
    "take_back": lambda s: own_data.withdraw(s.report, by=holder(s), at=s.at),
    "set_right": set_right,
    "erase_contact": lambda s: own_data.erase_contact(s.report, by=holder(s), at=s.at),
    "try_secret": try_secret,
    "new_secret": lambda s: unlocking.reissue_secret(s.report, by=s.world.qing.ma_clerks, at=s.at),
    "evaluate_by_call": evaluate_by_call,
    "send_form": send_form,
    "upload": upload,
    "upload_in_pieces": upload_in_pieces,
    "cover": cover,
    "show": show,
    "hide": hide,
    "close_unit": close_unit,
    "close_place": close_place,
    "rename_place": rename_place,
    "many_notes": many_notes,
    "open_page": open_page,
    "follow": lambda s: follow.follow(s.at),
    "watch": lambda s: watch.sweep(s.at),
    "succession": lambda s: succession.carry_on(s.at),
    "resettle": lambda s: resettling.carry_on(s.at),
    "sweep_files": lambda s: sweeping.sweep(s.at),
}
# Deeds that write lines of several verbs, on whatever case needs one.
OF_MANY_LINES = frozenset({"follow", "watch", "succession", "resettle", "many_notes"})
