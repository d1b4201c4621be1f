"""The mediator's day × many readers: the numbers and the first rows that plain Python picks.

Its queries are kept and filled in with what the next reader asks (`kit/keys.py`), so people ask after one another.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from fengqiao.cases.models import Case
from fengqiao.mediation.models import Agreement, Dossier, Item, Meeting
from fengqiao.mediation.transitions import referring
from fengqiao.mediation.transitions.referring import Help
from fengqiao.mediation.vocabulary import Consent, MeetingKind, ReferralKind, Road
from fengqiao.mediation.workflow import LIVE, RUNNING, Stand
from fengqiao.people.models import User
from fengqiao.web.console.mediation.daily import FIRST, Daily, daily
from fengqiao.web.console.waits import WAITS
from tests.mediation.table import Table, begin
from tests.web.console.mediation.stands import STANDS

A_DAY = timedelta(days=1)
BY_STAND: dict[str, list[str]] = {Stand.REFUSED: ["refused"], Stand.SIGNING: ["signature"]}
READERS = ("wu_supervises", "chen_dispatches", "chen_dispatches_east", "gao_leads", "liu_handles_water", "ma_clerks")


def waits(dossier: Dossier, at: datetime) -> Iterator[str]:
    """Give the ways in which a dossier waits."""
    due, stand, today = dossier.case.due_at, dossier.stand, localdate(at)
    yield from BY_STAND.get(stand, [])
    if stand in LIVE and due:
        yield from ["overdue"] if due < at else ["soon"] if due < at + 2 * A_DAY else []
    present = [party for party in dossier.parties.all() if party.left_at is None]
    if stand == Stand.ASKING and any(party.consent != Consent.GIVEN for party in present):
        yield "consent"
    if stand in RUNNING and dossier.mediator is None and dossier.road == Road.PEOPLES:
        yield "mediator"
    if any(each.ended_at is None for each in dossier.referrals.all()):
        yield "referral"
    for agreement in dossier.agreements.filter(state="effective") if stand == Stand.AGREED else []:
        yield from _of_an_agreement(agreement, at)
        last = agreement.confirm_until
        yield from ["confirm"] if not agreement.court and last and today <= last <= localdate(at + 10 * A_DAY) else []


def _of_an_agreement(agreement: Agreement, at: datetime) -> set[str]:
    items = agreement.items.all()
    owed = [each.due_on for each in items if each.done_at is None and each.broken_at is None]
    found = {"items"} if any(due_on and due_on <= localdate(at + 3 * A_DAY) for due_on in owed) else set()
    found |= {"broken"} if any(each.broken_at for each in items) else set()
    return found | ({"court"} if agreement.court == Agreement.Court.ASKED else set())


@pytest.fixture
def full(table: Table) -> Table:
    """A dispute at each stand, with times and promises unlike one another, some of another committee."""
    at = now()
    stands = [make for name, make in STANDS.items() if name != "busy"]  # which asks for a key
    dossiers = [make(table) for make in stands]
    sought = Help(kind=ReferralKind.LEGAL_AID, to="法律援助中心", words="要打官司。", consented_at=at)
    referring.refer(begin(table, at=at).parties.get(side=1), sought, by=table.he_mediates_willow, at=at)
    for number, dossier in enumerate(dossiers):
        case, opened_at = Case.objects.get(pk=dossier.case_id), at - timedelta(hours=number)
        lead = table.township if number % 3 == 0 else case.lead
        Case.objects.filter(pk=case.pk).update(lead=lead, due_at=case.due_at and at + A_DAY * (number % 5 - 1))
        Dossier.objects.filter(pk=dossier.pk).update(opened_at=opened_at)
        Item.objects.filter(agreement__dossier=dossier).update(due_on=localdate(at + A_DAY * (number % 7)))
        meeting: Any = {"round": dossier.rounds.first(), "kind": MeetingKind.IN_PERSON, "place": "村委会"}
        starts_at = at + timedelta(minutes=97 * number)
        he = table.mediator(table.he_mediates_willow)
        Meeting.objects.create(county=dossier.county, dossier=dossier, mediator=he, starts_at=starts_at, **meeting)
    in_force = Agreement.objects.filter(state="effective").order_by("id")
    in_force.update(court="", confirm_until=localdate(at + A_DAY * 9))
    Agreement.objects.filter(pk=in_force[0].pk).update(court=Agreement.Court.ASKED)
    return table


def said_by(found: Daily) -> dict[str, Any]:
    groups = {each.key: (each.count, [row.pk for row in each.dossiers]) for each in found.groups}
    return {"newest": [row.pk for row in found.newest], "meetings": [each.pk for each in found.meetings], **groups}


def picked(user: User, committees: set[Any], at: datetime) -> dict[str, Any]:
    """Pick the same from all the dossiers this person sees."""
    seen = [each for each in Dossier.objects.visible_to(user, at) if not committees or each.case.lead_id in committees]
    in_order = sorted((each for each in seen if each.case.due_at), key=lambda each: (each.case.due_at, each.pk))
    in_order += sorted((each for each in seen if not each.case.due_at), key=lambda each: each.pk)
    found: dict[str, Any] = {}
    for key in WAITS:
        rows = [each.pk for each in in_order if key in waits(each, at)]
        found[key] = (len(rows), rows[:FIRST])
    newest = sorted(seen, key=lambda each: (each.opened_at, each.pk), reverse=True)
    planned = Meeting.objects.filter(called_off_at=None, dossier__in=[each.pk for each in seen])
    today = [each for each in planned if localdate(each.starts_at) == localdate(at)]
    ordered = sorted(today, key=lambda each: (each.starts_at, each.pk))
    return found | {"newest": [each.pk for each in newest[:FIRST]], "meetings": [each.pk for each in ordered]}


def test_the_day_is_what_plain_python_picks_for_everybody(full: Table) -> None:
    mediators = [full.he_mediates_willow, full.luo_mediates_east, full.peng_mediates_county]
    faults, often = [], Counter[str]()
    for at in (now(), now() + A_DAY):
        for user in [*mediators, *(getattr(full.qing, name) for name in READERS)]:
            committees = set(user.posts.filter(role="mediator").values_list("unit", flat=True))
            wanted, found = picked(user, committees, at), said_by(daily(user, at))
            faults += [f"{user} at {at}: {name}" for name in wanted if found[name] != wanted[name]]
            often.update(key for key in WAITS if wanted[key][0])
    assert faults == []
    assert {key: often[key] for key in WAITS if often[key] < 2} == {}
