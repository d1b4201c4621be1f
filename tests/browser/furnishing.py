"""Qing County with something of everything that has a page: what the walk over all pages looks at."""

from dataclasses import dataclass
from datetime import time, timedelta
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.utils.timezone import localdate, now

from fengqiao.cases.models import Case, ClockRule
from fengqiao.cases.vocabulary import Nature
from fengqiao.desk.models import BulkRun, SavedFilter
from fengqiao.files.models import CoveredCopy
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import errands
from fengqiao.intake.transitions.errands import Agreement
from fengqiao.intake.transitions.receiving import Entry, Receipt
from fengqiao.intake.workflow import Channel, ConsentWay
from fengqiao.mediation.models import Expert, Studio
from fengqiao.mediation.transitions import complaints, spot
from fengqiao.mediation.vocabulary import ComplaintGround
from fengqiao.people.actors import Resident
from fengqiao.people.models import Presence, User
from fengqiao.playbooks.models import ReplyTemplate
from fengqiao.playbooks.redrawing import files as place_files
from fengqiao.reception.models import ReceptionDay
from fengqiao.reception.transitions import announcing, booking
from fengqiao.reception.transitions.announcing import Announcement
from tests import acts, photos
from tests.architecture.test_administrators import channel_of, file_of, subject_of
from tests.cast import MONDAY_9AM, PASSWORD, QING, QingCounty
from tests.mediation import table as tables
from tests.mediation.test_spot import settled
from tests.playbooks.test_boundaries import county_file, kept

WORDS = "全县农村饮水管网改造和村组道路养护有关事项"
Values = dict[str, list[object]]


@dataclass(frozen=True)
class Furnished:
    """The county, what its addresses name, and a report whose secret is known."""

    qing: QingCounty
    values: Values
    receipt: Receipt


def furnish(qing: QingCounty) -> Furnished:
    """Bring about one thing of every sort, with words as long as they are in life."""
    place_files.apply_boundaries(kept(qing, county_file(qing)), by=qing.shi_runs_the_system, at=MONDAY_9AM)
    Presence.objects.create(county=QING, centre=qing.centre, unit=qing.water, mode="permanent", window="1号窗口")
    cases = [acts.dispatch(qing, acts.open_leak(qing, at=now(), title=f"{WORDS}（一）"), at=now())]
    cases.append(acts.open_accusation(qing, at=now()))
    receipt = acts.receive(qing, at=now())
    copy = photos.with_a_copy(cases[0], by=qing.ma_clerks)
    values = _of_places(qing) | _of_desk(qing) | _of_reception(qing, cases[0]) | _of_accounts(qing)
    values["number"] = [cases[0].number, cases[1].number]
    values["code"] = [receipt.report.code, _errand(qing).code, qing.willow.code]
    values["file"], values["copy"] = [copy.pk], list(CoveredCopy.objects.values_list("pk", flat=True))
    values |= _of_mediation(qing)
    values["number"] += [tables.begin(tables.found(qing)).case.number]
    return Furnished(qing, values, receipt)


def _of_places(qing: QingCounty) -> Values:
    ReplyTemplate.objects.create(
        county=QING, use="reply", name="已经办好", text="您反映的事已经办好：【填：做了什么】。"
    )
    return {
        "unit": [qing.water.code],
        "centre": [qing.centre.code],
        "region": [qing.willow.code],
        "channel": [channel_of(qing).pk],
        "sheet": [file_of(qing).pk],
        "rule": [ClockRule.objects.filter(county=QING)[0].pk],
        "subject": [subject_of(qing).code],
        "template": [ReplyTemplate.objects.get().pk],
    }


def _of_desk(qing: QingCounty) -> Values:
    run = BulkRun.objects.create(
        county=QING, by=qing.chen_dispatches, at=now(), verb="dispatch", submission=uuid4(), finished_at=now()
    )
    saved = SavedFilter.objects.create(
        county=QING, user=qing.chen_dispatches, name="水务局在办", query="status=handling", made_at=now()
    )
    return {"run": [run.pk], "saved": [saved.pk], "verb": ["dispatch"], "act": ["close", "merge", "add"]}


def _of_reception(qing: QingCounty, case: Case) -> Values:
    what = Announcement(
        host_title="县委副书记、政法委书记",
        host_name="李志明",
        where="综治中心一楼领导接待室",
        on=localdate() + timedelta(days=2),
        opens=time(9),
        closes=time(11),
        places=6,
        subject=WORDS,
    )
    days = [announcing.announce(qing.centre, what, by=qing.ma_clerks, at=now())]
    report = case.reports.get()
    held = booking.book(report, days[0], by=Resident(report.pk, case.pk), at=now())
    ReceptionDay.objects.update(on=localdate() - timedelta(days=1))  # its talks can be noted
    days.append(announcing.announce(qing.centre, what, by=qing.ma_clerks, at=now()))
    return {"day": [day.pk for day in days], "booking": [held.pk]}


def _of_accounts(qing: QingCounty) -> Values:
    return {"username": ["zhou_clerks"], "post": [qing.zhou_clerks.posts.get().pk], "pk": [1], "token": ["none"]}


def _errand(qing: QingCounty) -> Report:
    entry = Entry(
        channel=Channel.WINDOW, nature=Nature.HELP, text="代办慢性病证明", region=qing.willow, reporter="何秀英"
    )
    agreed = Agreement(ConsentWay.IN_PERSON, localdate(), ("户口簿 原件", "病历 复印件"))
    return errands.take(qing.county, entry, agreed, by=qing.ma_clerks, at=now()).report


def _of_mediation(qing: QingCounty) -> Values:
    """A quarrel settled at the door, which the supervisor may look at, and whoever mediated it."""
    table = tables.build(qing)
    said = settled(table, settled_at=now(), what=WORDS, settled="王家扎篱笆，赔两把菜籽")
    record = spot.record(said, to=table.village, by=table.he_mediates_willow, at=now())[0]
    mediator = table.mediator(table.he_mediates_willow)
    by = qing.ma_clerks
    complaint = complaints.complain(mediator, ComplaintGround.FAVOURING, WORDS, by=by, at=now())
    seat = mediator.memberships.get()
    named = {"mediator": mediator, "committee": seat.committee, "opened_on": seat.starts_on}
    studio = Studio.objects.create(county=QING, name=f"{mediator.name}调解室", **named)
    expert = Expert.objects.create(county=QING, name="周明", body="县医院", field="骨科", ended_because=WORDS)
    return {
        "record": [record.pk],
        "committee": [table.village.code],
        "mediator": [mediator.pk],
        "seat": [seat.pk],
        "register": ["committees", "mediators"],
        "complaint": [complaint.pk],
        "studio": [studio.pk],
        "expert": [expert.pk],
    }


def signed_in(who: User) -> Client:
    """Sit down as somebody who has a password, without the form."""
    who.set_password(PASSWORD)
    who.save()
    client = Client()
    client.cookies["large-type"] = "on"
    client.force_login(who, backend="fengqiao.web.shared.backends.Staff")
    return client


def bearer(furnished: Furnished) -> Client:
    """A resident who has given the secret of a report."""
    client = Client()
    client.cookies["large-type"] = "on"
    client.post(f"/track/{furnished.receipt.report.code}/", {"secret": furnished.receipt.secret})
    return client


def cookies(client: Client, url: str) -> list[dict[str, str]]:
    """Give what this browser keeps, for another one."""
    domain = url.split("/")[2].split(":")[0]
    return [
        {"name": name, "value": kept.value, "domain": domain, "path": kept["path"] or settings.SESSION_COOKIE_PATH}
        for name, kept in client.cookies.items()
    ]
