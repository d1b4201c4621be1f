"""Writing down on a phone what was settled at the door; and looking at what raises a question."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime, now

from fengqiao.mediation.models import SpotRecord, SpotReview
from fengqiao.mediation.transitions import spot
from fengqiao.people.models import User
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.mediation.test_spot import settled
from tests.web.console.conftest import SignIn

NEW = "/console/mediation/spot/new/"
CONFIRM = "/mediation/confirm/"


@pytest.fixture
def table(qing: QingCounty) -> Table:
    """The committees and who mediates there."""
    return tables.build(qing)


def typed(table: Table, **changes: str) -> dict[str, str]:
    """What is typed for the hen in the garden."""
    return {
        "who": "张福来、王守田", "what": "王家的鸡进了张家菜园", "settled": "王家扎篱笆", "type": "neighbours",
        "region": str(table.qing.willow.pk), "mediator": str(table.mediator(table.he_mediates_willow).pk),
        "settled_at": f"{localtime(now()):%Y-%m-%dT%H:%M}", "amount": "",
    } | changes  # fmt: skip


def one(table: Table, at: datetime | None = None) -> tuple[SpotRecord, str]:
    """A record that was written just now."""
    at = at or now()
    return spot.record(settled(table, settled_at=at), to=table.village, by=table.he_mediates_willow, at=at)


def test_three_lines_and_it_is_written_down(sign_in: SignIn, table: Table) -> None:
    desk = sign_in(table.he_mediates_willow)
    blank = desk.get(NEW).context["form"]
    assert blank.initial["mediator"] == table.mediator(table.he_mediates_willow).pk
    page = desk.post(NEW, typed(table), follow=True)
    made, code = SpotRecord.objects.get(), page.context["code"].replace(" ", "")

    assert spot.find_by_code(code, now()) == made
    assert desk.get(f"/console/mediation/spot/{made.pk}/").context["code"] == ""
    assert desk.post(f"/console/mediation/spot/{made.pk}/undo/").status_code == 302
    assert not SpotRecord.objects.exists()


def test_a_slip_keeps_what_was_typed(sign_in: SignIn, table: Table) -> None:
    desk = sign_in(table.qing.qian_walks_the_grid)
    page = desk.post(NEW, typed(table))  # the village is more than the grid
    assert page.status_code == 422 and "王家的鸡进了张家菜园" in page.content.decode()
    assert desk.post(NEW, typed(table, region=str(table.qing.grid.pk))).status_code == 302
    late = f"{localtime(now() + timedelta(days=1)):%Y-%m-%dT%H:%M}"
    assert desk.post(NEW, typed(table, region=str(table.qing.grid.pk), settled_at=late)).status_code == 422
    assert SpotRecord.objects.get().by == table.qing.qian_walks_the_grid


def test_pages_open_to_whom_they_concern(sign_in: SignIn, table: Table) -> None:
    made, _code = one(table)
    qing = table.qing
    seen = {table.jin_mediates_willow: (200, 200, 403, 404), table.luo_mediates_east: (404, 200, 403, 404)}
    seen |= {qing.wu_supervises: (200, 403, 200, 200), table.peng_mediates_county: (404, 200, 200, 200)}
    seen |= {qing.gao_leads: (404, 403, 403, 404), qing.bai_audits: (404, 403, 403, 404)}
    for user, expected in seen.items():
        assert answers(sign_in(user), made) == expected, user
    stranger: User = qing.ma_clerks
    assert sign_in(stranger).post(f"/console/mediation/spot/{made.pk}/undo/").status_code == 404
    assert sign_in(stranger).get("/console/mediation/spot/").context["page"].total == 0


def answers(desk: Client, made: SpotRecord) -> tuple[int, ...]:
    """Open the four pages."""
    addresses = (
        f"/console/mediation/spot/{made.pk}/", NEW, "/console/mediation/spot/questions/",
        f"/console/mediation/spot/{made.pk}/review/",
    )  # fmt: skip
    return tuple(desk.get(address).status_code for address in addresses)


def test_a_party_confirms_or_disputes_and_the_supervisor_is_told(sign_in: SignIn, client: Client, table: Table) -> None:
    made, code = one(table)
    spoken = f"{code[:4]}-{code[4:]}".lower()
    assert client.post(CONFIRM, {"code": "ABCD2345"}).status_code == 422
    assert client.post(CONFIRM, {"code": code[:-1]}).status_code == 422
    shown = client.post(CONFIRM, {"code": spoken})
    assert shown.context["record"] == made and not SpotRecord.objects.exclude(confirmed_at=None).exists()
    assert client.post(CONFIRM, {"code": code, "answer": "yes"}).status_code == 200
    desk = sign_in(table.qing.wu_supervises)
    assert desk.get("/console/").context["disputed"] == 0
    assert client.post(CONFIRM, {"code": code, "answer": "no"}).status_code == 200

    assert desk.get("/console/").context["disputed"] == 1
    assert sign_in(table.jin_mediates_willow).get("/console/").context["disputed"] == 0
    found = desk.get("/console/mediation/spot/questions/").context["found"]
    assert [each.pk for each, _asked in found] == [made.pk]
    said = {"finding": "to_correct", "words": "数目写错了"}
    assert desk.post(f"/console/mediation/spot/{made.pk}/review/", said).status_code == 302
    assert SpotReview.objects.get().questions.startswith("disputed")
    assert desk.get("/console/").context["disputed"] == 0
    assert desk.get("/console/mediation/spot/questions/").context["found"] == []


def test_whoever_guesses_at_codes_waits(client: Client, table: Table) -> None:
    one(table)
    answers = [client.post(CONFIRM, {"code": f"ABCD23{turn:02}"}).status_code for turn in range(41)]
    assert answers[:40] == [422] * 40 and answers[40] == 429
