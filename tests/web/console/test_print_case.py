"""A case on paper: everything of it, contacts masked, each look at what is sensitive written down."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from fengqiao.cases.models import Case
from fengqiao.rights.models import AccessLog
from tests import acts
from tests.cast import QingCounty
from tests.web.console.conftest import SignIn

PHONE = "13900000012"


def paper(case: Case) -> str:
    return reverse("console:print", args=[case.number])


def test_everything_of_the_case_is_on_it(qing: QingCounty, sign_in: SignIn, done: Case) -> None:
    page = sign_in(qing.chen_dispatches).get(paper(done)).content.decode()

    for said in (done.number, done.title, done.public_reply, acts.LEAK, qing.water.name, "马晓兰"):
        assert said in page
    assert f"主办单位：{qing.water.name}" in page
    assert page.count("<tr>") >= done.log.count() + done.clocks.count()


def test_the_resident_is_masked_until_a_reason_is_given(qing: QingCounty, sign_in: SignIn, sent: Case) -> None:
    client = sign_in(qing.ma_clerks)
    masked = client.get(paper(sent)).content.decode()
    without = client.post(paper(sent), {"reason": ""})
    shown = client.post(paper(sent), {"reason": "上门核实"}).content.decode()

    assert PHONE not in masked and "何秀英" not in masked and "139****0012" in masked
    assert without.status_code == 422 and PHONE not in without.content.decode()
    assert PHONE in shown and "何秀英" in shown
    look = AccessLog.objects.get(look="contact")
    assert (look.user, look.reason, look.thing) == (qing.ma_clerks, "上门核实", sent.reports.get().pk)


def test_whoever_may_not_call_gets_no_contact_with_any_reason(qing: QingCounty, sign_in: SignIn, done: Case) -> None:
    for who in (qing.gao_leads, qing.liu_handles_water):
        answer = sign_in(who).post(paper(done), {"reason": "想看看"})
        assert answer.status_code == 403 and PHONE not in answer.content.decode()
    assert not AccessLog.objects.filter(look="contact").exists()


def test_printing_a_restricted_case_is_written_down(qing: QingCounty, sign_in: SignIn) -> None:
    case = acts.open_accusation(qing, at=now())

    client = sign_in(qing.ma_clerks)
    client.post(reverse("console:look", args=[case.number]), {"reason": "check"})
    assert client.get(paper(case)).status_code == 200
    look = AccessLog.objects.get(look="restricted")
    assert (look.user, look.thing, bool(look.reason)) == (qing.ma_clerks, case.pk, True)


@pytest.mark.parametrize("who", ["zhao_handles_roads", "sun_dispatches_west", "bai_audits", "deng_is_a_stranger"])
def test_for_a_stranger_there_is_nothing_to_print(qing: QingCounty, sign_in: SignIn, sent: Case, who: str) -> None:
    client = sign_in(getattr(qing, who))

    assert client.get(paper(sent)).status_code == client.post(paper(sent), {"reason": "xx"}).status_code == 404
