"""A party is helped elsewhere."""

from datetime import datetime

import pytest

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Dossier, Referral
from fengqiao.mediation.transitions import referring
from fengqiao.mediation.transitions.referring import Help
from fengqiao.mediation.vocabulary import ReferralKind
from tests.cast import MONDAY_9AM
from tests.mediation.table import DAY, Table

LATER = MONDAY_9AM + DAY


def aid(consented_at: datetime | None = MONDAY_9AM) -> Help:
    return Help(kind=ReferralKind.LEGAL_AID, to="县法律援助中心", words="欠薪打官司没钱。", consented_at=consented_at)


def test_with_consent_it_is_answered_and_ends(table: Table, under_way: Dossier) -> None:
    by, zhang = table.he_mediates_willow, under_way.parties.get(side=1)
    referral = referring.refer(zhang, aid(), by=by, at=LATER)
    with pytest.raises(Refused):
        referring.end_referral(referral, result="已指派律师。", by=by, at=LATER)
    referral = referring.answer_referral(referral, Referral.Answer.ACCEPTED, words="受理", by=by, at=LATER)
    with pytest.raises(Refused):
        referring.answer_referral(referral, Referral.Answer.DECLINED, by=by, at=LATER)
    referral = referring.end_referral(referral, result="已指派律师。", by=by, at=LATER)
    assert (referral.ended_at, referral.result) == (LATER, "已指派律师。")
    with pytest.raises(Refused):
        referring.end_referral(referral, result="再来一次。", by=by, at=LATER)


def test_without_their_own_consent_nobody_is_referred(table: Table, under_way: Dossier) -> None:
    by, zhang = table.he_mediates_willow, under_way.parties.get(side=1)
    for consented_at in (None, LATER + DAY):
        with pytest.raises(Refused):
            referring.refer(zhang, aid(consented_at), by=by, at=LATER)
    assert not Referral.objects.exists()


def test_who_is_not_taken_on_is_at_the_end_of_that_road(table: Table, under_way: Dossier) -> None:
    by, zhang = table.he_mediates_willow, under_way.parties.get(side=1)
    referral = referring.refer(zhang, aid(), by=by, at=LATER)
    referral = referring.answer_referral(referral, Referral.Answer.DECLINED, words="不符合条件", by=by, at=LATER)
    assert referral.ended_at == LATER
