"""Beside the mediation a party is helped elsewhere: legal aid, relief, counselling; with consent, an answer, an end."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Party, Referral
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.vocabulary import ReferralKind
from fengqiao.people.models import User

ACCEPTED = Referral.Answer.ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What help a party is sent on for, to whom, why, and when they agreed to it themselves."""

    kind: ReferralKind
    to: str
    words: str
    consented_at: datetime | None


def refer(party: Party, sought: Help, *, by: User, at: datetime) -> Referral:
    """Send a party on for help, with their own consent and not without it."""
    facts: dict[str, Fact] = {"kind": str(sought.kind), "to": sought.to}
    with acting("refer", party.dossier, by=by, at=at, words=Words(facts=facts), party=party):
        if Party.objects.get(pk=party.pk).left_at is not None:
            raise Refused(_("%(party)s is no party to this dispute.") % {"party": party})
        if sought.consented_at is None or sought.consented_at > at:
            raise Refused(_("A party is referred with their own consent only; ask first."))
        if not sought.to.strip() or not sought.words.strip():
            raise Refused(_("Say to whom and why."))
        said = {name: getattr(sought, name) for name in Help.__dataclass_fields__}
        return Referral.objects.create(county=party.county, dossier=party.dossier, party=party, by=by, at=at, **said)


def answer_referral(
    referral: Referral, answer: Referral.Answer, *, words: str = "", by: User, at: datetime
) -> Referral:
    """Record whether the party was taken on; one that was not is at its end."""
    facts: dict[str, Fact] = {"kind": referral.kind, "answer": str(answer)}
    said = Words(note=words, facts=facts)
    with acting("answer_referral", referral.dossier, by=by, at=at, words=said, party=referral.party):
        referral = hold(Referral, referral.pk)
        if referral.answer:
            raise Refused(_("This referral is answered already."))
        referral.answer, referral.answer_words, referral.answered_at = answer, words, at
        referral.ended_at = None if answer == ACCEPTED else at
        referral.save(update_fields=["answer", "answer_words", "answered_at", "ended_at"])
    return referral


def end_referral(referral: Referral, *, result: str, by: User, at: datetime) -> Referral:
    """Record what came of the help."""
    said = Words(note=result, facts={"kind": referral.kind, "ended": True})
    with acting("answer_referral", referral.dossier, by=by, at=at, words=said, party=referral.party):
        referral = hold(Referral, referral.pk)
        if referral.answer != ACCEPTED or referral.ended_at is not None:
            raise Refused(_("Only help that was taken on and goes on can end."))
        if not result.strip():
            raise Refused(_("Say what came of it."))
        referral.ended_at, referral.result = at, result.strip()
        referral.save(update_fields=["ended_at", "result"])
    return referral
