"""Every page of the administrators × everybody: each page is for one of the three, and none of them shows a case."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from fengqiao.cases.models import Case, Category, ClockRule
from fengqiao.intake.models import Report
from fengqiao.mediation.models import Committee, Expert, Mediator, Membership, Studio
from fengqiao.oversight.models import Channel
from fengqiao.people.models import StaffLog, Unit
from fengqiao.playbooks.models import PlaceFile, ReplyTemplate
from fengqiao.web.console import setup_urls
from tests.architecture.everyone import PEOPLE, SECRET_WORD, hidden, people, plain
from tests.architecture.test_scope_matrix import arguments
from tests.cast import MONDAY_9AM, QING, QingCounty

WHOSE = {
    "people": "feng_secures", "units": "shi_runs_the_system", "rules": "shi_runs_the_system",
    "places": "shi_runs_the_system", "logs": "bai_audits",
}  # fmt: skip
DUTIES: dict[str | None, str] = {
    "people": "people", "new_person": "people", "person": "people", "new_post": "people", "end_post": "people",
    "change_account": "people", "audit": "logs", "take_log": "logs", "follow_unit": "people",
    "units": "units", "new_unit": "units", "unit": "units", "change_unit": "units", "close_unit": "units",
    "new_committee": "units", "change_committee": "units", "close_committee": "units", "new_mediator": "units",
    "change_mediator": "units", "give_seat": "units", "set_mediator_status": "units", "end_seat": "units",
    "register_table": "units", "register_template": "units", "new_studio": "units", "change_studio": "units",
    "close_studio": "units", "new_expert": "units", "change_expert": "units", "end_expert": "units",
    "invite_again": "units",
    "channels": "units", "new_channel": "units", "change_channel": "units",
    "rota": "units", "rota_of": "units", "print_rota": "units", "change_rota": "units",
    "regions": "places", "region": "places", "change_region": "places", "grids": "places", "grid_list": "places",
    "place_file": "places", "apply_file": "places", "boundaries": "places",
    "rules": "rules", "hours": "rules", "change_rule": "rules", "calendar": "rules", "publish": "rules",
    "spot_limits": "rules",
    "subjects": "rules", "subject": "rules", "change_subject": "rules",
    "replies": "rules", "reply": "rules", "switch_reply": "rules",
}  # fmt: skip


def address(one: URLPattern, qing: QingCounty) -> str:
    """Name something of the county in the address of a page, made where it is not there."""
    return door(one, things(qing))


def door(one: URLPattern, known: dict[str, Any]) -> str:
    """Write the address of a page, given what its parts may name."""
    return reverse(f"console:{one.name}", kwargs={name: known[name] for name in arguments(one)})


def things(qing: QingCounty) -> dict[str, Any]:
    """Make one of each thing that an address may name."""
    values = {"username": "zhou_clerks", "post": qing.zhou_clerks.posts.get().pk, "act": "close"}
    values |= {"template": ReplyTemplate.objects.get_or_create(county=QING, use="reply", name="收到")[0].pk}
    values |= {"rule": ClockRule.objects.filter(county=qing.county.code)[0].pk, "subject": subject_of(qing).code}
    seat = seat_of(qing)
    values |= {"committee": seat.committee.unit.code, "mediator": seat.mediator_id, "seat": seat.pk}
    values |= {
        "register": "mediators",
        "unit": qing.water.code,
        "centre": qing.centre.code,
        "channel": channel_of(qing).pk,
        "region": qing.willow.code,
        "sheet": file_of(qing).pk,
        "studio": studio_of(seat).pk,
        "expert": Expert.objects.get_or_create(county=QING, name="周明", body="县医院", field="骨科")[0].pk,
    }
    return values


def seat_of(qing: QingCounty) -> Membership:
    """A mediator who sits in a committee."""
    unit = {"code": "mc", "name": "清县人民调解委员会", "kind": "mediation", "region": qing.root}
    bench = Unit.objects.get_or_create(county=QING, code="mc", defaults=unit)[0]
    said = {"county": QING, "kind": "county", "tag": "清县人调"}
    committee = Committee.objects.get_or_create(unit=bench, defaults=said)[0]
    mediator = Mediator.objects.get_or_create(county=QING, name="彭县")[0]
    day = {"seat": "director", "starts_on": MONDAY_9AM.date()}
    return Membership.objects.get_or_create(county=QING, committee=committee, mediator=mediator, defaults=day)[0]


def studio_of(seat: Membership) -> Studio:
    """A studio that carries the name of that mediator."""
    said = {"mediator": seat.mediator, "committee": seat.committee, "opened_on": seat.starts_on}
    return Studio.objects.get_or_create(county=QING, name="老彭调解室", defaults=said)[0]


def file_of(qing: QingCounty) -> PlaceFile:
    """A list of grids that waits to be taken over."""
    said = {"kind": "grids", "name": "网格.csv", "content": "", "on": MONDAY_9AM, "at": MONDAY_9AM}
    return PlaceFile.objects.get_or_create(county=QING, by=qing.shi_runs_the_system, defaults=said)[0]


def subject_of(qing: QingCounty) -> Category:
    return Category.objects.get_or_create(county=qing.county.code, code="01", name="城乡建设", level=1)[0]


def test_every_page_has_one_administrator() -> None:
    assert {one.name for one in setup_urls.patterns} == set(DUTIES)


def channel_of(qing: QingCounty) -> Channel:
    """A way out for notices."""
    said = {"scheme": "json", "locked": "x", "made_at": MONDAY_9AM}
    return Channel.objects.get_or_create(county=qing.county.code, name="群", defaults=said)[0]


@pytest.mark.parametrize("who", PEOPLE)
def test_the_pages_of_an_administrator_open_to_them_and_to_nobody_else(
    qing: QingCounty, client: Client, who: str
) -> None:
    known = things(qing)
    doors = {one.name: door(one, known) for one in setup_urls.patterns}
    client.force_login(people(qing)[who])  # type: ignore[arg-type]
    before = StaffLog.objects.count()
    for name in doors:
        if who != WHOSE[DUTIES[name]]:
            assert {client.get(doors[name]).status_code, client.post(doors[name], {}).status_code} == {403}, name
    assert StaffLog.objects.count() == before

    for name in doors:
        if who == WHOSE[DUTIES[name]]:
            assert client.get(doors[name]).status_code in (200, 405), name


@pytest.mark.parametrize("who", sorted(set(WHOSE.values())))
def test_an_administrator_sees_no_case_on_any_page(qing: QingCounty, client: Client, who: str) -> None:
    numbers, known = {plain(qing).number, hidden(qing).number}, things(qing)
    administrator = getattr(qing, who)
    assert who in PEOPLE
    assert not Case.objects.visible_to(administrator, MONDAY_9AM).exists()
    assert not Report.objects.visible_to(administrator, MONDAY_9AM).exists()

    client.force_login(administrator)
    for one in setup_urls.patterns:
        page = client.get(door(one, known)).content.decode()
        assert SECRET_WORD not in page and not any(number in page for number in numbers), one.name
