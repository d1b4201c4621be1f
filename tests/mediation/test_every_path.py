"""Whatever is tried in whatever order: nothing is agreed without everybody, and nothing goes on after a refusal."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from fengqiao.kit.verdict import Refused
from fengqiao.mediation import signatures
from fengqiao.mediation.models import Agreement, ConsentLine, Dossier
from fengqiao.mediation.transitions import agreeing, consenting, ending
from fengqiao.mediation.vocabulary import ChosenBy, Consent, Ground, Way
from fengqiao.mediation.workflow import Stand
from fengqiao.people.models import User
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import Table

TRIES = 60


def deeds(table: Table, dossier: Dossier, drawn: random.Random) -> dict[str, Callable[..., object]]:
    """Everything that could bring an agreement about, or prevent it; the refusal seldom, so that walks go far."""
    party = drawn.choice(list(dossier.parties.all()))
    paper = drawn.choice([*dossier.agreements.all(), None])
    he = table.mediator(table.he_mediates_willow)
    found: dict[str, Callable[..., object]] = {
        "consent": lambda **k: consenting.give_consent(party, way=Way.IN_PERSON, **k),
        "acknowledge": lambda **k: consenting.acknowledge(party, way=Way.IN_PERSON, **k),
        "choose": lambda **k: consenting.choose_mediator(dossier, he, chosen_by=ChosenBy.PARTIES, **k),
        "begin": lambda **k: consenting.begin(dossier, **k),
        "oral": lambda **k: agreeing.agree_orally(dossier, tables.wording(dossier), agreed_at=k["at"], **k),
    }
    if drawn.random() < 0.3:
        found["draft"] = lambda **k: agreeing.draft(dossier, tables.wording(dossier), **k)
    if drawn.random() < 0.1:
        found["refuse"] = lambda **k: consenting.refuse(party, way=Way.PHONE, **k)
        found["end"] = lambda **k: ending.end(dossier, drawn.choice(list(Ground)), "谈不拢。", **k)
    if dossier.stand in (Stand.UNDER_WAY, Stand.SIGNING):
        found.pop("oral") if drawn.random() < 0.9 else None
    if paper is not None:
        found |= {
            "sign": lambda **k: agreeing.sign(paper, party, signed_at=k["at"], **k),
            "mediator": lambda **k: agreeing.sign_as_mediator(paper, signed_at=k["at"], **k),
            "seal": lambda **k: agreeing.seal(paper, sealed_at=k["at"], **k),
            "effect": lambda **k: agreeing.take_effect(paper, **k),
        }
    return found


def walk(table: Table, dossier: Dossier, drawn: random.Random, by: User) -> Dossier:
    """Try one thing after another, an hour apart; what is refused leaves nothing behind."""
    refused = False
    for hour in range(TRIES):
        dossier = Dossier.objects.select_related("case").get(pk=dossier.pk)
        found = deeds(table, dossier, drawn)
        name = drawn.choice(sorted(found))
        try:
            with transaction.atomic():
                found[name](by=by, at=MONDAY_9AM + timedelta(hours=hour))
        except Refused:
            continue
        assert not refused or name == "end", f"{name} after a refusal"
        refused |= name == "refuse"
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.parametrize("seed", range(8))
def test_no_path_reaches_agreed_without_everybody(table: Table, dossier: Dossier, seed: int) -> None:
    tables.seat_parties(table, dossier)
    after = walk(table, dossier, random.Random(seed), table.he_mediates_willow)

    binding = after.agreements.filter(state=Agreement.State.EFFECTIVE).first()
    assert (after.stand == Stand.AGREED) == (binding is not None)
    if binding is None:
        return
    assert all(party.consent == Consent.GIVEN and party.acknowledged_at for party in after.parties.all())
    assert ConsentLine.objects.filter(party__dossier=after, said=Consent.GIVEN).count() >= 2
    if binding.form == "written":
        signed = [each.signed_at for each in signatures.valid(binding).values()]
        assert len(signed) == 2
        assert binding.mediator_signed_at and binding.sealed_at
        assert binding.effective_at == max(*signed, binding.mediator_signed_at, binding.sealed_at)
