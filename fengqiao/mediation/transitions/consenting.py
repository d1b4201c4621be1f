"""What the parties say: whether they agree to be mediated, that they know their rights, who shall mediate.

Nobody is mediated against their will: one clear refusal stops everything, and the only act left is the end of the
mediation, which names the other roads (人民调解法 art. 17, 23, 26).
"""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases import deadlines
from fengqiao.cases.models import Stage
from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.completeness import missing_to_begin
from fengqiao.mediation.faces import is_at_the_table
from fengqiao.mediation.models import ConsentLine, Dossier, Interest, Mediator, Party
from fengqiao.mediation.transitions import voiding
from fengqiao.mediation.transitions.acting import acting, present_round
from fengqiao.mediation.vocabulary import ChosenBy, Consent, Way
from fengqiao.people.actors import Actor
from fengqiao.people.models import User


def ask_consent(party: Party, *, way: Way, by: User, at: datetime) -> Party:
    """Ask a party whether it agrees to be mediated."""
    with acting("ask_consent", party.dossier, by=by, at=at, words=_how(way), party=party):
        return _say(party, Consent.ASKED, way, "", by, at)


def give_consent(party: Party, *, way: Way, words: str = "", by: Actor, at: datetime) -> Party:
    """Record that a party agrees to be mediated; for a minor the guardian says so."""
    with acting("give_consent", party.dossier, by=by, at=at, words=_how(way, words), party=party):
        _must_not_be_alone(party, way)
        return _say(party, Consent.GIVEN, way, words, by, at)


def refuse(party: Party, *, way: Way, words: str = "", by: Actor, at: datetime) -> Party:
    """Record a clear no, or that consent given before is withdrawn: the mediation stops here."""
    said = _how(way, words)
    with acting("refuse", party.dossier, by=by, at=at, words=said, party=party) as dossier:
        if voiding.void_draft(dossier, at):
            said.public = _("A party has refused or withdrawn: what was signed is void.")
            said.facts |= {"unsigned": True}
        had_agreed = Party.objects.get(pk=party.pk).consent == Consent.GIVEN
        return _say(party, Consent.WITHDRAWN if had_agreed else Consent.REFUSED, way, words, by, at)


def acknowledge(party: Party, *, way: Way, by: Actor, at: datetime) -> Party:
    """Record that a party has been told its rights and duties (art. 23, 24)."""
    with acting("acknowledge", party.dossier, by=by, at=at, words=_how(way), party=party):
        party.acknowledged_at = at
        party.save(update_fields=["acknowledged_at"])
    return party


def choose_mediator(
    dossier: Dossier, mediator: Mediator, *, chosen_by: ChosenBy, party: Party | None = None, by: Actor, at: datetime
) -> Dossier:
    """Let one of the committee mediate, assigned by it or chosen by the parties (art. 19)."""
    facts: dict[str, Fact] = {"mediator": mediator.name, "chosen_by": str(chosen_by)}
    with acting("choose_mediator", dossier, by=by, at=at, words=Words(facts=facts), party=party) as dossier:
        must_sit_here(dossier, mediator, at)
        if dossier.mediator != mediator:
            voiding.void_mediators_signature(dossier)
        dossier.mediator, dossier.chosen_by = mediator, chosen_by
        dossier.rounds.filter(ended_at__isnull=True).update(mediator=mediator)
    return dossier


def declare_interest(
    dossier: Dossier, *, words: str, raised_by: str, instead: Mediator | None, by: User, at: datetime
) -> Dossier:
    """Write down an interest of the mediator, and who mediates instead, if somebody does (回避)."""
    if dossier.mediator is None:
        raise Refused(_("Nobody mediates yet."))
    if not words.strip():
        raise Refused(_("Say what the interest is."))
    facts: dict[str, Fact] = {"mediator": dossier.mediator.name, "instead": instead.name if instead else ""}
    with acting("declare_interest", dossier, by=by, at=at, words=Words(note=words, facts=facts)) as dossier:
        assert dossier.mediator is not None  # nobody takes the mediator away but by this act
        Interest.objects.create(
            county=dossier.county,
            dossier=dossier,
            mediator=dossier.mediator,
            words=words,
            raised_by=raised_by,
            is_replaced=instead is not None,
            at=at,
        )
        if instead is not None:
            must_sit_here(dossier, instead, at)
            voiding.void_mediators_signature(dossier)
            dossier.mediator, dossier.chosen_by = instead, ChosenBy.COMMITTEE
            dossier.rounds.filter(ended_at__isnull=True).update(mediator=instead)
    return dossier


def begin(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """Accept the dispute: every party agrees, knows its rights, and somebody mediates."""
    with acting("begin", dossier, by=by, at=at) as dossier:
        if lacking := missing_to_begin(dossier):
            raise Refused(_("Before the mediation begins: %(missing)s") % {"missing": " ".join(map(str, lacking))})
        dossier.begun_at = at
        tier = present_round(dossier).tier
        if tier.accept_within:
            deadlines.meet(dossier.case, Stage.MEDIATE, at)
            deadlines.start_for(dossier.case, Stage.MEDIATE, tier, at)
    return dossier


def must_sit_here(dossier: Dossier, mediator: Mediator, at: datetime) -> None:
    """Refuse a mediator who does not serve, sits elsewhere, or had to stand aside in this dispute."""
    if mediator.status != Mediator.Status.SERVING:
        raise Refused(_("%(mediator)s does not serve at present.") % {"mediator": mediator})
    seats = mediator.memberships.filter(committee__unit=dossier.case.lead_id, starts_on__lte=localdate(at))
    if not seats.exclude(ends_on__lte=localdate(at)).exists():
        raise Refused(_("%(mediator)s has no seat in this committee.") % {"mediator": mediator})
    if is_at_the_table(dossier, mediator):
        raise Refused(
            _("%(mediator)s is a party here, or acts for one: somebody else mediates.") % {"mediator": mediator}
        )
    if dossier.interests.filter(mediator=mediator, is_replaced=True).exists():
        raise Refused(_("%(mediator)s has stood aside in this dispute.") % {"mediator": mediator})


def _say(party: Party, said: Consent, way: Way, words: str, by: Actor, at: datetime) -> Party:
    """Add what was said to the party's record; the last word counts."""
    party.consent = said
    party.save(update_fields=["consent"])
    user = by if isinstance(by, User) else None
    ConsentLine.objects.create(county=party.county, party=party, said=said, way=way, words=words, by=user, at=at)
    return party


def _must_not_be_alone(party: Party, way: Way) -> None:
    """Refuse the consent of a minor without the guardian."""
    if party.is_minor and (way != Way.AGENT or not party.agents.filter(kind="guardian").exists()):
        said = _("%(party)s is under age: the guardian is entered first and agrees for them.")
        raise Refused(said % {"party": party})


def _how(way: Way, words: str = "") -> Words:
    return Words(note=words, facts={"way": str(way)})
