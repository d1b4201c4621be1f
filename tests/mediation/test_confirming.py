"""The check before signing: what a court would ask."""

from fengqiao.mediation import confirming
from fengqiao.mediation.models import Agreement, Dossier
from fengqiao.mediation.transitions import agreeing
from fengqiao.mediation.transitions.wording import Term
from fengqiao.mediation.vocabulary import DisputeType
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.mediation.test_agreeing import hands


def test_the_check_warns_and_blocks_nothing(table: Table, under_way: Dossier) -> None:
    by, wang = table.he_mediates_willow, under_way.parties.get(side=2)
    Dossier.objects.filter(pk=under_way.pk).update(type=DisputeType.FAMILY)
    under_way.refresh_from_db()
    vague = tables.wording(under_way, content="双方离婚，房屋产权归张福来。", items=[Term(owes=wang, what="赔礼")])
    agreement = agreeing.draft(under_way, vague, by=by, at=MONDAY_9AM)
    agreeing.check(agreement, "court", is_clear=True, by=by, at=MONDAY_9AM)
    agreeing.check(agreement, "status", is_clear=True, by=by, at=MONDAY_9AM)
    agreeing.check(agreement, "status", is_clear=False, by=by, at=MONDAY_9AM)

    asked = {each.question.code: each for each in confirming.asked(agreement)}
    assert len(asked) == 11
    assert {code for code, each in asked.items() if each.warnings} == {"status", "title", "unclear"}
    answers = {code: each.answer.is_clear for code, each in asked.items() if each.answer}
    assert answers == {"court": True, "status": False}
    for hand in hands(table, under_way).values():
        hand(agreement, MONDAY_9AM, MONDAY_9AM)
    assert agreeing.take_effect(agreement, by=by, at=MONDAY_9AM).state == Agreement.State.EFFECTIVE


def test_a_clear_agreement_is_not_warned_of(table: Table, under_way: Dossier) -> None:
    agreement = tables.draft(table, under_way)
    assert [each.warnings for each in confirming.asked(agreement) if each.warnings] == []
