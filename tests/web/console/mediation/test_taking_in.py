"""A dispute comes to a committee: from a case on its page, or told at the committee's own table."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from fengqiao.cases.models import Case
from fengqiao.intake.models import Report
from fengqiao.kit.ids import new_id
from fengqiao.mediation.models import Dossier
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn

TOLD = "去年秋天王家翻地时挪了埂，占了我家一尺多。"


def told(table: Table, **changes: Any) -> dict[str, Any]:
    said = {
        "asks": "张福来", "asks_phone": "13900000021", "answers": "王守田", "title": "柳树村地埂之争",
        "region": table.qing.willow.pk, "channel": "window", "to": table.village.pk, "type": "land",
        "source": "application", "story": TOLD, "people": 2, "is_open": "on", "submission": new_id(),
    }  # fmt: skip
    return said | changes


def case_page(case: Case) -> str:
    return reverse("console:case", args=[case.number])


def test_the_nearest_committee_is_suggested_and_the_facts_are_there(
    table: Table, sign_in: SignIn, today: datetime
) -> None:
    case = tables.open_quarrel(table.qing, at=today)
    page = sign_in(table.qing.chen_dispatches).get(case_page(case), {"step": "mediate"})

    assert page.context["page"].form.initial["to"] == table.village.pk
    assert tables.RIDGE in page.content.decode()


def test_a_dispatcher_takes_a_dispute_to_mediation(table: Table, sign_in: SignIn, today: datetime) -> None:
    case = tables.open_quarrel(table.qing, at=today)
    said = {"seen": case.line_count, "to": table.township.pk, "type": "land", "source": "application"}
    said |= {"story": tables.RIDGE, "people": 3, "is_open": "on", "amount": "300"}
    client = sign_in(table.qing.chen_dispatches)
    client.post(reverse("console:step", args=[case.number, "mediate"]), said)

    dossier = Dossier.objects.get(case=case)
    assert (dossier.case.lead, dossier.type, dossier.people, dossier.road) == (table.township, "land", 3, "peoples")
    assert reverse("console:dossier", args=[case.number]) in client.get(case_page(case)).content.decode()


def test_a_request_is_not_taken_to_mediation(qing: QingCounty, sign_in: SignIn, new_leak: Case) -> None:
    page = sign_in(qing.chen_dispatches).get(case_page(new_leak))

    assert "mediate" not in {offer.verb for offer in page.context["page"].offers.steps}


def test_who_only_mediates_is_offered_disputes_alone(
    table: Table, sign_in: SignIn, new_leak: Case, today: datetime
) -> None:
    client = sign_in(table.qing.chen_dispatches)
    for case, offered in ((new_leak, False), (tables.open_quarrel(table.qing, at=today), True)):
        form = client.get(case_page(case), {"step": "dispatch"}).context["page"].form
        for name in ("to", "assist"):
            drawn = str(form[name])
            assert (table.village.name in drawn) is offered and table.qing.water.name in drawn


def test_a_committee_takes_in_a_dispute_in_one_act(table: Table, sign_in: SignIn) -> None:
    client, said = sign_in(table.he_mediates_willow), told(table)
    answer = client.post(reverse("console:new_dispute"), said)
    report = Report.objects.get(text=TOLD)
    assert answer.headers["Location"] == reverse("console:received", args=[report.code])

    dossier = Dossier.objects.get(case=report.case)
    assert list(dossier.parties.order_by("side").values_list("name", "report")) == [
        ("张福来", report.pk),
        ("王守田", None),
    ]
    slip = client.get(answer.headers["Location"])
    assert report.spoken_code in slip.content.decode() and slip.context["secret"]


def test_the_same_form_sent_twice_is_one_dossier(table: Table, sign_in: SignIn) -> None:
    client, said = sign_in(table.he_mediates_willow), told(table)
    answers = [client.post(reverse("console:new_dispute"), said) for _turn in range(2)]

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Dossier.objects.count() == Report.objects.filter(text=TOLD).count() == 1


def test_outside_the_own_area_nothing_is_taken_in_and_nothing_typed_is_lost(table: Table, sign_in: SignIn) -> None:
    answer = sign_in(table.he_mediates_willow).post(
        reverse("console:new_dispute"), told(table, region=table.qing.west.pk)
    )

    assert answer.status_code == 422 and TOLD in answer.content.decode() and not Report.objects.exists()


def test_who_does_not_mediate_reads_who_does(table: Table, sign_in: SignIn) -> None:
    assert sign_in(table.qing.liu_handles_water).get(reverse("console:new_dispute")).status_code == 403
    assert sign_in(table.he_mediates_willow).get(reverse("console:receive")).status_code == 403
