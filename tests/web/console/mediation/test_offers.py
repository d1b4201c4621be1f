"""Wherever a dossier stands: what its page offers can be taken. Nothing is offered that is known to be refused."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import localdate, localtime, now

from fengqiao.cases.models import CaseClock, Stage
from fengqiao.mediation import identity
from fengqiao.mediation.confirming import QUESTIONS
from fengqiao.mediation.models import Dossier, Party
from fengqiao.mediation.transitions import (
    tiers,
)
from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.people.models import User
from fengqiao.web.console.mediation.acts import ACTS
from fengqiao.web.console.mediation.offers import Offer
from tests.mediation.table import Table
from tests.web.console.conftest import SignIn
from tests.web.console.mediation.stands import NUMBER, STANDS, paused
from tests.web.console.mediation.test_agreement import AGREED, moment, shown, take


@pytest.fixture(autouse=True)
def key(tmp_path: Path, settings: Any) -> None:
    """A file with one key."""
    settings.IDENTITY_KEY_FILE = tmp_path / "identity.key"
    settings.IDENTITY_KEY_FILE.write_text(identity.new_key())
    settings.IDENTITY_KEY_FILE.chmod(0o600)


def _head(table: Table, dossier: Dossier) -> User:
    """Whoever mediates where the dossier is."""
    heads = {
        table.village: table.he_mediates_willow,
        table.township: table.luo_mediates_east,
        table.county: table.peng_mediates_county,
    }
    dossier.case.refresh_from_db()
    assert dossier.case.lead is not None
    return heads[dossier.case.lead]


def said(offer: Offer, dossier: Dossier, form: Any) -> dict[str, Any]:
    """What a sensible person writes into the form of an act."""
    guardian = offer.on and Party.objects.filter(pk=offer.on, is_minor=True).exists()
    way = "agent" if guardian else "phone"
    everybody = [str(party.pk) for party in dossier.parties.filter(left_at__isnull=True)]
    known = {name: value for name, value in form.initial.items() if value}
    first = {name: _first(field) for name, field in form.fields.items() if hasattr(field, "choices")}
    words: dict[str, dict[str, Any]] = {
        "add_party": {"side": 1, "kind": "person", "name": "孙二娘"},
        "appoint_agent": {"kind": "guardian", "name": "李桂花"},
        "give_consent": {"way": way},
        "refuse": {"way": way},
        "ask_consent": {"way": way},
        "acknowledge": {"way": way},
        "choose_mediator": first | {"chosen_by": "committee"},
        "declare_interest": {"words": "是亲戚", "raised_by": "何老五"},
        "change_party": known | {"phone": "13900000077", "reason": "号码记错"},
        "change_agent": known | {"phone": "13900000078", "reason": "号码记错"},
        "dismiss_agent": {"reason": "解除委托"},
        "enter_identity": {"number": NUMBER, "needed_for": "协议书"},
        "show_identity": {"reason": "核对"},
        "replace_party": {"why": "去世"},
        "plan_meeting": {"kind": "phone", "starts_at": f"{localtime(now() + timedelta(hours=5)):%Y-%m-%dT%H:%M}"},
        "hold_meeting": {"held_at": moment(), "ended_at": moment(), "result": "再谈", "present": everybody},
        "call_off_meeting": {"reason": "下雨"},
        "sign": {"signed_at": moment()},
        "sign_as_mediator": {"signed_at": moment()},
        "seal": {"sealed_at": moment()},
        "check": {"question": QUESTIONS[0].code, "is_clear": "yes"},
        "draft": {"what_for": "争地埂", "content": AGREED},
        "agree_orally": {"what_for": "争地埂", "content": AGREED, "agreed_at": moment()},
        "perform": {"done_at": moment()},
        "breach": {"words": "没恢复"},
        "follow_up": {"reason": "到期", "words": "都好"},
        "ask_court": {"asked_on": localdate()},
        "court_answered": {"is_confirmed": "yes", "answered_on": localdate()},
        "overturn": {"how": "void", "words": "法院判的"},
        "refer": {"kind": "legal_aid", "to": "法律援助中心", "words": "没钱", "consented_at": moment()},
        "answer_referral": {"answer": "accepted"},
        "end_referral": {"result": "指派了"},
        "invite": {"name": "钱长者", "role": "长辈"},
        "answer_invitation": {"party": everybody[0] if everybody else "", "agrees": "yes"},
        "report_danger": {"to": "派出所", "words": "扬言动手", "reported_at": moment()},
        "extend": {"days": 1, "agreed_by": everybody},
        "pause": {"until": localdate(), "reason": "测绘"},
        "escalate": first | {"reason": "谈不拢"},
        "send_back": {"help_given": "指导"},
        "end": {"ground": first.get("ground"), "words": "谈不拢", "remedies": "去法院"},
        "set_facts": {"type": DisputeType.LAND, "source": "application", "story": "争地埂", "people": 2},
    }
    return words.get(offer.verb, {})


def _first(field: Any) -> Any:
    return next((str(getattr(value, "value", value)) for value, _label in field.choices if value), None)


@pytest.mark.parametrize("stand", STANDS)
def test_what_is_offered_can_be_taken(table: Table, sign_in: SignIn, stand: str) -> None:
    dossier = STANDS[stand](table)
    client = sign_in(_head(table, dossier))
    page = shown(client, dossier).context["page"]
    seats = [seat for side in page.sides for seat in side.seats]
    duties = [duty for wording in page.agreements for duty in wording.duties]
    speakers = [speaker for seat in seats for speaker in seat.agents]
    beside = [*seats, *speakers, *duties, *page.meetings, *page.referrals, *page.invited]
    mending = [each.offer for each in page.missing]
    offers = [page.next, *page.offers, *(offer for each in beside for offer in each.offers), *mending]

    refused = []
    for offer in dict.fromkeys(filter(None, offers)):  # what leads on and what mends stand among the others, too
        if offer.verb in ("link", "ask_to_join"):  # what another side filed, they find out when asked
            continue
        opened = client.get(f"/console/mediation/{dossier.case.number}/", {"act": offer.verb, "on": offer.on})
        form = opened.context["page"].form
        with transaction.atomic():
            answer = take(client, dossier, offer.verb, on=offer.on, **said(offer, dossier, form))
            transaction.set_rollback(True)
        if answer.status_code not in (200, 302):
            refused.append((offer.verb, offer.about, answer.context["page"].form.errors.as_text()))
    assert offers and not refused


def test_every_act_of_the_page_is_offered_somewhere(table: Table, sign_in: SignIn) -> None:
    found: set[str] = set()
    for made in STANDS.values():
        with transaction.atomic():
            dossier = made(table)
            page = shown(sign_in(_head(table, dossier)), dossier).context["page"]
            beside: list[Any] = [seat for side in page.sides for seat in side.seats]
            beside += [speaker for seat in beside for speaker in seat.agents]
            beside += [duty for wording in page.agreements for duty in wording.duties]
            beside += [*page.meetings, *page.referrals, *page.invited]
            offers = [page.next, *page.offers, *(offer for each in beside for offer in each.offers)]
            found |= {offer.verb for offer in offers if offer}
            transaction.set_rollback(True)
    assert found == set(ACTS) - {"answer_ask"}  # of another unit: test_joining_page.py


def test_the_time_runs_again_only_where_it_stands_still(table: Table, sign_in: SignIn) -> None:
    dossier = paused(table)
    client = sign_in(table.he_mediates_willow)
    verbs = {offer.verb for offer in shown(client, dossier).context["page"].offers}
    assert "resume" in verbs and "pause" not in verbs
    assert CaseClock.objects.get(case=dossier.case, stage=Stage.MEDIATE).is_paused(now())
    tiers.resume(dossier, by=table.he_mediates_willow, at=now())
    verbs = {offer.verb for offer in shown(client, dossier).context["page"].offers}
    assert "pause" in verbs and "resume" not in verbs
