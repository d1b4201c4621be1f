"""What the lists of mediation ask the database does not grow with their rows."""

from datetime import timedelta

from django.utils.timezone import localdate, now

from fengqiao.mediation.models import Expert, Studio
from fengqiao.mediation.transitions import committees, mediators, spot
from fengqiao.mediation.transitions.committees import Registered
from fengqiao.mediation.transitions.mediators import Who
from fengqiao.mediation.vocabulary import CommitteeKind
from tests.cast import QING, QingCounty
from tests.mediation import table as tables
from tests.mediation.table import Table
from tests.mediation.test_spot import settled
from tests.web.console.conftest import SignIn
from tests.web.console.test_cost import FEW, MANY, asked_by

MOST = 12  # whoever asks, whatever is listed
# Address, and what stands in it for each row.
PAGES = {
    "dossiers": ("mediation/dossiers/", 'class="row-link"'),
    "dossiers of every stand": ("mediation/dossiers/?stand=all", 'class="row-link"'),
    "committees": ("mediation/committees/", 'scope="row"'),
    "committees with a word": ("mediation/committees/?q=调委", 'scope="row"'),
    "mediators": ("mediation/mediators/", 'scope="row"'),
    "mediators with a name": ("mediation/mediators/?q=人员", 'scope="row"'),
    "studios": ("mediation/studios/", 'scope="row"'),
    "experts": ("mediation/experts/", 'scope="row"'),
    "roll": ("mediation/roll/", "<td>"),
    "on the spot": ("mediation/spot/", 'scope="row"'),
}


def grow(table: Table, numbers: range) -> None:
    """Have so many more of each, entered as they are entered."""
    admin, at = table.qing.shi_runs_the_system, now()
    he, village = table.mediator(table.he_mediates_willow), table.village.committee
    for number in numbers:
        tables.open_dossier(table, at=at - timedelta(days=1))
        said = Registered(
            name=f"第{number}调委会", region=table.qing.willow, kind=CommitteeKind.TRADE, tag=f"第{number}调"
        )
        committee = committees.add_committee(said, by=admin, at=at)
        who = mediators.add_mediator(Who(name=f"人员{number}"), by=admin, at=at)
        for each in (committee, village):
            mediators.give_seat(who, each, who.memberships.model.Seat.MEDIATOR, on=localdate(at), by=admin, at=at)
        named = {"mediator": he, "committee": village, "opened_on": localdate(at)}
        Studio.objects.create(county=QING, name=f"第{number}室", **named)
        Expert.objects.create(county=QING, name=f"专家{number}", body="县医院", field="骨科")
        record = settled(table, settled_at=at - timedelta(minutes=number))
        spot.record(record, to=table.village, by=table.he_mediates_willow, at=at)


def test_the_lists_ask_the_same_for_three_rows_and_for_thirty(qing: QingCounty, sign_in: SignIn) -> None:
    table = tables.build(qing)
    desks = {"wu": sign_in(qing.wu_supervises), "he": sign_in(table.he_mediates_willow)}
    pages = [(who, name) for who in desks for name in PAGES]
    grow(table, range(FEW))
    few = {each: asked_by(desks[each[0]], f"/console/{PAGES[each[1]][0]}") for each in pages}
    grow(table, range(FEW, MANY))
    many = {each: asked_by(desks[each[0]], f"/console/{PAGES[each[1]][0]}") for each in pages}

    assert {each: asked for each, (asked, _said) in many.items()} == {
        each: asked for each, (asked, _said) in few.items()
    }
    for each in pages:
        _address, row = PAGES[each[1]]
        assert many[each][0] <= MOST, (each, many[each][0])
        assert many[each][1].count(row) >= few[each][1].count(row) + MANY - FEW, each
