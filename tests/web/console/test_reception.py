"""Reception days at the desk: announced, listed, booked at the window, noted, closed; and who sees what."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.people.actors import Resident
from fengqiao.reception.models import Booking, ReceptionDay
from fengqiao.reception.transitions import announcing, booking
from fengqiao.reception.transitions.announcing import Announcement
from tests import acts
from tests.architecture.everyone import PEOPLE, people
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

SEES = {
    "ma_clerks", "zhou_clerks", "chen_dispatches", "wu_supervises", "tang_supervises_above", "fang_dispatches_above",
    "gao_leads", "xu_has_a_role_nobody_thought_of",
}  # fmt: skip


@pytest.fixture
def day(qing: QingCounty) -> ReceptionDay:
    """A reception the day after tomorrow."""
    what = Announcement(
        host_title="县委副书记",
        host_name="李明",
        where="一楼接待室",
        on=localdate() + timedelta(days=2),
        opens=time(9),
        closes=time(11),
        places=4,
    )
    return announcing.announce(qing.centre, what, by=qing.ma_clerks, at=now())


@pytest.fixture
def held(qing: QingCounty, day: ReceptionDay) -> Booking:
    """A resident has booked for the burst pipe."""
    case = acts.open_leak(qing, at=now())
    return booked(case, day)


def booked(case: Case, day: ReceptionDay) -> Booking:
    report = case.reports.get()
    return booking.book(report, day, by=Resident(report.pk, case.pk), at=now())


def begin(day: ReceptionDay) -> None:
    """Let the day have come: it was two days ago."""
    ReceptionDay.objects.filter(pk=day.pk).update(on=localdate() - timedelta(days=2))


def page_of(client: Client, day: ReceptionDay) -> Any:
    return client.get(reverse("console:reception", args=[day.pk]))


def announced(**changes: str) -> dict[str, str]:
    facts = {
        "host_title": "县长", "host_name": "王强", "on": (localdate() + timedelta(days=3)).isoformat(),
        "opens": "09:00", "closes": "11:00", "places": "6", "where": "一楼接待室", "subject": "",
    }  # fmt: skip
    return facts | changes


def test_a_clerk_announces_a_day(qing: QingCounty, sign_in: SignIn) -> None:
    client = sign_in(qing.ma_clerks)
    answer = client.post(reverse("console:announce"), announced(centre=str(qing.centre.pk)))

    made = ReceptionDay.objects.get()
    assert answer["Location"] == reverse("console:reception", args=[made.pk])
    assert (made.host_name, made.places, made.announced_by) == ("王强", 6, qing.ma_clerks)
    assert "王强" in client.get(reverse("console:receptions")).content.decode()


def test_a_wrong_day_keeps_what_was_typed(qing: QingCounty, sign_in: SignIn) -> None:
    wrong = announced(centre=str(qing.centre.pk), closes="08:00")
    answer = sign_in(qing.ma_clerks).post(reverse("console:announce"), wrong)

    assert answer.status_code == 422
    assert "王强" in answer.content.decode()
    assert not ReceptionDay.objects.exists()


def test_nobody_outside_the_centre_announces(qing: QingCounty, sign_in: SignIn) -> None:
    for who in (qing.liu_handles_water, qing.gao_leads, qing.wu_supervises, qing.bai_audits):
        assert sign_in(who).get(reverse("console:announce")).status_code == 403


def test_a_day_and_all_on_it_exist_for_those_at_the_centre_only(
    qing: QingCounty, client: Client, day: ReceptionDay, held: Booking
) -> None:
    addresses = [
        reverse("console:reception", args=[day.pk]),
        reverse("console:talk", args=[day.pk, held.pk]),
        *(reverse("console:change_reception", args=[day.pk, act]) for act in ("book", "close", "call-off")),
    ]
    found = {}
    for who, user in people(qing).items():
        client.force_login(user)  # type: ignore[arg-type]
        codes = {client.get(each).status_code for each in addresses} | {
            client.post(each).status_code for each in addresses
        }
        found[who] = codes - {403, 405} != {404}

    seen = {who for who in PEOPLE if ReceptionDay.objects.visible_to(people_of(qing, who), now()).exists()}
    assert {who for who, sees in found.items() if sees} == seen
    assert seen == SEES - {"xu_has_a_role_nobody_thought_of"}


def people_of(qing: QingCounty, who: str) -> Any:
    return getattr(qing, who, qing.deng_is_a_stranger)


def test_whoever_only_reads_changes_nothing(
    qing: QingCounty, sign_in: SignIn, day: ReceptionDay, held: Booking
) -> None:
    client = sign_in(qing.gao_leads)

    assert (
        client.post(reverse("console:change_reception", args=[day.pk, "call-off"]), {"notice": "x"}).status_code == 403
    )
    assert client.get(reverse("console:talk", args=[day.pk, held.pk])).status_code == 403
    day.refresh_from_db()
    assert day.cancelled_at is None


def test_the_list_shows_codes_and_names_nobody_and_nothing_confidential(
    qing: QingCounty, sign_in: SignIn, day: ReceptionDay, held: Booking
) -> None:
    accused = acts.open_accusation(qing, at=now())
    Case.objects.filter(pk=accused.pk).update(title="蓝色水塔收费")
    sealed = booked(accused, day)

    page = page_of(sign_in(qing.ma_clerks), day).content.decode()

    assert held.report.spoken_code in page and sealed.report.spoken_code in page
    assert "柳树村自来水管爆裂" in page
    assert not any(hidden in page for hidden in ("蓝色水塔", "何秀英", "13900000012", "水务局收费"))


def test_what_was_said_is_not_on_the_list(qing: QingCounty, sign_in: SignIn, day: ReceptionDay) -> None:
    report = acts.receive(qing, text="何秀英家的水管爆了。", at=now()).report
    booking.book(report, day, by=Resident(report.pk, None), at=now())

    page = page_of(sign_in(qing.ma_clerks), day).content.decode()

    assert report.spoken_code in page and str(report.get_nature_display()) in page
    assert "何秀英" not in page


def test_a_clerk_books_at_the_window(qing: QingCounty, sign_in: SignIn, day: ReceptionDay) -> None:
    report = acts.receive(qing, at=now()).report
    address = reverse("console:change_reception", args=[day.pk, "book"])
    client = sign_in(qing.ma_clerks)

    assert client.post(address, {"code": report.spoken_code.lower(), "slot": "3"}).status_code == 302
    assert (report.bookings.get().slot, report.bookings.get().booked_by) == (3, qing.ma_clerks)
    again = client.post(address, {"code": report.code, "slot": "2"})
    assert again.status_code == 422
    assert report.bookings.count() == 1


def test_no_code_out_of_sight_is_booked(qing: QingCounty, sign_in: SignIn, day: ReceptionDay) -> None:
    code = acts.open_accusation(qing, at=now()).reports.get().code
    address = reverse("console:change_reception", args=[day.pk, "book"])

    answer = sign_in(qing.zhou_clerks).post(address, {"code": code, "slot": "1"})

    assert answer.status_code == 422
    assert not Booking.objects.exists()


def test_a_day_is_called_off_with_a_word(qing: QingCounty, sign_in: SignIn, day: ReceptionDay, held: Booking) -> None:
    address = reverse("console:change_reception", args=[day.pk, "call-off"])
    client = sign_in(qing.ma_clerks)

    assert client.post(address, {"notice": ""}).status_code == 422
    assert client.post(address, {"notice": "因会议改期。"}).status_code == 302
    page = page_of(client, day).content.decode()
    assert "因会议改期。" in page and held.report.spoken_code not in page


def test_a_talk_is_noted_into_the_case_and_the_day_closed(
    qing: QingCounty, sign_in: SignIn, day: ReceptionDay, held: Booking
) -> None:
    begin(day)
    client, case = sign_in(qing.ma_clerks), held.report.case
    assert case is not None
    close = reverse("console:change_reception", args=[day.pk, "close"])
    assert client.post(close).status_code == 422

    address = reverse("console:talk", args=[day.pk, held.pk])
    assert client.get(address).status_code == 200
    answer = client.post(address, {"result": "in_case", "words": "本周更换水管。", "public": ""})

    assert answer["Location"] == reverse("console:reception", args=[day.pk])
    assert "本周更换水管。" in case.log.latest("line").note
    assert client.post(close).status_code == 302
    assert page_of(client, day).status_code == 200
    assert client.get(address).status_code == 200


def test_another_matter_leads_to_its_own_receipt(
    qing: QingCounty, sign_in: SignIn, day: ReceptionDay, held: Booking
) -> None:
    begin(day)
    client = sign_in(qing.ma_clerks)
    answer = client.post(
        reverse("console:talk", args=[day.pk, held.pk]), {"result": "new_report", "words": "村里路灯坏了。"}
    )

    made = Report.objects.get(text="村里路灯坏了。")
    assert answer["Location"] == reverse("console:received", args=[made.code])
    assert client.get(answer["Location"]).context["secret"]


def test_nobody_came(qing: QingCounty, sign_in: SignIn, day: ReceptionDay, held: Booking) -> None:
    begin(day)
    sign_in(qing.ma_clerks).post(reverse("console:talk", args=[day.pk, held.pk]), {"result": "away"})

    held.refresh_from_db()
    assert (held.came, held.result) == (False, "")


def test_the_words_of_a_talk_stand_beside_the_report_that_waits(
    qing: QingCounty, sign_in: SignIn, day: ReceptionDay, today: datetime
) -> None:
    report = acts.receive(qing, at=now()).report
    held = booking.book(report, day, by=Resident(report.pk, None), at=now())
    begin(day)
    client = sign_in(qing.ma_clerks)
    client.post(reverse("console:talk", args=[day.pk, held.pk]), {"result": "to_triage", "words": "请立案办理。"})

    assert "请立案办理。" in client.get(reverse("console:report", args=[report.code])).content.decode()
