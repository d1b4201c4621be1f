"""A dispute is told and brought to a committee; both sides are asked whether they want to be mediated."""

from fengqiao.cases.models import Case
from fengqiao.cases.transitions.opening import Opening
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.intake.transitions.at_once import receive_and_open
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel
from fengqiao.mediation.models import Dossier, Party
from fengqiao.mediation.transitions import consenting, ending, linking, opening, parties
from fengqiao.mediation.transitions.opening import Dispute
from fengqiao.mediation.transitions.parties import Known
from fengqiao.mediation.vocabulary import ChosenBy, Ground, Source, Way
from fengqiao.people.models import User
from fengqiao.playbooks.year import words
from fengqiao.playbooks.year.chances import Odds
from fengqiao.playbooks.year.moments import Moment


def open_dossier(now: Moment) -> Dossier:
    """Take the dispute in, bring it to its committee, and enter who stands on each side."""
    said = words.told(now.quarrel)
    case = _told(now, said, said.text, said.one)
    now.later(0.1, 2)
    dispute = Dispute(
        type=now.quarrel.type,
        source=Source.APPLICATION,
        facts=said.text,
        amount=now.quarrel.amount,
        wishes=said.wishes,
    )
    dossier = opening.open_dossier(case, dispute, to=now.bench.unit, by=now.cast.dispatcher, at=now.at)
    now.later(0.2, 3)
    user = now.anyone()
    for side, name, phone in ((1, said.one, said.phone), (2, said.other, "")):
        report = case.reports.get().pk if side == 1 else None
        known = Known(side=side, name=name, phone=phone, address=now.region.name, report=report)
        party = parties.add_party(dossier, known, by=user, at=now.at)
    if now.quarrel.happens(Odds.BOTH_FILED):
        _linked(now, dossier, party, said)
    return dossier


def ask(now: Moment, dossier: Dossier) -> bool:
    """Ask both sides; one that says no ends it."""
    user = now.anyone()
    for party in dossier.parties.order_by("side"):
        if party.side > 1 and now.quarrel.refuses_at_first():
            refuse(now, party, user)
            return False
        consenting.give_consent(party, way=Way.IN_PERSON, by=user, at=now.at)
        consenting.acknowledge(party, way=Way.IN_PERSON, by=user, at=now.at)
    choose(now, dossier)
    consenting.begin(dossier, by=user, at=now.at)
    return True


def choose(now: Moment, dossier: Dossier) -> None:
    """Let the parties choose who mediates, or the committee."""
    chance, mediators = now.quarrel.chance, now.bench.mediators
    chosen_by = ChosenBy.PARTIES if chance.random() < 1 / 3 else ChosenBy.COMMITTEE
    mediator = mediators[chance.randrange(len(mediators))]
    consenting.choose_mediator(dossier, mediator, chosen_by=chosen_by, by=now.anyone(), at=now.at)


def refuse(now: Moment, party: Party, user: User) -> None:
    """Let somebody say no, and end it on that ground soon after."""
    consenting.refuse(party, way=Way.IN_PERSON, words="不愿意再调解。", by=user, at=now.at)
    if now.later(0.2, 2):
        party.dossier.refresh_from_db()
        ending.end(party.dossier, Ground.REFUSED, "当事人明确拒绝调解。", by=user, at=now.at)


def _told(now: Moment, said: words.Told, text: str, by: str) -> Case:
    """Let one side tell it at the window, where its case is opened at once."""
    entry = Entry(
        channel=Channel.WINDOW,
        nature=Nature.HELP,
        text=text,
        region=now.region,
        reporter=by,
        phone=said.phone if by == said.one else "",
    )
    cast = now.cast
    what = Opening(title=said.title, kind=Kind.DISPUTE, nature=Nature.HELP, region=now.region, centre=cast.centre)
    report = receive_and_open(cast.county, entry, what, by=cast.clerk, at=now.at).report
    assert report.case is not None  # it was opened in the same act
    return report.case


def _linked(now: Moment, dossier: Dossier, party: Party, said: words.Told) -> None:
    """Let the other side have told it, too: its case comes to the same table."""
    other = _told(now, said, f"{said.other}反映：{said.one}说的不是全部实情，也请你们来评理。", said.other)
    linking.link(dossier, other, filed_by=party, by=now.anyone(), at=now.at)
