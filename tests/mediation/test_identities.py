"""Identity numbers: kept for a paper, sealed with a key the database does not have, shown with a reason."""

import stat
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from fengqiao.jobs.doctor import identities as doctor
from fengqiao.jobs.doctor.findings import Mark
from fengqiao.kit.verdict import Refused
from fengqiao.mediation import identity
from fengqiao.mediation.models import Dossier, Identity, Party
from fengqiao.mediation.transitions import identities, parties
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.vocabulary import PartyKind
from fengqiao.people.actors import Resident
from fengqiao.rights.models import AccessLog
from tests.cast import MONDAY_9AM
from tests.mediation.table import Table

NUMBER, ANOTHER = "11010519491231002X", "110105195001010012"  # the first is the specimen of GB 11643
PARTY = UUID(int=7)


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Path:
    """A file with one key."""
    settings.IDENTITY_KEY_FILE = tmp_path / "identity.key"
    settings.IDENTITY_KEY_FILE.write_text(identity.new_key())
    settings.IDENTITY_KEY_FILE.chmod(0o600)
    return tmp_path / "identity.key"


@pytest.fixture
def zhang(under_way: Dossier) -> Party:
    """The one who asked."""
    return under_way.parties.get(side=1)


def test_a_number_is_kept_sealed_and_shown_masked(table: Table, zhang: Party) -> None:
    kept = identities.enter(zhang, " 11010519491231002x ", needed_for="调解协议书", by=_he(table), at=MONDAY_9AM)
    assert str(kept) == "****002X"
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(i)::text FROM mediation_identity i")
        row = cursor.fetchone()[0]
    assert NUMBER not in row and NUMBER.encode().hex() not in row
    lines = zhang.dossier.case.log.values_list("note", "public", "facts")
    assert not any("002X" in str(line) for line in lines)
    assert identities.show(zhang, reason="核对协议书。", by=_he(table), at=MONDAY_9AM) == NUMBER


def test_who_looks_says_why_and_both_logs_keep_it(table: Table, zhang: Party) -> None:
    with pytest.raises(Refused, match="is kept"):
        identities.show(zhang, reason="核对。", by=_he(table), at=MONDAY_9AM)
    identities.enter(zhang, NUMBER, needed_for="调解协议书", by=_he(table), at=MONDAY_9AM)
    resident = Resident(zhang.dossier.case.reports.get().pk, zhang.dossier.case_id)
    for by, reason in ((_he(table), " "), (table.luo_mediates_east, "看看"), (table.qing.gao_leads, "看看")):
        with pytest.raises(Refused):
            identities.show(zhang, reason=reason, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        identities.show(zhang, reason="看看", by=resident, at=MONDAY_9AM)  # type: ignore[arg-type]
    assert not AccessLog.objects.exists()

    identities.show(zhang, reason="核对协议书。", by=_he(table), at=MONDAY_9AM)
    look = AccessLog.objects.get()
    assert (look.look, look.user, look.thing, look.reason) == ("identity", _he(table), zhang.pk, "核对协议书。")
    assert zhang.dossier.case.log.get(facts__act="show_identity").note == "核对协议书。"


@pytest.mark.parametrize(
    "wrong", ["110105194912310021", "11010519491331002X", "11010519491231", "", "999999194912310021", "一二三"]
)
def test_what_is_no_identity_number_is_refused(table: Table, zhang: Party, wrong: str) -> None:
    with pytest.raises(Refused, match="18 signs"):
        identities.enter(zhang, wrong, needed_for="调解协议书", by=_he(table), at=MONDAY_9AM)
    assert not Identity.objects.exists()


def test_it_is_asked_of_persons_for_a_paper_alone(table: Table, zhang: Party) -> None:
    with pytest.raises(Refused, match="paper"):
        identities.enter(zhang, NUMBER, needed_for="", by=_he(table), at=MONDAY_9AM)
    shop = Known(side=2, name="东镇供销社", kind=PartyKind.BODY)
    body = parties.add_party(zhang.dossier, shop, by=_he(table), at=MONDAY_9AM)
    with pytest.raises(Refused, match="person"):
        identities.enter(body, NUMBER, needed_for="调解协议书", by=_he(table), at=MONDAY_9AM)


def test_a_sealed_number_opens_in_its_own_row_alone(keys: Path) -> None:
    ring = identity.read_ring(keys)
    key_id, sealed = identity.seal(NUMBER, ring=ring, county="621027", party=PARTY)
    where: dict[str, Any] = {"key_id": key_id, "ring": ring, "county": "621027", "party": PARTY}
    assert identity.unseal(sealed, **where) == NUMBER
    spoiled = bytes([sealed[0] ^ 1]) + sealed[1:]
    for text, changes in (
        (sealed, {"county": "621021"}),
        (sealed, {"party": UUID(int=8)}),
        (sealed, {"key_id": "other"}),
        (sealed, {"ring": {key_id: bytes(16)}}),
        (spoiled, {}),
        (sealed[:-1], {}),
    ):
        with pytest.raises(identity.CannotOpen):
            identity.unseal(text, **(where | changes))
    assert identity.seal(NUMBER, ring=ring, county="621027", party=PARTY)[1] != sealed


def test_a_new_key_seals_everything_anew_and_goes_on_where_it_was_ended(
    table: Table, under_way: Dossier, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identities, "AT_ONCE", 1)
    numbers = dict(zip(under_way.parties.all(), (NUMBER, ANOTHER), strict=True))
    for party, number in numbers.items():
        identities.enter(party, number, needed_for="调解协议书", by=_he(table), at=MONDAY_9AM)
    old = keys.read_text()
    keys.write_text(identity.new_key() + old)
    assert identities._seal_some(identity.read_ring(keys)) == 1  # and here the power went
    for party, number in numbers.items():
        assert identities.show(party, reason="核对。", by=_he(table), at=MONDAY_9AM) == number

    newest = keys.read_text().split(":")[0]
    call_command("rotate_identity_key", "--drop-old")
    assert {each.key_id for each in Identity.objects.all()} == {newest}
    assert keys.read_text().count("\n") == 1 and stat.S_IMODE(keys.stat().st_mode) == 0o600
    call_command("rotate_identity_key")
    assert newest not in {each.key_id for each in Identity.objects.all()}
    assert keys.read_text().count("\n") == 2
    for party, number in numbers.items():
        assert identities.show(party, reason="核对。", by=_he(table), at=MONDAY_9AM) == number


def test_without_its_key_a_number_is_told_as_lost(table: Table, zhang: Party, keys: Path) -> None:
    identities.enter(zhang, NUMBER, needed_for="调解协议书", by=_he(table), at=MONDAY_9AM)
    assert [each.mark for each in doctor.keys(MONDAY_9AM)] == [Mark.GOOD]
    keys.chmod(0o644)
    assert [each.mark for each in doctor.keys(MONDAY_9AM)] == [Mark.FAULT]
    for lost in (identity.new_key(), "nonsense", ""):
        keys.write_text(lost)
        keys.chmod(0o600)
        with pytest.raises(Refused):
            identities.show(zhang, reason="核对。", by=_he(table), at=MONDAY_9AM)
        assert [each.mark for each in doctor.keys(MONDAY_9AM)] == [Mark.FAULT]
        with pytest.raises(CommandError):
            call_command("rotate_identity_key")


def test_the_doctor_tells_a_missing_file_from_another_and_from_a_wrong_key(
    table: Table, zhang: Party, keys: Path
) -> None:
    identities.enter(zhang, NUMBER, needed_for="调解协议书", by=_he(table), at=MONDAY_9AM)
    whole = keys.read_text()
    said = []
    for text in (None, identity.new_key(), whole[:9] + identity.new_key()[9:], "nonsense"):
        keys.unlink() if text is None else keys.write_text(text)
        keys.chmod(0o600) if text else None
        told = list(doctor.keys(MONDAY_9AM))
        assert [each.mark for each in told] == [Mark.FAULT]
        said.append(told[0].text)
    assert len(set(said)) == 4
    keys.write_text(identity.new_key() + whole)  # as a start without the file draws one, and the old one added below
    assert [each.mark for each in doctor.keys(MONDAY_9AM)] == [Mark.GOOD]


def _he(table: Table) -> Any:
    return table.he_mediates_willow
