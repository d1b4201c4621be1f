"""A kitchen table in Qing County: three committees, those who mediate there, and the quarrel over a field ridge."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from fengqiao.cases.models import Case, SpanUnit
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.intake.transitions import triaging
from fengqiao.mediation.models import Agreement, Committee, Dossier, Ladder, Mediator, Membership, Party, Tier
from fengqiao.mediation.transitions import agreeing, consenting, opening, parties
from fengqiao.mediation.transitions.opening import Dispute
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.transitions.wording import Term, Wording
from fengqiao.mediation.vocabulary import ChosenBy, CommitteeKind, DisputeType, Source, Way
from fengqiao.people.models import Role, Unit, User
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from tests import acts
from tests.cast import LONG_AGO, MONDAY_9AM, QING, SHANGHAI, QingCounty, body, person

RIDGE = "两家地埂相邻，去年秋天王家翻地时挪了埂，张家说占了他家一尺多。"


@dataclass(frozen=True)
class Table:
    """The committees of three tiers, and one mediator of each with an account."""

    qing: QingCounty
    village: Unit
    township: Unit
    county: Unit
    he_mediates_willow: User
    jin_mediates_willow: User
    luo_mediates_east: User
    peng_mediates_county: User

    def mediator(self, user: User) -> Mediator:
        """Find the register's row of somebody with an account."""
        return Mediator.objects.get(user=user)


def build(qing: QingCounty) -> Table:
    """Set up the ladder 3/7/15 and the people who climb it."""
    _ladder("general", [("village", 3, ""), ("township", 7, "派出所、司法所、法庭"), ("county", 15, "行业调委会")])
    village = _committee(qing.willow, "mc-willow", "柳树村人民调解委员会", "柳人调", CommitteeKind.VILLAGE)
    township = _committee(qing.east, "mc-east", "东镇人民调解委员会", "东人调", CommitteeKind.TOWNSHIP)
    county = _committee(qing.root, "mc-qing", "清县人民调解委员会", "清人调", CommitteeKind.COUNTY)
    return Table(
        qing=qing,
        village=village,
        township=township,
        county=county,
        he_mediates_willow=_seat("he_mediates_willow", "何老五", village),
        jin_mediates_willow=_seat("jin_mediates_willow", "金桂香", village, is_woman=True),
        luo_mediates_east=_seat("luo_mediates_east", "罗镇", township),
        peng_mediates_county=_seat("peng_mediates_county", "彭县", county),
    )


def found(qing: QingCounty) -> Table:
    """Find the table that stands already, or build it."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=["mc-willow", "mc-east", "mc-qing"])}
    if not units:
        return build(qing)
    names = ("he_mediates_willow", "jin_mediates_willow", "luo_mediates_east", "peng_mediates_county")
    people = {name: User.objects.get(username=name) for name in names}
    return Table(
        qing=qing, village=units["mc-willow"], township=units["mc-east"], county=units["mc-qing"], **people
    )  # fmt: skip


def open_quarrel(qing: QingCounty, *, at: datetime = MONDAY_9AM) -> Case:
    """The quarrel over the ridge, received and opened as a dispute."""
    report = acts.receive(qing, text=RIDGE, at=at).report
    said = acts.opening(qing, title="地埂之争", kind=Kind.DISPUTE, nature=Nature.HELP)
    return triaging.open_case(report, said, by=qing.ma_clerks, at=at)


def open_dossier(table: Table, *, to: Unit | None = None, at: datetime = MONDAY_9AM) -> Dossier:
    """The dispatcher gives the quarrel to the village committee."""
    case = open_quarrel(table.qing, at=at)
    return opening.open_dossier(case, dispute(), to=to or table.village, by=table.qing.chen_dispatches, at=at)


def dispute(**changes: object) -> Dispute:
    """What is known of the quarrel."""
    facts: dict[str, object] = {
        "type": DisputeType.LAND,
        "source": Source.APPLICATION,
        "facts": RIDGE,
        "wishes": "把地埂恢复到原处，赔偿踩坏的麦苗。",
        "amount": Decimal("300.00"),
    }
    return Dispute(**(facts | changes))  # type: ignore[arg-type]


def seat_parties(table: Table, dossier: Dossier, *, at: datetime = MONDAY_9AM) -> tuple[Party, Party]:
    """Zhang asks, Wang answers."""
    by = table.he_mediates_willow
    zhang = parties.add_party(
        dossier, Known(side=1, name="张福来", phone="13900000021", address="柳树村三组"), by=by, at=at
    )
    wang = parties.add_party(
        dossier, Known(side=2, name="王守田", phone="13900000022", address="柳树村三组"), by=by, at=at
    )
    return zhang, wang


def begin(table: Table, *, at: datetime = MONDAY_9AM) -> Dossier:
    """Both agree and know their rights, He mediates, the dispute is accepted."""
    dossier = open_dossier(table, at=at)
    by = table.he_mediates_willow
    for party in seat_parties(table, dossier, at=at):
        consenting.give_consent(party, way=Way.IN_PERSON, by=by, at=at)
        consenting.acknowledge(party, way=Way.IN_PERSON, by=by, at=at)
    consenting.choose_mediator(dossier, table.mediator(by), chosen_by=ChosenBy.PARTIES, by=by, at=at)
    return consenting.begin(dossier, by=by, at=at)


def _ladder(code: str, tiers: list[tuple[str, int, str]]) -> None:
    long_ago = datetime(2010, 1, 1, tzinfo=SHANGHAI)
    ladder = Ladder.objects.create(county=QING, code=code, name="三级调解", version="1", valid_from=long_ago)
    for order, (level, days, helpers) in enumerate(tiers, 1):
        Tier.objects.create(
            county=QING,
            ladder=ladder,
            order=order,
            name=str(Level(level).label),
            level=level,
            amount=days,
            unit=SpanUnit.DAYS,
            version="1",
            helpers=helpers,
        )


def _committee(region: Region, code: str, name: str, tag: str, kind: CommitteeKind) -> Unit:
    unit = body(code, name, Unit.Kind.MEDIATION, region)
    term = date(2026, 12, 31)
    Committee.objects.create(county=QING, unit=unit, kind=kind, tag=tag, set_up_on=LONG_AGO, term_ends_on=term)
    return unit


def _seat(username: str, name: str, unit: Unit, *, is_woman: bool = False) -> User:
    user = person(username, name, Role.MEDIATOR, unit.region, unit)
    mediator = Mediator.objects.create(county=QING, name=name, user=user, is_woman=is_woman, since=LONG_AGO)
    seat = Membership.Seat.DIRECTOR if not unit.committee.memberships.exists() else Membership.Seat.MEMBER
    Membership.objects.create(county=QING, committee=unit.committee, mediator=mediator, seat=seat, starts_on=LONG_AGO)
    return user


DAY = timedelta(days=1)


def wording(dossier: Dossier, **changes: object) -> Wording:
    """What the two agree on: the ridge goes back, and the wheat is paid by the fifteenth."""
    zhang, wang = dossier.parties.get(side=1), dossier.parties.get(side=2)
    said: dict[str, object] = {
        "facts": "王守田秋耕时把地埂向张福来一侧移了约四十公分。",
        "content": "地埂恢复原处；麦苗损失一次赔清。",
        "items": (
            Term(owes=wang, to=zhang, what="把地埂恢复到原处", how="由村委会见证", due_on=date(2026, 3, 8)),
            Term(
                owes=wang,
                to=zhang,
                what="赔偿麦苗损失",
                amount=Decimal("300.00"),
                how="现金",
                due_on=date(2026, 3, 15),
            ),
        ),
    }
    return Wording(**(said | changes))  # type: ignore[arg-type]


def draft(table: Table, dossier: Dossier, *, at: datetime = MONDAY_9AM) -> Agreement:
    """He puts on paper what they agree on."""
    return agreeing.draft(dossier, wording(dossier), by=table.he_mediates_willow, at=at)


def settle(table: Table, dossier: Dossier, *, at: datetime = MONDAY_9AM) -> Agreement:
    """Both sign, He signs, the seal is put, the agreement binds."""
    agreement, by = draft(table, dossier, at=at), table.he_mediates_willow
    for party in dossier.parties.all():
        agreeing.sign(agreement, party, signed_at=at, by=by, at=at)
    agreeing.sign_as_mediator(agreement, signed_at=at, by=by, at=at)
    agreeing.seal(agreement, sealed_at=at, by=by, at=at)
    return agreeing.take_effect(agreement, by=by, at=at)
