"""Who stands on a paper: the parties with whoever speaks for them, and on which side."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fengqiao.mediation.models import Agent, Dossier, Party
from fengqiao.mediation.papers import contents
from fengqiao.mediation.vocabulary import Source

ASKS, ANSWERS = 1, 2
STEMS = "甲乙丙丁戊己庚辛壬癸"
Opened = Mapping[Any, str]  # identity numbers by the id of their party
CLOSED: Opened = {}  # a paper that has a place for the numbers, none of which was opened


def parties_of(dossier: Dossier, *, on: date, identities: Opened | None = None) -> tuple[contents.Party, ...]:
    """Give the parties of a dispute as they stand on its papers; if all have left, those who were there.

    Identity numbers stand only on a paper that has a place for them: whole where the caller has opened them and said
    why, else their last four signs.
    """
    rows = dossier.parties.select_related("identity").prefetch_related("agents")
    everybody = list(rows.order_by("side", "joined_at", "id"))
    present = [party for party in everybody if party.left_at is None] or everybody
    return tuple(_on_paper(party, dossier, on, _number(party, identities)) for party in present)


def _number(party: Party, identities: Opened | None) -> str:
    if identities is None or not hasattr(party, "identity"):
        return ""
    return identities.get(party.pk, "") or str(party.identity)


def _on_paper(party: Party, dossier: Dossier, on: date, identity: str) -> contents.Party:
    agents = list(party.agents.all())
    return contents.Party(
        side=side_in_words(party.side, dossier.source),
        name=party.name,
        gender=party.gender,
        age=f"{_years(party.born_on, on)}周岁" if party.born_on else "",
        occupation=party.occupation,
        phone=party.phone,
        address=party.address,
        identity=identity,
        guardian=_names(agents, Agent.Kind.GUARDIAN),
        agent=_names(agents, Agent.Kind.AGENT),
    )


def side_in_words(side: int, source: str) -> str:
    """Name a side: who asked and who answers if somebody asked, else by the heavenly stems as contracts do."""
    if source == Source.APPLICATION and side in (ASKS, ANSWERS):
        return "申请人" if side == ASKS else "被申请人"
    return f"{STEMS[side - 1]}方" if side <= len(STEMS) else f"第{side}方"


def _years(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _names(agents: list[Agent], kind: str) -> str:
    return "、".join(
        f"{one.name}（{one.relation}）" if one.relation else one.name for one in agents if one.kind == kind
    )
