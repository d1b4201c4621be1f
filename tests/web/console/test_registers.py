"""The pages of the registers of mediation: read by those who work with them, kept by the system administrator."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from fengqiao.mediation.models import Committee, Mediator, MediatorComplaint
from fengqiao.mediation.transitions import complaints
from fengqiao.mediation.vocabulary import ComplaintGround
from fengqiao.people.models import Unit, User
from fengqiao.playbooks.registering import mediators as table_of_mediators
from fengqiao.playbooks.registering import sheet
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table

PAGES = ("committees", "mediators", "studios", "experts")


@pytest.fixture
def table(qing: QingCounty) -> Table:
    return tables.build(qing)


def get(client: Client, by: User, name: str, *args: object, **query: str) -> str:
    client.force_login(by)
    answer = client.get(reverse(f"console:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_registers_are_read_by_those_who_work_with_them_alone(table: Table, client: Client) -> None:
    qing, he = table.qing, table.mediator(table.he_mediates_willow)
    Mediator.objects.filter(pk=he.pk).update(phone="13900000078")
    addresses = [reverse(f"console:{name}") for name in PAGES]
    addresses += [reverse("console:committee", args=["mc-willow"]), reverse("console:mediator", args=[he.pk])]
    for who, status in (
        ("ma_clerks", 200), ("chen_dispatches", 200), ("wu_supervises", 200), ("gao_leads", 200),
        ("shi_runs_the_system", 200), ("feng_secures", 403), ("bai_audits", 403), ("liu_handles_water", 403),
        ("deng_is_a_stranger", 403),
    ):  # fmt: skip
        client.force_login(getattr(qing, who))
        assert {client.get(address).status_code for address in addresses} == {status}, who
    client.logout()
    assert {client.get(address).status_code for address in addresses} == {302}
    assert "13900000078" in get(client, qing.ma_clerks, "mediator", he.pk)


def test_lists_narrow_and_say_what_is_to_be_done(table: Table, client: Client) -> None:
    by = table.qing.ma_clerks
    Mediator.objects.filter(user=table.jin_mediates_willow).update(is_woman=False)
    all_of_them = get(client, by, "committees")
    assert "柳树村人民调解委员会" in all_of_them and "委员中没有妇女" in all_of_them
    assert "东镇人民调解委员会" not in get(client, by, "committees", q="柳树")
    assert "柳树村" not in get(client, by, "committees", kind="county")
    assert "柳树村" not in get(client, by, "committees", state="closed")
    assert "没有符合条件" in get(client, by, "committees", q="没有的")
    assert "金桂香" in get(client, by, "mediators", q="金")
    assert "何老五" not in get(client, by, "mediators", q="金")
    assert "没有符合条件" in get(client, by, "mediators", status="left")


def test_the_administrator_enters_a_committee_a_mediator_and_the_seat(table: Table, client: Client) -> None:
    qing = table.qing
    client.force_login(qing.shi_runs_the_system)
    said = {
        "name": "清县物业纠纷人民调解委员会",
        "kind": "trade",
        "region": qing.root.pk,
        "tag": "清物人调",
        "trade": "物业",
    }
    answer = client.post(reverse("console:new_committee"), said)
    committee = Committee.objects.get(tag="清物人调")
    assert answer.headers["Location"] == reverse("console:committee", args=[committee.unit.code])
    assert client.post(reverse("console:new_committee"), said).status_code == 422

    client.post(reverse("console:new_mediator"), {"name": "白秀英", "engagement": "part_time", "types": ["property"]})
    bai = Mediator.objects.get(name="白秀英")
    seat = {"committee": committee.pk, "seat": "director", "on": localdate()}
    client.post(reverse("console:give_seat", args=[bai.pk]), seat)
    held = bai.memberships.get()
    assert (held.committee, held.seat) == (committee, "director")

    client.post(reverse("console:change_mediator", args=[bai.pk]), {"name": "白秀云", "engagement": "full_time"})
    client.post(reverse("console:change_committee", args=[committee.unit.code]), said | {"trade": "小区"})
    studio = {"name": "白姐调解室", "committee": committee.pk, "opened_on": localdate()}
    client.post(reverse("console:new_studio", args=[bai.pk]), studio)
    ended = client.post(reverse("console:end_seat", args=[held.pk]), follow=True).content.decode()
    assert ended.count("白姐调解室") == 2  # told at the head, and in the list with why it closed
    client.post(reverse("console:set_mediator_status", args=[bai.pk, "leave"]))
    bai.refresh_from_db()
    committee.refresh_from_db()
    assert (bai.name, bai.engagement, bai.status, committee.trade) == ("白秀云", "full_time", "left", "小区")
    assert bai.memberships.get().ends_on is not None

    close = {"on": localdate(), "successor": table.county.pk}
    client.post(reverse("console:close_committee", args=["mc-willow"]), close)
    assert Unit.objects.get(pk=table.village.pk).successor == table.county
    assert not table.village.committee.memberships.filter(ends_on=None).exists()


def test_a_table_is_looked_through_and_then_taken_over(table: Table, client: Client) -> None:
    client.force_login(table.qing.shi_runs_the_system)
    address = reverse("console:register_table", args=["mediators"])
    row = ("白秀英", "女", "柳树村人民调解委员会", "委员", "专职", "邻里", "", "", "")
    text = sheet.write(table_of_mediators.COLUMNS, [row])

    wrong = SimpleUploadedFile("a.csv", text.replace("柳树村", "杨树村").encode("gbk", "ignore"))
    assert "没有名为“杨树村人民调解委员会”的现存调委会" in client.post(address, {"file": wrong}).content.decode()
    looked = client.post(address, {"file": SimpleUploadedFile("a.csv", text.encode())})
    assert looked.status_code == 200 and not Mediator.objects.filter(name="白秀英").exists()
    client.post(address, {"text": looked.context["text"]})
    assert Mediator.objects.get(name="白秀英").memberships.get().committee.unit == table.village
    template = client.get(reverse("console:register_template", args=["mediators"]))
    assert template.content.decode("utf-8-sig").startswith("姓名,性别,调委会")


def test_a_complaint_is_shown_to_those_who_hear_it(table: Table, client: Client) -> None:
    qing, he = table.qing, table.mediator(table.he_mediates_willow)
    client.force_login(qing.ma_clerks)
    address = reverse("console:complain", args=[he.pk])
    assert client.post(address, {"ground": "taking", "words": ""}).status_code == 422
    client.post(address, {"ground": "taking", "words": "收了一条烟。"})
    complaint = MediatorComplaint.objects.get()

    assert "收了一条烟" in get(client, qing.ma_clerks, "mediator", he.pk)
    for by in (qing.shi_runs_the_system, qing.chen_dispatches, table.jin_mediates_willow):
        assert "收了一条烟" not in get(client, by, "mediator", he.pk)
    address = reverse("console:find_on", args=[complaint.pk])
    client.force_login(qing.ma_clerks)
    assert client.post(address, {"finding": "unfounded", "words": "没有。"}).status_code == 403
    client.force_login(qing.wu_supervises)
    client.post(address, {"finding": "admonished", "words": "属实，谈话。"})
    complaint.refresh_from_db()
    assert complaint.finding == "admonished"


def test_another_county_does_not_exist(table: Table, client: Client) -> None:
    he = table.mediator(table.he_mediates_willow)
    complaint = complaints.complain(he, ComplaintGround.OTHER, "投诉", by=table.qing.ma_clerks, at=now())
    Mediator.objects.filter(pk=he.pk).update(county="999999")
    Committee.objects.filter(unit=table.village).update(county="999999")
    MediatorComplaint.objects.filter(pk=complaint.pk).update(county="999999")
    client.force_login(table.qing.wu_supervises)
    for name, key in (("mediator", he.pk), ("committee", "mc-willow"), ("find_on", complaint.pk)):
        assert client.get(reverse(f"console:{name}", args=[key])).status_code == 404


def test_the_roll_is_printed_without_phones_of_persons(table: Table, client: Client) -> None:
    qing = table.qing
    Mediator.objects.update(phone="13900000078")
    Mediator.objects.create(county=qing.root.county, name="白秀英")
    printed = get(client, qing.ma_clerks, "print_registers")
    assert "何老五" in printed and "东镇人民调解委员会" in printed and "白秀英" in printed
    assert "13900000078" not in printed
    assert reverse("console:print_registers") in get(client, qing.ma_clerks, "committees")
    east = get(client, qing.ma_clerks, "print_registers", place=qing.east.code)
    assert "何老五" in east and "彭县" not in east and "白秀英" not in east
    for code in (qing.willow.code, "nowhere"):
        assert client.get(reverse("console:print_registers"), {"place": code}).status_code == 404
    client.force_login(qing.liu_handles_water)
    assert client.get(reverse("console:print_registers")).status_code == 403


def test_a_mediator_whose_last_seat_has_ended_is_shown_as_such(table: Table, client: Client) -> None:
    he = table.mediator(table.he_mediates_willow)
    ended = localdate() + timedelta(days=1)
    he.memberships.update(ends_on=ended)
    assert "未编入调委会" not in get(client, table.qing.ma_clerks, "mediators", q=he.name)
    assert "未编入调委会" not in get(client, table.qing.ma_clerks, "mediator", he.pk)

    he.memberships.update(ends_on=localdate())

    assert "未编入调委会" in get(client, table.qing.ma_clerks, "mediators", q=he.name)
    assert "未编入调委会" in get(client, table.qing.ma_clerks, "mediator", he.pk)


def test_a_seat_that_is_to_end_later_can_be_ended_today(table: Table, client: Client) -> None:
    he, admin = table.mediator(table.he_mediates_willow), table.qing.shi_runs_the_system
    he.memberships.update(ends_on=localdate() + timedelta(days=30))
    end = reverse("console:end_seat", args=[he.memberships.get().pk])
    assert end in get(client, admin, "mediator", he.pk)

    client.post(end)

    assert he.memberships.get().ends_on == localdate()
    assert end not in get(client, admin, "mediator", he.pk)


def test_who_will_sit_in_a_committee_is_not_counted_among_those_who_do(table: Table, client: Client) -> None:
    he = table.mediator(table.he_mediates_willow)
    sitting = he.memberships.get().committee.memberships.count()
    counts = r'<h2 id="{}">\D+<span class="count">(\d+)</span>'
    page = get(client, table.qing.ma_clerks, "committee", "mc-willow")
    assert re.findall(counts.format("seats-title"), page) == [str(sitting)] and "coming-title" not in page
    he.memberships.update(starts_on=localdate() + timedelta(days=30))

    page = get(client, table.qing.ma_clerks, "committee", "mc-willow")

    assert re.findall(counts.format("seats-title"), page) == [str(sitting - 1)]
    assert re.findall(counts.format("coming-title"), page) == ["1"]
    assert he.name not in page.split('id="seats-title"')[1].split('id="coming-title"')[0]


def test_a_seat_to_come_can_be_taken_back_and_is_then_nobody_s(table: Table, client: Client) -> None:
    he, admin = table.mediator(table.he_mediates_willow), table.qing.shi_runs_the_system
    he.memberships.update(starts_on=localdate() + timedelta(days=30))
    seat = he.memberships.get()
    end, person = reverse("console:end_seat", args=[seat.pk]), reverse("console:mediator", args=[he.pk])
    assert end in get(client, admin, "mediator", he.pk)
    assert person in get(client, admin, "committee", seat.committee.unit.code)

    said = client.post(end, follow=True).content.decode()

    seat.refresh_from_db()
    assert seat.ends_on == seat.starts_on
    assert "任职已撤回" in said and "职务已终止" not in said
    assert end not in get(client, admin, "mediator", he.pk)
    assert person not in get(client, admin, "committee", seat.committee.unit.code)
    assert "未编入调委会" in get(client, admin, "mediator", he.pk)
    assert reverse("console:committee", args=[seat.committee.unit.code]) not in get(client, admin, "mediator", he.pk)
