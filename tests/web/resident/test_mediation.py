"""A party's own page: by the code a little, by the secret its own side, and never anything of the other."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from fengqiao.intake.transitions.party_codes import hand_code, take_code
from fengqiao.intake.transitions.receiving import Receipt
from fengqiao.mediation.models import Agreement, Dossier, Item, Meeting, Party
from fengqiao.mediation.transitions import inviting, opening
from fengqiao.mediation.transitions.inviting import Helper
from fengqiao.mediation.vocabulary import Consent, Form, MeetingKind
from fengqiao.mediation.workflow import Stand
from tests.cast import QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table

SAFETY = "王家院里有狗，上门前先打电话。"


@pytest.fixture
def table(qing: QingCounty) -> Table:
    """The committees and who mediates there."""
    return tables.build(qing)


@pytest.fixture
def dossier(table: Table) -> Dossier:
    """The quarrel over the ridge, opened just now, with something only the committee may read."""
    case = tables.open_quarrel(table.qing, at=now())
    said = tables.dispute(safety_note=SAFETY)
    found = opening.open_dossier(case, said, to=table.village, by=table.qing.chen_dispatches, at=now())
    tables.seat_parties(table, found, at=now())
    return found


@pytest.fixture
def zhang(table: Table, dossier: Dossier) -> Receipt:
    """Zhang's code and secret."""
    return hand_code(dossier.parties.get(side=1), by=table.he_mediates_willow, at=now())


@pytest.fixture
def wang(table: Table, dossier: Dossier) -> Receipt:
    """Wang's code and secret."""
    return hand_code(dossier.parties.get(side=2), by=table.he_mediates_willow, at=now())


def come(receipt: Receipt) -> Client:
    """Open a browser in which the secret was given."""
    client = Client()
    assert client.post(f"/track/{receipt.report.code}/", {"secret": receipt.secret}).status_code == 302
    return client


def page_of(receipt: Receipt, rest: str = "") -> str:
    return f"/track/{receipt.report.code}/mediation/{rest}"


def test_the_code_alone_tells_tier_committee_and_date(client: Client, table: Table, wang: Receipt) -> None:
    page = client.get(f"/track/{wang.report.code}/")
    shown = page.content.decode()
    assert table.village.name in shown and page.context["tier"].clock is not None
    assert page.context["strip"].clock.due_at == page.context["tier"].clock.due_at
    assert "张福来" not in shown and "王守田" not in shown and tables.RIDGE not in shown
    assert client.get(page_of(wang)).status_code == 302


def test_a_party_sees_its_own_side_and_of_the_other_the_name(dossier: Dossier, zhang: Receipt, wang: Receipt) -> None:
    for address in (page_of(wang), page_of(wang, "print/")):
        shown = come(wang).get(address).content.decode()
        assert "张福来" in shown and "柳树村人民调解委员会" in shown
        for hidden in ("13900000021", zhang.report.code, zhang.report.spoken_code, SAFETY, "柳树村三组"):
            assert hidden not in shown


def test_one_sides_secret_does_not_open_the_other_sides_page(zhang: Receipt, wang: Receipt) -> None:
    browser = come(zhang)
    assert browser.get(page_of(wang)).status_code == 302
    assert browser.post(page_of(wang, "agree/"), {"words": ""}).status_code == 422
    assert browser.post(page_of(wang, "refuse/"), {"secret": zhang.secret}).status_code == 422
    assert Party.objects.get(report=wang.report.pk).consent == Consent.NOT_ASKED


def test_agreeing_knowing_and_withdrawing_by_code(dossier: Dossier, wang: Receipt) -> None:
    browser = come(wang)
    assert "know" in browser.get(page_of(wang)).context["mine"].acts
    for act in ("know", "agree"):
        assert browser.get(page_of(wang, f"{act}/")).status_code == 200
        assert browser.post(page_of(wang, f"{act}/"), {"words": ""}).status_code == 302
    party = Party.objects.get(report=wang.report.pk)
    assert party.consent == Consent.GIVEN and party.acknowledged_at is not None
    assert browser.get(page_of(wang)).context["mine"].acts == ["choose", "refuse"]

    asked = browser.get(page_of(wang, "refuse/")).content.decode()
    assert "12348" in asked
    assert browser.post(page_of(wang, "refuse/"), {"words": "去法院"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.stand == Stand.REFUSED
    after = browser.get(page_of(wang))
    assert "12348" in after.content.decode() and after.context["mine"].acts == []
    assert browser.post(page_of(wang, "agree/"), {"words": ""}).status_code == 422


def test_both_sides_see_whom_the_other_named(table: Table, dossier: Dossier, zhang: Receipt, wang: Receipt) -> None:
    jin, luo = table.mediator(table.jin_mediates_willow), table.mediator(table.luo_mediates_east)
    assert come(zhang).post(page_of(zhang, "choose/"), {"mediator": str(luo.pk)}).status_code == 422
    assert come(zhang).post(page_of(zhang, "choose/"), {"mediator": str(jin.pk)}).status_code == 302
    browser = come(wang)
    assert [each.mediator for each in browser.get(page_of(wang)).context["mine"].wishes] == [jin]
    assert browser.post(page_of(wang, "choose/"), {"mediator": str(jin.pk)}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.mediator == jin


def test_the_next_meeting_stands_there_and_a_past_or_called_off_one_does_not(
    table: Table, dossier: Dossier, wang: Receipt
) -> None:
    said = {"county": dossier.county, "dossier": dossier, "round": dossier.rounds.get(), "kind": MeetingKind.IN_PERSON}
    said |= {"mediator": table.mediator(table.he_mediates_willow)}
    Meeting.objects.create(place="村部", starts_at=now() + timedelta(days=2), **said)
    Meeting.objects.create(place="磨坊", starts_at=now() + timedelta(days=1), called_off_at=now(), **said)
    Meeting.objects.create(place="学校", starts_at=now() - timedelta(days=2), **said)
    shown = come(wang).get(page_of(wang)).content.decode()
    assert "村部" in shown and "磨坊" not in shown and "学校" not in shown


def test_of_the_agreement_each_sees_what_it_owes_and_is_owed(
    table: Table, dossier: Dossier, zhang: Receipt, wang: Receipt
) -> None:
    one, two = dossier.parties.get(side=1), dossier.parties.get(side=2)
    third = Party.objects.create(
        county=dossier.county, dossier=dossier, side=3, kind="person", name="赵三", joined_at=now()
    )
    said = {"county": dossier.county, "dossier": dossier, "drafted_at": now(), "drafted_by": table.he_mediates_willow}
    deal = Agreement.objects.create(version=1, form=Form.WRITTEN, facts="地埂", content="各退半尺", **said)
    each = {"county": dossier.county, "agreement": deal}
    Item.objects.create(order=1, owes=two, to=one, what="恢复地埂", due_on=localdate(), **each)
    Item.objects.create(order=2, owes=third, to=one, what="赔付树苗", amount=Decimal("88.00"), **each)
    browser = come(wang)
    assert "恢复地埂" not in browser.get(page_of(wang)).content.decode()  # a draft binds nobody

    paper = page_of(wang, "paper/?paper=agreement")
    assert browser.get(paper).status_code == 404
    deal.state, deal.effective_at = Agreement.State.EFFECTIVE, now()
    deal.save()
    assert browser.get(paper).content.startswith(b"%PDF") and Client().get(paper).status_code == 302
    assert browser.get(page_of(wang, "paper/?paper=application")).status_code == 404
    shown = browser.get(page_of(wang)).content.decode()
    assert "恢复地埂" in shown and "赔付树苗" not in shown
    assert "赔付树苗" in come(zhang).get(page_of(zhang)).content.decode()


def test_whoever_told_of_a_quarrel_is_no_party_of_it(table: Table, dossier: Dossier) -> None:
    report = dossier.case.reports.get()
    assert Client().get(f"/track/{report.code}/mediation/agree/").status_code == 302
    assert Client().post(f"/track/{report.code}/mediation/agree/", {"secret": "000000"}).status_code == 404
    take_code(dossier.parties.get(side=1), report.code, by=table.he_mediates_willow, at=now())
    assert Client().post(f"/track/{report.code}/mediation/agree/", {"secret": "000000"}).status_code == 422
    assert Client().get(f"/track/{report.code}/mediation/burn/").status_code == 404


def test_whoever_is_invited_is_answered_by_each_side(table: Table, dossier: Dossier, wang: Receipt) -> None:
    guest = inviting.invite(dossier, Helper(name="李支书", role="邻居"), by=table.he_mediates_willow, at=now())
    browser = come(wang)
    assert "invited" in browser.get(page_of(wang)).context["mine"].acts
    said = {"invitation": str(guest.pk), "agrees": "no"}
    assert browser.post(page_of(wang, "invited/"), said).status_code == 302
    guest.refresh_from_db()
    assert guest.declined_by == "王守田"
    assert "invited" not in browser.get(page_of(wang)).context["mine"].acts
