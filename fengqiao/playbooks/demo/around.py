"""Around the cases of the demonstration: a reception day with bookings, an errand, a photo; by real transitions."""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils.timezone import localdate

from fengqiao.cases.vocabulary import Nature
from fengqiao.cases.workflow import OPEN
from fengqiao.files.transitions.keeping import Enclosed, Given, attach, keep
from fengqiao.files.vocabulary import Parent
from fengqiao.intake.transitions import errands
from fengqiao.intake.transitions.errands import Agreement
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel, ConsentWay
from fengqiao.kit.workdays import Calendar
from fengqiao.playbooks.demo.reading import FOLDER
from fengqiao.playbooks.demo.scene import Scene
from fengqiao.playbooks.demo.stage import Stage
from fengqiao.reception.models import ReceptionDay
from fengqiao.reception.transitions import booking
from fengqiao.reception.transitions.announcing import Announcement, announce

AHEAD = timedelta(days=3)
A_DAY = timedelta(days=1)
BOOKED = 3
PICTURE = "manhole.jpg"
IN_THE_PICTURE = "井盖"  # the photo goes with the first matter that is about this


def furnish(stage: Stage, scenes: list[Scene], at: datetime) -> None:
    """Put it all around the scenes that were played."""
    _let_book(_receive_people(stage, at), scenes, at)
    _run_errand(stage, at)
    _show_a_photo(stage, scenes, at)


def _receive_people(stage: Stage, at: datetime) -> ReceptionDay:
    """Announce the next morning on which the county's deputy secretary receives."""
    what = Announcement(
        host_title="县委副书记、政法委书记",
        host_name="李志明",
        where="县综治中心一楼领导接待室",
        on=_working_day(stage.calendar, localdate(at) + AHEAD),
        opens=time(9),
        closes=time(11, 30),
        places=6,
        subject="农村供水、道路养护、欠薪",
    )
    return announce(stage.units["centre"], what, by=stage.users["chen.clerk"], at=at)


def _working_day(calendar: Calendar, day: date) -> date:
    while not calendar.is_working(day):
        day += A_DAY
    return day


def _let_book(day: ReceptionDay, scenes: list[Scene], at: datetime) -> None:
    """Let the residents of some open cases book a talk by their code."""
    for scene in _open(scenes)[:BOOKED]:
        booking.book(scene.report, day, by=scene.resident, at=at)


def _run_errand(stage: Stage, at: datetime) -> None:
    """Take an errand in at the window, with two papers."""
    entry = Entry(
        channel=Channel.WINDOW,
        nature=Nature.HELP,
        text="腿脚不便，托代办慢性病门诊证明；原来的证明月底到期，盼月底前办好。",
        region=stage.region("621027101201"),
        title="代办慢性病门诊证明",
        reporter="慕桂英",
        phone="13900000990",
        submission=uuid5(NAMESPACE_URL, "fengqiao demonstration errand"),
    )
    papers = ("户口簿 原件", "病历 复印件", "旧证明 原件")
    agreed = Agreement(ConsentWay.IN_PERSON, localdate(at), papers)
    errands.take(stage.county, entry, agreed, by=stage.users["chen.clerk"], at=at)


def _show_a_photo(stage: Stage, scenes: list[Scene], at: datetime) -> None:
    """Let one resident have sent a photo along."""
    scene = next(scene for scene in scenes if IN_THE_PICTURE in scene.script.text)
    basket = uuid5(NAMESPACE_URL, "fengqiao demonstration photo")
    with (FOLDER / PICTURE).open("rb") as photo:
        keep(Given(photo, "现场.jpg"), basket, county=stage.county.code, by=None, at=at)
    attach(Enclosed(basket), Parent.REPORT, scene.report.pk, county=stage.county.code, by=None)


def _open(scenes: list[Scene]) -> list[Scene]:
    """Narrow to the open cases that anybody may see, in the order of the scripts."""
    held = [scene for scene in scenes if scene.case_id]
    return [scene for scene in held if scene.case.status in OPEN and not scene.case.is_restricted]
