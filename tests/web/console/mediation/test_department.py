"""A department mediates on the pages of its desk, without a mediator of a register."""

from django.urls import reverse
from django.utils.timezone import now

from fengqiao.mediation.models import Dossier
from fengqiao.web.console.waits import WAITS, Moment
from tests.mediation.papers.test_administrative import before_the_bureau
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.mediation.test_agreement import shown, take


def test_it_accepts_and_plans_a_meeting_and_is_asked_for_no_mediator(table: Table, sign_in: SignIn) -> None:
    dossier = before_the_bureau(table)
    desk = sign_in(table.qing.liu_handles_water)
    assert "act=choose_mediator" not in shown(desk, dossier).content.decode()

    assert take(desk, dossier, "begin").status_code == 302
    dossier.refresh_from_db()
    page = shown(desk, dossier).content.decode()
    assert dossier.stand == "under_way" and "act=plan_meeting" in page and "act=choose_mediator" not in page
    assert take(desk, dossier, "plan_meeting", kind="in_person", place="水务局", starts_at=f"{now():%Y-%m-%dT%H:%M}")
    assert dossier.meetings.get().mediator is None
    assert shown(desk, dossier).status_code == 200
    waits = Dossier.objects.filter(WAITS["mediator"].where(Moment.of(now())))
    assert not waits.exists()
    papers = desk.get(reverse("console:dossier_papers", args=[dossier.case.number])).content.decode()
    assert "行政调解受理通知书" in papers and "人民调解" not in papers
