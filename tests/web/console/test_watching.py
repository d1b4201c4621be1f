"""Watching on the pages: a button on the case, news on the first page, a list of one's own."""

from datetime import datetime

from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import handling
from fengqiao.desk.models import Watch
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn


def test_a_leader_watches_reads_what_is_new_and_stops(
    qing: QingCounty, sign_in: SignIn, sent: Case, today: datetime
) -> None:
    client, page = sign_in(qing.gao_leads), reverse("console:case", args=[sent.number])
    toggle = reverse("console:watch", args=[sent.number])
    assert client.post(toggle).headers["Location"] == page
    handling.accept(sent, by=qing.liu_handles_water, at=today)

    home = client.get(reverse("console:home")).content.decode()
    assert "您关注的事项：签收" in home and 'id="watched"' in home
    assert sent.number in client.get(reverse("console:cases"), {"mine": "watched"}).content.decode()

    assert "不再关注" in client.get(page).content.decode()
    assert "您关注的事项" not in client.get(reverse("console:home")).content.decode()

    client.post(toggle, {"off": "1"})
    assert sent.number not in client.get(reverse("console:cases"), {"mine": "watched"}).content.decode()


def test_watching_is_posted_and_only_by_who_sees_the_case(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    toggle = reverse("console:watch", args=[sent.number])

    assert sign_in(qing.gao_leads).get(toggle).status_code == 405
    assert sign_in(qing.zhao_handles_roads).post(toggle).status_code == 404
    assert not Watch.objects.exists()


def test_the_first_page_of_whoever_watches_nothing_says_nothing_of_it(
    qing: QingCounty, sign_in: SignIn, sent: Case
) -> None:
    assert 'id="watched"' not in sign_in(qing.gao_leads).get(reverse("console:home")).content.decode()
