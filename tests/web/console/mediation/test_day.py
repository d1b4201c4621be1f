"""The mediator's day: every number is the length of the list behind it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from fengqiao.mediation.models import Dossier, Meeting, Referral
from fengqiao.mediation.transitions import consenting, performing, referring
from fengqiao.mediation.transitions.referring import Help
from fengqiao.mediation.vocabulary import MeetingKind, ReferralKind, Way
from fengqiao.web.console.waits import WAITS
from tests.cast import PASSWORD
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn

LIST = "console:dossiers"


@pytest.fixture
def five(table: Table, today: datetime) -> list[Dossier]:
    """Five quarrels: not begun, half asked, under way, refused, late."""
    fresh, half, refused, late = (tables.open_dossier(table, at=each) for each in (
        today, today, today, today - timedelta(days=5)))  # fmt: skip
    by = table.he_mediates_willow
    zhang, _wang = tables.seat_parties(table, half, at=today)
    consenting.give_consent(zhang, way=Way.PHONE, by=by, at=today)
    _zhang, wang = tables.seat_parties(table, refused, at=today)
    consenting.refuse(wang, way=Way.PHONE, by=by, at=today)
    return [fresh, half, tables.begin(table, at=today), refused, late]


def test_what_waits_in_mediation_waits_on_the_first_page_too(
    table: Table, five: list[Dossier], sign_in: SignIn
) -> None:
    page = sign_in(table.he_mediates_willow).get(reverse("console:home"))

    told = {each.key: each.number for each in page.context["mediations"]}
    assert told == {"overdue": 1, "refused": 1, "consent": 1, "mediator": 3}
    words = page.content.decode()
    assert reverse(LIST) + "?waiting=overdue" in words and "没有等您处理的事" not in words
    assert sign_in(table.qing.ma_clerks).get(reverse("console:home")).context["mediations"] == []


def test_who_only_mediates_begins_here(table: Table, client: Client) -> None:
    for who, page in ((table.he_mediates_willow, "console:mediation"), (table.qing.chen_dispatches, "console:home")):
        who.set_password(PASSWORD)
        who.save()
        answer = client.post(reverse("account_login"), {"login": who.username, "password": PASSWORD})
        assert answer.headers["Location"] == reverse(page)
        client.logout()


def test_every_count_is_the_length_of_its_list(table: Table, sign_in: SignIn, five: list[Dossier]) -> None:
    client = sign_in(table.he_mediates_willow)
    page = client.get(reverse("console:mediation"))
    counts = {group.key: group.count for group in page.context["groups"]}

    assert counts == {"overdue": 1, "refused": 1, "consent": 1, "mediator": 3}
    for key in WAITS:
        assert client.get(reverse(LIST), {"waiting": key}).context["page"].total == counts.get(key, 0)


def test_broken_promises_and_help_that_goes_on_wait(table: Table, sign_in: SignIn, today: datetime) -> None:
    dossier, by, client = tables.begin(table, at=today), table.he_mediates_willow, sign_in(table.he_mediates_willow)
    item = tables.settle(table, dossier, at=today).items.order_by("order")[0]
    sought = Help(kind=ReferralKind.LEGAL_AID, to="法律援助中心", words="要打官司。", consented_at=today)
    sent = referring.refer(dossier.parties.get(side=1), sought, by=by, at=today)
    performing.breach(item, words="没有恢复。", by=by, at=today)

    def waiting() -> list[int]:
        keys = ("broken", "referral")
        return [client.get(reverse(LIST), {"waiting": key}).context["page"].total for key in keys]

    assert waiting() == [1, 1]
    performing.perform(item, done_at=today, by=by, at=today)
    referring.answer_referral(sent, Referral.Answer.DECLINED, by=by, at=today)
    assert waiting() == [0, 0]


def test_another_committee_counts_nothing_of_it(table: Table, sign_in: SignIn, five: list[Dossier]) -> None:
    page = sign_in(table.luo_mediates_east).get(reverse("console:mediation"))

    assert page.context["groups"] == [] and page.context["newest"] == []
    assert "地埂之争" not in page.content.decode()


def test_the_meetings_of_today_stand_in_their_order(table: Table, sign_in: SignIn, five: list[Dossier]) -> None:
    begun = five[2]
    noon = localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    facts = {"county": begun.county, "dossier": begun, "round": begun.rounds.get(), "kind": MeetingKind.IN_PERSON}
    for place, later in (("村委会", 2), ("地头", 0), ("家里", 24), ("取消的", 1)):
        Meeting.objects.create(
            **facts,
            place=place,
            starts_at=noon + timedelta(hours=later),
            mediator=table.mediator(table.he_mediates_willow),
        )
    Meeting.objects.filter(place="取消的").update(called_off_at=noon)
    page = sign_in(table.he_mediates_willow).get(reverse("console:mediation"))

    assert [each.place for each in page.context["meetings"]] == ["地头", "村委会"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 5),
        ({"stand": "refused"}, 1),
        ({"stand": "agreed"}, 0),
        ({"stand": "all", "type": "medical"}, 0),
        ({"tier": "village"}, 5),
        ({"tier": "county"}, 0),
        ({"overdue": "on"}, 1),
        ({"mine": "on"}, 1),
        ({"stand": "nonsense"}, 5),
    ],
)
def test_the_filters_narrow(
    table: Table, sign_in: SignIn, five: list[Dossier], asked: dict[str, str], found: int
) -> None:
    page = sign_in(table.he_mediates_willow).get(reverse(LIST), asked)
    assert page.context["page"].total == found == len(page.context["page"].rows)


def test_htmx_gets_only_the_rows(table: Table, sign_in: SignIn, five: list[Dossier]) -> None:
    part = sign_in(table.he_mediates_willow).get(reverse(LIST), headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<section id="rows"')


def test_an_empty_day_says_how_disputes_come(table: Table, sign_in: SignIn) -> None:
    page = sign_in(table.he_mediates_willow).get(reverse("console:mediation"))
    assert page.context["groups"] == [] and 'class="empty"' in page.content.decode()
