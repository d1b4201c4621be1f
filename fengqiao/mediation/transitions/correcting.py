"""What is known of a party, or of whoever acts for it, is set right; the party stays, with all it has said.

Names before and after stand in the line, since earlier lines name the party by the one before; of phone, address and
the like it says which were changed and not what they were.
"""

from dataclasses import asdict, replace
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.faces import Face, must_sit_on_one_side
from fengqiao.mediation.models import Agent, Dossier, Party
from fengqiao.mediation.transitions import voiding
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.transitions.parties import Acts, Known, whole
from fengqiao.mediation.vocabulary import Consent, PartyKind
from fengqiao.mediation.workflow import Stand
from fengqiao.people.models import User

TOLD_WHOLE = ("name", "side")  # of what changed, the values before and after
REACHED = frozenset({"phone", "address", "occupation", "relation"})  # how somebody is reached, not who it is
ASKED_ANEW: dict[str, object] = {"consent": Consent.NOT_ASKED, "acknowledged_at": None}  # another voice speaks


def change_party(party: Party, known: Known, *, reason: str, is_same: bool = False, by: User, at: datetime) -> Party:
    """Set right what is known of a party; `is_same` says that another name is the same person, written wrong before.

    Who it is stands on the agreement: what was signed is void. Who turns out to be under age, or of age, is asked anew.
    """
    words = Words(note=reason)
    with acting("change_party", party.dossier, by=by, at=at, words=words, party=party) as dossier:
        party = _present(party)
        known = replace(whole(known, at), report=party.report)
        changed = _changed(party, asdict(known), words, reason)
        _must_be_the_same(party, known, is_same)
        _may_be_set_right(dossier, changed)
        _must_fit(dossier, party, known)
        if not changed <= REACHED:
            voiding.unword_if_signed(dossier, words, at)
        anew = ASKED_ANEW if "is_minor" in changed else {}
        words.facts |= {"asked_anew": True} if anew else {}
        _set(party, {name: getattr(known, name) for name in changed} | anew)
    return party


def change_agent(agent: Agent, acts: Acts, *, reason: str, by: User, at: datetime) -> Agent:
    """Set right who acts for a party, and by what right."""
    words = Words(note=reason)
    with acting("change_agent", agent.party.dossier, by=by, at=at, words=words, party=agent.party) as dossier:
        agent = hold(Agent, agent.pk)
        changed = _changed(agent, asdict(acts), words, reason)
        _may_be_set_right(dossier, changed)
        if acts.kind == Agent.Kind.AGENT and not acts.has_paper:
            raise Refused(_("An agent needs a power of attorney; file it first."))
        must_sit_on_one_side(dossier, Face(acts.name, acts.phone, agent.party.side, agent.pk))
        if not changed <= REACHED:
            voiding.unword_if_signed(dossier, words, at)
        _set(agent, {name: getattr(acts, name) for name in changed})
    return agent


def dismiss_agent(agent: Agent, *, reason: str, by: User, at: datetime) -> None:
    """Let somebody no longer act for a party; what they said and signed so far stays in the record."""
    words = Words(note=reason, facts={"name": agent.name})
    with acting("dismiss_agent", agent.party.dossier, by=by, at=at, words=words, party=agent.party):
        _must_be_said(reason)
        agent = hold(Agent, agent.pk)
        if has_signed(agent):
            raise Refused(_("%(name)s has signed for the party: word the agreement anew first.") % {"name": agent})
        agent.delete()


def has_signed(agent: Agent) -> bool:
    """Test if somebody who acts for a party has signed what is to take effect."""
    standing = agent.party.signatures.filter(through=agent.name, void_at__isnull=True)
    return standing.filter(agreement__state="draft").exists()


def _present(party: Party) -> Party:
    """Read a party as it is now; one that left stays as it was."""
    party = hold(Party, party.pk)
    if party.left_at is not None:
        raise Refused(_("%(party)s has left this dispute already.") % {"party": party})
    return party


def _changed(row: Party | Agent, said: dict[str, object], words: Words, reason: str) -> set[str]:
    """Find what differs, and write it into the line; a correction without a reason or a difference is none."""
    _must_be_said(reason)
    changed = {name for name, value in said.items() if getattr(row, name) != value}
    if not changed:
        raise Refused(_("Nothing of it differs from what stands there."))
    for name in sorted(changed & {*TOLD_WHOLE}):
        told: dict[str, Fact] = {f"{name}_was": getattr(row, name), name: said[name]}  # type: ignore[dict-item]
        words.facts |= told
    words.facts |= {"changed": sorted(changed)}
    return changed


def _must_be_the_same(party: Party, known: Known, is_same: bool) -> None:
    """Refuse another person under the consent of the one who gave it."""
    if known.name != party.name and not is_same:
        said = _("If this is another person, %(party)s leaves and the other steps in: what one said binds no other.")
        raise Refused(said % {"party": party})


def _may_be_set_right(dossier: Dossier, changed: set[str]) -> None:
    """Refuse to rewrite who signed an agreement that binds."""
    if dossier.stand == Stand.AGREED and not changed <= REACHED:
        raise Refused(_("The agreement binds as it was signed: only how somebody is reached can be set right."))


def _must_fit(dossier: Dossier, party: Party, known: Known) -> None:
    """Refuse a party on both sides, its agents included, and a body with an identity number."""
    must_sit_on_one_side(dossier, Face(known.name, known.phone, known.side, party.pk))
    for agent in party.agents.all():
        must_sit_on_one_side(dossier, Face(agent.name, agent.phone, known.side, agent.pk))
    if known.kind != PartyKind.PERSON and hasattr(party, "identity"):
        raise Refused(_("Only a person has an identity number."))


def _set(row: Party | Agent, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values])


def _must_be_said(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason."))
