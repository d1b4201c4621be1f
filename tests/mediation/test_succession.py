"""A party dies, the mediator leaves, the village committee closes: the dispute goes on with whoever steps in."""

from datetime import date, timedelta

import pytest

from fengqiao.cases.models import Case
from fengqiao.cases.transitions import succeeding
from fengqiao.jobs import succession as job
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.completeness import who_mediates
from fengqiao.mediation.models import Agent, Committee, Dossier, Mediator, Membership, Party
from fengqiao.mediation.transitions import consenting, ending, meetings, parties, succession
from fengqiao.mediation.transitions.acting import present_round
from fengqiao.mediation.transitions.parties import Acts, Known
from fengqiao.mediation.transitions.succession import replace_party
from fengqiao.mediation.vocabulary import ChosenBy, CommitteeKind, Consent, Ground, Way
from fengqiao.mediation.workflow import Stand
from fengqiao.people.models import Post, Role, Unit
from tests.cast import LONG_AGO, MONDAY_9AM, QING, body, hold
from tests.mediation import table as tables
from tests.mediation.table import DAY, Table
from tests.mediation.test_meetings import planned

TUESDAY = MONDAY_9AM + DAY
SON = Known(side=2, name="王小军", phone="13900000023")


def test_the_heir_steps_in_and_is_asked_like_anybody_else(table: Table, under_way: Dossier) -> None:
    by, wang = table.he_mediates_willow, under_way.parties.get(side=2)
    [son] = replace_party(wang, why="王守田去世。", heirs=[SON], by=by, at=TUESDAY)
    wang.refresh_from_db()
    assert (wang.left_at, wang.left_why, wang.consent) == (TUESDAY, "王守田去世。", Consent.GIVEN)
    assert (son.side, son.steps_in_for, son.consent, son.joined_at) == (2, wang, Consent.NOT_ASKED, TUESDAY)
    with pytest.raises(Refused, match="王小军"):
        meetings.plan(under_way, planned(TUESDAY), by=by, at=TUESDAY)
    consenting.give_consent(son, way=Way.IN_PERSON, by=by, at=TUESDAY)
    assert meetings.plan(under_way, planned(TUESDAY), by=by, at=TUESDAY)


def test_nobody_steps_in_and_the_mediation_ends_on_that_ground(table: Table, under_way: Dossier) -> None:
    by, wang = table.he_mediates_willow, under_way.parties.get(side=2)
    assert replace_party(wang, why="王守田去世，无继承人。", by=by, at=TUESDAY) == []
    with pytest.raises(Refused, match="each side"):
        meetings.plan(under_way, planned(TUESDAY), by=by, at=TUESDAY)
    ended = ending.end(under_way, Ground.PARTY_GONE, "王守田去世，无人承继。", by=by, at=TUESDAY)
    assert (ended.stand, ended.ground) == (Stand.ENDED, Ground.PARTY_GONE)


def test_who_steps_in_stands_on_the_same_side_and_not_on_both(table: Table, under_way: Dossier) -> None:
    by, (zhang, wang) = table.he_mediates_willow, under_way.parties.order_by("side")
    for heir in (Known(side=1, name="王小军"), Known(side=2, name=zhang.name)):
        with pytest.raises(Refused):
            replace_party(wang, why="王守田去世。", heirs=[heir], by=by, at=TUESDAY)
    with pytest.raises(Refused, match="reason"):
        replace_party(wang, why=" ", heirs=[SON], by=by, at=TUESDAY)
    replace_party(wang, why="王守田去世。", heirs=[SON], by=by, at=TUESDAY)
    with pytest.raises(Refused, match="left this dispute"):
        replace_party(wang, why="王守田去世。", heirs=[SON], by=by, at=TUESDAY)
    assert under_way.parties.filter(left_at__isnull=True).count() == 2


def test_the_child_who_steps_in_is_not_alone(table: Table, under_way: Dossier) -> None:
    by, wang = table.he_mediates_willow, under_way.parties.get(side=2)
    child = Known(side=2, name="王小丫", born_on=date(2015, 6, 1))
    [daughter] = replace_party(wang, why="王守田去世。", heirs=[child], by=by, at=TUESDAY)
    assert daughter.is_minor
    with pytest.raises(Refused, match="guardian"):
        consenting.give_consent(daughter, way=Way.IN_PERSON, by=by, at=TUESDAY)
    mother = Acts(kind=Agent.Kind.GUARDIAN, name="李桂花", relation="母亲")
    parties.appoint_agent(daughter, mother, by=by, at=TUESDAY)
    with pytest.raises(Refused, match="guardian"):  # the guardian speaks, not the child
        consenting.give_consent(daughter, way=Way.IN_PERSON, by=by, at=TUESDAY)
    assert consenting.give_consent(daughter, way=Way.AGENT, by=by, at=TUESDAY).consent == Consent.GIVEN


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("张福来", "13900000021"),
        ("张 福来", "139-0000-0021"),
        ("张福来\u3000", "+86 13900000021"),  # noqa: RUF001 – the space of full width
        ("张福来", "１３９００００００２１"),  # noqa: RUF001 – figures of full width
        ("张·福来", ""),
    ],
)
def test_nobody_stands_on_both_sides_however_the_name_is_written(
    table: Table, dossier: Dossier, name: str, phone: str
) -> None:
    tables.seat_parties(table, dossier)
    with pytest.raises(Refused, match="other side"):
        parties.add_party(dossier, Known(side=2, name=name, phone=phone), by=table.he_mediates_willow, at=MONDAY_9AM)


def test_a_namesake_with_another_phone_is_another_person(table: Table, dossier: Dossier) -> None:
    tables.seat_parties(table, dossier)
    namesake = Known(side=2, name="张福来", phone="13900000099")
    assert parties.add_party(dossier, namesake, by=table.he_mediates_willow, at=MONDAY_9AM).side == 2


@pytest.mark.parametrize("how", ["register", "seat", "post"])
def test_the_mediator_leaves_and_the_clock_runs_on(table: Table, under_way: Dossier, how: str) -> None:
    he, due = table.mediator(table.he_mediates_willow), under_way.case.due_at
    if how == "register":
        Mediator.objects.filter(pk=he.pk).update(status=Mediator.Status.LEFT, left_on=TUESDAY.date())
    elif how == "seat":
        Membership.objects.filter(mediator=he).update(ends_on=TUESDAY.date())
    else:
        Post.objects.filter(user=he.user, role=Role.MEDIATOR).update(ends_on=TUESDAY.date())
    under_way.refresh_from_db()
    assert who_mediates(under_way, MONDAY_9AM) == (None if how == "register" else he)
    assert who_mediates(under_way, TUESDAY) is None

    by, jin = table.jin_mediates_willow, table.mediator(table.jin_mediates_willow)
    with pytest.raises(Refused, match="Nobody mediates"):
        meetings.plan(under_way, planned(TUESDAY), by=by, at=TUESDAY)
    consenting.choose_mediator(under_way, jin, chosen_by=ChosenBy.COMMITTEE, by=by, at=TUESDAY)
    under_way.refresh_from_db()
    assert who_mediates(under_way, TUESDAY) == present_round(under_way).mediator == jin
    assert Case.objects.get(pk=under_way.case_id).due_at == due


@pytest.mark.parametrize("goes_along", [True, False])
def test_the_committee_closes_and_its_disputes_follow(table: Table, under_way: Dossier, goes_along: bool) -> None:
    merged = body("mc-merged", "杨柳村人民调解委员会", Unit.Kind.MEDIATION, table.qing.willow)
    committee = Committee.objects.create(
        county=QING, unit=merged, kind=CommitteeKind.VILLAGE, tag="杨人调", set_up_on=LONG_AGO
    )
    he, due = table.mediator(table.he_mediates_willow), under_way.case.due_at
    hold(table.he_mediates_willow, Role.MEDIATOR, table.qing.willow, merged)
    if goes_along:
        Membership.objects.create(
            county=QING, committee=committee, mediator=he, seat=Membership.Seat.MEMBER, starts_on=LONG_AGO
        )
    succeeding.close_unit(
        table.village, on=TUESDAY.date(), successor=merged, by=table.qing.shi_runs_the_system, at=MONDAY_9AM
    )
    assert job.carry_on(TUESDAY) == 1

    dossier = Dossier.objects.get(pk=under_way.pk)
    assert (dossier.case.lead, dossier.case.due_at, dossier.number) == (merged, due, under_way.number)
    assert present_round(dossier).unit == merged
    assert dossier.mediator == (he if goes_along else None)
    later = TUESDAY + timedelta(hours=1)
    consenting.acknowledge(dossier.parties.get(side=1), way=Way.PHONE, by=table.he_mediates_willow, at=later)
    assert job.carry_on(later) == 0


def test_a_case_without_a_dossier_follows_as_before(table: Table) -> None:
    """The other cases of a unit that closes go as they always did."""
    case = tables.open_quarrel(table.qing)
    with pytest.raises(Refused):
        succession.pass_on(case, table.village, at=TUESDAY)
    assert not Party.objects.exists()


def test_nothing_begins_with_a_mediator_who_left(table: Table, dossier: Dossier) -> None:
    by = table.jin_mediates_willow
    for party in tables.seat_parties(table, dossier):
        consenting.give_consent(party, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)
        consenting.acknowledge(party, way=Way.IN_PERSON, by=by, at=MONDAY_9AM)
    he = table.mediator(table.he_mediates_willow)
    consenting.choose_mediator(dossier, he, chosen_by=ChosenBy.PARTIES, by=by, at=MONDAY_9AM)
    Mediator.objects.filter(pk=he.pk).update(status=Mediator.Status.LEFT, left_on=MONDAY_9AM.date())
    with pytest.raises(Refused, match="Nobody mediates"):
        consenting.begin(dossier, by=by, at=TUESDAY)
