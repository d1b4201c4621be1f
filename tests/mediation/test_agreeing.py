"""The parties agree, on paper or by word of mouth."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import chain, combinations, permutations

import pytest
from django.db import transaction
from django.utils.translation import override

from fengqiao.cases.vocabulary import Outcome
from fengqiao.cases.workflow import Status
from fengqiao.kit.verdict import Refused
from fengqiao.mediation import signatures
from fengqiao.mediation.models import Agent, Agreement, Dossier, Ladder, Party, TierRound
from fengqiao.mediation.remedies import rest_of
from fengqiao.mediation.transitions import agreeing, consenting, ending, parties
from fengqiao.mediation.transitions.parties import Acts, Known
from fengqiao.mediation.transitions.wording import Term, Wording
from fengqiao.mediation.vocabulary import Consent, Ground, Way
from fengqiao.mediation.workflow import Stand
from tests.cast import MONDAY_9AM
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table

Hand = Callable[[Agreement, datetime, datetime], object]
HANDS = ("zhang", "wang", "mediator", "seal")


def hands(table: Table, dossier: Dossier) -> dict[str, Hand]:
    """The four hands of the quarrel over the ridge; each takes when it signed and when that was entered."""
    by, (zhang, wang) = table.he_mediates_willow, dossier.parties.order_by("side")
    return {
        "zhang": lambda paper, on, at: agreeing.sign(paper, zhang, signed_at=on, by=by, at=at),
        "wang": lambda paper, on, at: agreeing.sign(paper, wang, signed_at=on, by=by, at=at),
        "mediator": lambda paper, on, at: agreeing.sign_as_mediator(paper, signed_at=on, by=by, at=at),
        "seal": lambda paper, on, at: agreeing.seal(paper, sealed_at=on, by=by, at=at),
    }


def test_signed_and_sealed_it_binds_and_the_case_is_solved(table: Table, under_way: Dossier) -> None:
    agreement = tables.settle(table, under_way, at=MONDAY_9AM + DAY)
    under_way.refresh_from_db()
    case = under_way.case
    case.refresh_from_db()

    assert (under_way.stand, under_way.ended_at) == (Stand.AGREED, MONDAY_9AM + DAY)
    assert (agreement.state, agreement.effective_at) == (Agreement.State.EFFECTIVE, MONDAY_9AM + DAY)
    assert agreement.confirm_until == date(2026, 4, 2)
    assert (case.status, case.outcome) == (Status.CONCLUDED, Outcome.SOLVED)
    assert "April 2, 2026" in case.public_reply
    assert "麦苗" not in case.public_reply
    assert under_way.rounds.get().result == TierRound.Result.AGREED


def test_in_whatever_order_they_are_entered_the_last_hand_counts(table: Table, under_way: Dossier) -> None:
    signed = dict(zip(HANDS, [MONDAY_9AM + timedelta(hours=n) for n in (30, 5, 50, 20)], strict=True))
    agreement, at = tables.draft(table, under_way), MONDAY_9AM + 5 * DAY
    for order in permutations(HANDS):
        point = transaction.savepoint()
        for name in order:
            hands(table, under_way)[name](agreement, signed[name], at)
        bound = agreeing.take_effect(agreement, by=table.he_mediates_willow, at=at)
        assert (bound.effective_at, bound.confirm_until) == (MONDAY_9AM + timedelta(hours=50), date(2026, 4, 3))
        transaction.savepoint_rollback(point)


def test_with_any_hand_missing_nothing_binds(table: Table, under_way: Dossier) -> None:
    agreement, at = tables.draft(table, under_way), MONDAY_9AM + DAY
    for some in chain.from_iterable(combinations(HANDS, size) for size in range(len(HANDS))):
        point = transaction.savepoint()
        for name in some:
            hands(table, under_way)[name](agreement, MONDAY_9AM, at)
        with pytest.raises(Refused):
            agreeing.take_effect(agreement, by=table.he_mediates_willow, at=at)
        transaction.savepoint_rollback(point)
    under_way.refresh_from_db()
    assert under_way.stand == Stand.SIGNING


def test_another_wording_keeps_no_signature(table: Table, under_way: Dossier) -> None:
    first, at = tables.draft(table, under_way), MONDAY_9AM + DAY
    for some in chain.from_iterable(combinations(HANDS, size) for size in range(len(HANDS) + 1)):
        point = transaction.savepoint()
        for name in some:
            hands(table, under_way)[name](first, MONDAY_9AM, at)
        second = tables.draft(table, under_way, at=at)
        first.refresh_from_db()
        assert first.state == Agreement.State.VOID
        assert not first.signatures.filter(void_at__isnull=True).exists()
        assert not signatures.valid(second)
        assert (second.version, second.mediator_signed_at, second.sealed_at) == (first.version + 1, None, None)
        for paper in (first, second):
            with pytest.raises(Refused):
                agreeing.take_effect(paper, by=table.he_mediates_willow, at=at)
        last = under_way.case.log.order_by("-line")[0]
        assert bool(last.public) == bool(some)
        assert last.facts.get("unsigned", False) == bool(some)
        transaction.savepoint_rollback(point)


def test_a_signature_under_the_earlier_wording_does_not_count_for_the_next(table: Table, under_way: Dossier) -> None:
    tables.draft(table, under_way)
    second = tables.draft(table, under_way, at=MONDAY_9AM + 2 * DAY)
    zhang, by = under_way.parties.get(side=1), table.he_mediates_willow
    with pytest.raises(Refused):
        agreeing.sign(second, zhang, signed_at=MONDAY_9AM + DAY, by=by, at=MONDAY_9AM + 2 * DAY)
    with pytest.raises(Refused):
        agreeing.sign(second, zhang, signed_at=MONDAY_9AM + 3 * DAY, by=by, at=MONDAY_9AM + 2 * DAY)


def test_who_withdraws_after_the_draft_voids_it(table: Table, under_way: Dossier) -> None:
    by, agreement = table.he_mediates_willow, tables.draft(table, under_way)
    zhang, wang = under_way.parties.order_by("side")
    agreeing.sign(agreement, zhang, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)
    consenting.refuse(wang, way=Way.PHONE, words="不签了。", by=by, at=MONDAY_9AM + DAY)

    agreement.refresh_from_db()
    under_way.refresh_from_db()
    assert (agreement.state, under_way.stand) == (Agreement.State.VOID, Stand.REFUSED)
    assert agreement.signatures.get().void_at == MONDAY_9AM + DAY
    assert under_way.case.log.order_by("-line")[0].public
    for act in (
        lambda: agreeing.sign(agreement, wang, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM + DAY),
        lambda: tables.draft(table, under_way, at=MONDAY_9AM + DAY),
        lambda: agreeing.take_effect(agreement, by=by, at=MONDAY_9AM + DAY),
    ):
        with pytest.raises(Refused):
            act()
    ended = ending.end(under_way, Ground.NOT_SIGNED, "王守田不签。", by=by, at=MONDAY_9AM + DAY)
    assert ended.stand == Stand.ENDED


def test_who_mediates_instead_signs_anew(table: Table, under_way: Dossier) -> None:
    by, agreement = table.he_mediates_willow, tables.draft(table, under_way)
    agreeing.sign_as_mediator(agreement, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)
    jin = table.mediator(table.jin_mediates_willow)
    consenting.declare_interest(under_way, words="亲戚。", raised_by="何老五", instead=jin, by=by, at=MONDAY_9AM)
    agreement.refresh_from_db()
    assert agreement.mediator_signed_at is None


def test_a_minor_signs_through_the_guardian_and_an_agent_needs_special_powers(table: Table, under_way: Dossier) -> None:
    by, (zhang, wang) = table.he_mediates_willow, under_way.parties.order_by("side")
    Party.objects.filter(pk=zhang.pk).update(is_minor=True)
    mother = Acts(kind=Agent.Kind.GUARDIAN, name="李桂花", relation="母亲")
    parties.appoint_agent(zhang, mother, by=by, at=MONDAY_9AM)
    special = "特别授权：代为和解、签订调解协议"
    for party, name, powers in ((wang, "马律师", "一般授权"), (wang, "牛律师", special), (zhang, "杨律师", special)):
        acts = Acts(kind=Agent.Kind.AGENT, name=name, powers=powers, has_paper=True)
        parties.appoint_agent(party, acts, by=by, at=MONDAY_9AM)
    agreement = tables.draft(table, under_way)

    for party, through in ((zhang, ""), (zhang, "杨律师"), (zhang, "路人"), (wang, "马律师"), (wang, "李桂花")):
        with pytest.raises(Refused):
            agreeing.sign(agreement, party, through=through, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)
    for party, through in ((zhang, "李桂花"), (wang, "牛律师")):
        agreeing.sign(agreement, party, through=through, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        agreeing.sign(agreement, wang, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)


def test_who_turns_out_to_be_under_age_has_not_signed(table: Table, under_way: Dossier) -> None:
    agreement, by = tables.draft(table, under_way), table.he_mediates_willow
    for hand in hands(table, under_way).values():
        hand(agreement, MONDAY_9AM, MONDAY_9AM)
    agreement.refresh_from_db()
    assert signatures.missing_to_take_effect(agreement) == []
    Party.objects.filter(dossier=under_way, side=1).update(is_minor=True)
    mother = Acts(kind=Agent.Kind.GUARDIAN, name="李桂花", relation="母亲")
    parties.appoint_agent(under_way.parties.get(side=1), mother, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="guardian signs"):
        agreeing.take_effect(agreement, by=by, at=MONDAY_9AM)


def test_without_consent_nobody_signs_and_nothing_binds(table: Table, under_way: Dossier) -> None:
    agreement, by = tables.draft(table, under_way), table.he_mediates_willow
    late = parties.add_party(under_way, Known(side=2, name="王小军"), by=by, at=MONDAY_9AM)
    with pytest.raises(Refused):
        agreeing.sign(agreement, late, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)
    for hand in hands_of_two(table, under_way).values():
        hand(agreement, MONDAY_9AM, MONDAY_9AM)
    with pytest.raises(Refused, match="王小军"):
        agreeing.take_effect(agreement, by=by, at=MONDAY_9AM)
    assert late.consent == Consent.NOT_ASKED

    consenting.give_consent(late, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)
    consenting.acknowledge(late, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)
    agreeing.sign(agreement, late, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)
    assert agreeing.take_effect(agreement, by=by, at=MONDAY_9AM).state == Agreement.State.EFFECTIVE


def test_who_was_not_told_their_rights_is_bound_by_nothing(table: Table, under_way: Dossier) -> None:
    by, also = table.he_mediates_willow, Known(side=2, name="王小军")
    late = parties.add_party(under_way, also, by=by, at=MONDAY_9AM)
    consenting.give_consent(late, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)
    wang, zhang = under_way.parties.get(name="王守田"), under_way.parties.get(name="张福来")
    said = Wording(facts="挪了地埂。", content="恢复原处。", items=[Term(owes=wang, to=zhang, what="恢复地埂")])
    agreement = agreeing.draft(under_way, said, by=by, at=MONDAY_9AM)
    for hand in hands_of_two(table, under_way).values():
        hand(agreement, MONDAY_9AM, MONDAY_9AM)
    agreeing.sign(agreement, late, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)
    with pytest.raises(Refused, match="rights"):
        agreeing.take_effect(agreement, by=by, at=MONDAY_9AM)
    consenting.acknowledge(late, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)
    assert agreeing.take_effect(agreement, by=by, at=MONDAY_9AM).state == Agreement.State.EFFECTIVE


def hands_of_two(table: Table, dossier: Dossier) -> dict[str, Hand]:
    by = table.he_mediates_willow
    zhang, wang = (dossier.parties.get(name=name) for name in ("张福来", "王守田"))
    return {
        "zhang": lambda paper, on, at: agreeing.sign(paper, zhang, signed_at=on, by=by, at=at),
        "wang": lambda paper, on, at: agreeing.sign(paper, wang, signed_at=on, by=by, at=at),
        "mediator": lambda paper, on, at: agreeing.sign_as_mediator(paper, signed_at=on, by=by, at=at),
        "seal": lambda paper, on, at: agreeing.seal(paper, sealed_at=on, by=by, at=at),
    }


def test_an_item_speaks_of_parties_who_are_there(table: Table, under_way: Dossier) -> None:
    other = tables.begin(table).parties.get(side=1)
    wang = under_way.parties.get(side=2)
    for term in (
        Term(owes=other, what="赔钱"),
        Term(owes=wang, to=other, what="赔钱"),
        Term(owes=wang, to=wang, what="赔钱"),
        Term(owes=wang, what=" "),
    ):
        with pytest.raises(Refused):
            said = tables.wording(under_way, items=[term])
            agreeing.draft(under_way, said, by=table.he_mediates_willow, at=MONDAY_9AM)
    assert not under_way.agreements.exists()


def test_a_part_says_what_stays_open_and_the_roads_for_it(table: Table, under_way: Dossier) -> None:
    by = table.he_mediates_willow
    with pytest.raises(Refused):
        agreeing.draft(under_way, tables.wording(under_way, is_partial=True), by=by, at=MONDAY_9AM)
    said = tables.wording(under_way, is_partial=True, rest="误工费没有谈拢。")
    agreement = agreeing.draft(under_way, said, by=by, at=MONDAY_9AM)
    assert "arbitration" in rest_of(agreement) and "arbitration" not in agreement.rest
    with override("zh-hans"):
        assert "仲裁" in rest_of(agreement)


def test_by_word_of_mouth_it_binds_from_the_day_they_agreed(table: Table, under_way: Dossier) -> None:
    by, agreed = table.he_mediates_willow, MONDAY_9AM + DAY
    said = tables.wording(under_way)
    for moment in (MONDAY_9AM - 2 * DAY, MONDAY_9AM + 4 * DAY):
        with pytest.raises(Refused):
            agreeing.agree_orally(under_way, said, agreed_at=moment, by=by, at=MONDAY_9AM + 3 * DAY)
    agreement = agreeing.agree_orally(under_way, said, agreed_at=agreed, by=by, at=MONDAY_9AM + 3 * DAY)
    assert (agreement.effective_at, agreement.confirm_until) == (agreed, date(2026, 4, 2))
    under_way.refresh_from_db()
    assert (under_way.stand, under_way.case.status) == (Stand.AGREED, Status.CONCLUDED)


def test_what_must_be_written_is_not_agreed_orally(table: Table, under_way: Dossier) -> None:
    Ladder.objects.update(is_written_only=True)
    by = table.he_mediates_willow
    with pytest.raises(Refused):
        agreeing.agree_orally(under_way, tables.wording(under_way), agreed_at=MONDAY_9AM, by=by, at=MONDAY_9AM)


def test_a_dropped_draft_lets_the_mediation_go_on(table: Table, under_way: Dossier) -> None:
    agreement = tables.draft(table, under_way)
    agreeing.drop_draft(under_way, by=table.he_mediates_willow, at=MONDAY_9AM)
    agreement.refresh_from_db()
    under_way.refresh_from_db()
    assert (agreement.state, under_way.stand) == (Agreement.State.VOID, Stand.UNDER_WAY)


def test_a_stranger_signs_nothing_off(table: Table, under_way: Dossier) -> None:
    agreement, zhang = tables.draft(table, under_way), under_way.parties.get(side=1)
    for by in (table.luo_mediates_east, table.qing.chen_dispatches, table.qing.gao_leads):
        for act in (
            lambda by=by: agreeing.sign(agreement, zhang, signed_at=MONDAY_9AM, by=by, at=MONDAY_9AM),
            lambda by=by: agreeing.take_effect(agreement, by=by, at=MONDAY_9AM),
        ):
            with pytest.raises(Refused):
                act()
