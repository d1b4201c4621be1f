"""The pages of named studios, experts and co-mediators: read by many, kept by the system administrator."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from fengqiao.mediation.models import Expert, Studio
from tests.cast import QING, QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.test_registers import get


@pytest.fixture
def table(qing: QingCounty) -> Table:
    return tables.build(qing)


def test_a_studio_is_opened_changed_and_closed_on_its_pages(table: Table, sign_in: SignIn) -> None:
    he, client, today = table.mediator(table.he_mediates_willow), sign_in(table.qing.shi_runs_the_system), localdate()
    new = reverse("console:new_studio", args=[he.pk])
    assert new in client.get(reverse("console:mediator", args=[he.pk])).content.decode()
    asked = client.get(new).content.decode()
    assert "柳树村人民调解委员会" in asked and "清县人民调解委员会" not in asked  # offered is where he sits
    said = {"name": "何老五调解室", "committee": table.village.committee.pk, "opened_on": today}
    assert client.post(new, said | {"committee": table.county.committee.pk}).status_code == 422
    client.post(new, said)
    studio = Studio.objects.get()
    client.post(reverse("console:change_studio", args=[studio.pk]), said | {"name": "老何说事"})
    close = reverse("console:close_studio", args=[studio.pk])
    assert client.post(close, {"on": today, "because": ""}).status_code == 422
    client.post(close, {"on": today, "because": "房子拆了"})

    studio.refresh_from_db()
    assert (studio.name, studio.closed_on) == ("老何说事", today)
    assert "老何说事" not in client.get(reverse("console:studios")).content.decode()
    closed = client.get(reverse("console:studios"), {"state": "closed", "q": "何"}).content.decode()
    assert "老何说事" in closed and "房子拆了" in closed and close not in closed
    assert "老何说事" not in client.get(reverse("console:studios"), {"state": "all", "q": "没有"}).content.decode()


def test_a_seat_that_ends_later_is_offered_for_a_studio_and_one_that_ended_is_not(
    table: Table, sign_in: SignIn
) -> None:
    he, client, today = table.mediator(table.he_mediates_willow), sign_in(table.qing.shi_runs_the_system), localdate()
    new, person = reverse("console:new_studio", args=[he.pk]), reverse("console:mediator", args=[he.pk])
    he.memberships.update(ends_on=today + timedelta(days=30))
    assert "柳树村人民调解委员会" in client.get(new).content.decode()
    said = {"name": "何老五调解室", "committee": table.village.committee.pk, "opened_on": today}
    assert client.post(new, said).status_code == 302
    assert Studio.objects.get().closed_on == today + timedelta(days=30)
    listed = client.get(reverse("console:studios")).content.decode()
    assert reverse("console:change_studio", args=[Studio.objects.get().pk]) in listed
    assert new in client.get(person).content.decode()

    he.memberships.update(ends_on=today)
    assert "柳树村人民调解委员会" not in client.get(new).content.decode()
    assert new not in client.get(person).content.decode()


def test_an_expert_is_entered_changed_ended_and_invited_again(table: Table, sign_in: SignIn) -> None:
    client, today, listed = sign_in(table.qing.shi_runs_the_system), localdate(), reverse("console:experts")
    said = {"name": "周明", "body": "县医院", "field": "骨科", "phone": "0934-7"}
    client.post(reverse("console:new_expert"), said)
    assert client.post(reverse("console:new_expert"), said).status_code == 422
    expert = Expert.objects.get()
    client.post(reverse("console:change_expert", args=[expert.pk]), said | {"field": "外科"})
    assert client.post(reverse("console:end_expert", args=[expert.pk]), {"on": today, "because": ""}).status_code == 422
    client.post(reverse("console:end_expert", args=[expert.pk]), {"on": today, "because": "退休了"})

    expert.refresh_from_db()
    assert (expert.field, expert.ended_on, expert.ended_because) == ("外科", today, "退休了")
    assert "周明" not in client.get(listed).content.decode()
    assert "退休了" in client.get(listed, {"state": "ended", "field": "外科"}).content.decode()
    assert "周明" not in client.get(listed, {"state": "all", "q": "律师"}).content.decode()
    client.post(reverse("console:invite_again", args=[expert.pk]))
    assert "周明" in client.get(listed, {"q": "外科"}).content.decode()


def test_others_read_and_keep_nothing(table: Table, client: Client) -> None:
    he = table.mediator(table.he_mediates_willow)
    expert = Expert.objects.create(county=QING, name="周明", body="县医院", field="骨科")
    studio = Studio.objects.create(
        county=QING, name="何老五调解室", mediator=he, committee=table.village.committee, opened_on=localdate(now())
    )
    keeping = [reverse(f"console:{name}", args=[studio.pk]) for name in ("change_studio", "close_studio")]
    keeping += [reverse(f"console:{name}", args=[expert.pk]) for name in ("change_expert", "end_expert")]
    keeping += [reverse("console:new_expert"), reverse("console:new_studio", args=[he.pk])]
    for by in (table.qing.wu_supervises, table.he_mediates_willow):
        shown = get(client, by, "studios") + get(client, by, "experts")
        assert "何老五调解室" in shown and "周明" in shown
        assert not [address for address in keeping if address in shown]
        assert {client.get(address).status_code for address in keeping} == {403}
        assert client.post(reverse("console:invite_again", args=[expert.pk])).status_code == 403

    Studio.objects.update(county="999999")
    Expert.objects.update(county="999999")
    client.force_login(table.qing.shi_runs_the_system)
    assert {client.get(address).status_code for address in keeping[:4]} == {404}
    assert "周明" not in get(client, table.qing.wu_supervises, "experts", state="all")
