"""The parties agree: a draft, the check before signing, each signature, the seal; or by word of mouth.

A written agreement binds from the last signature with the mediator's and the seal (人民调解法 art. 29), an oral one
from the day it was agreed (art. 30). Another wording is another version, which nobody has signed.
"""

from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.cases.vocabulary import Outcome
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused
from fengqiao.mediation import effect, remedies, signatures
from fengqiao.mediation.completeness import missing_to_begin
from fengqiao.mediation.confirming import CODES
from fengqiao.mediation.models import Agreement, ConfirmCheck, Dossier, Party, Signature
from fengqiao.mediation.transitions import voiding
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.transitions.settling import settle_all
from fengqiao.mediation.transitions.wording import Wording, write
from fengqiao.mediation.vocabulary import Consent, Form
from fengqiao.people.models import User
from fengqiao.places import calendar as calendars

DRAFT, EFFECTIVE = Agreement.State.DRAFT, Agreement.State.EFFECTIVE


def draft(dossier: Dossier, wording: Wording, *, by: User, at: datetime) -> Agreement:
    """Word an agreement; where there is a draft it is void, and so is every signature under it."""
    words = Words()
    with acting("draft", dossier, by=by, at=at, words=words) as dossier:
        voiding.void_aloud(dossier, words, at)
        agreement = write(dossier, wording, by=by, at=at, form=Form.WRITTEN)
        words.facts |= {"version": agreement.version}
    return agreement


def drop_draft(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """Let go of a draft and go on mediating."""
    words = Words()
    with acting("drop_draft", dossier, by=by, at=at, words=words) as dossier:
        voiding.void_aloud(dossier, words, at)
    return dossier


def check(agreement: Agreement, question: str, *, is_clear: bool, by: User, at: datetime) -> ConfirmCheck:
    """Answer one question of the check before signing; the last answer counts."""
    if question not in CODES:
        raise ValueError(f"no question is called {question}")
    facts: dict[str, Fact] = {"question": question, "is_clear": is_clear}
    with acting("check", agreement.dossier, by=by, at=at, words=Words(facts=facts)):
        agreement = _current(agreement)
        which: dict[str, Any] = {"county": agreement.county, "agreement": agreement, "question": question}
        answer = {"is_clear": is_clear, "by": by, "at": at}
        return ConfirmCheck.objects.update_or_create(**which, defaults=answer)[0]


def sign(
    agreement: Agreement, party: Party, *, through: str = "", signed_at: datetime, by: User, at: datetime
) -> Signature:
    """Check off that a party has signed, sealed or put a fingerprint on the paper, by whose hand and when."""
    through, facts = through.strip(), _facts(agreement, signed_at)
    with acting("sign", agreement.dossier, by=by, at=at, words=Words(facts=facts), party=party):
        agreement, party = _current(agreement), Party.objects.get(pk=party.pk, dossier=agreement.dossier_id)
        _must_be_then(agreement, signed_at, at)
        _must_be_willing(party)
        if why := signatures.why_not_by(party, through):
            raise Refused(str(why))
        if agreement.signatures.filter(party=party).exists():
            raise Refused(_("%(party)s has signed already.") % {"party": party})
        who: dict[str, Any] = {"county": party.county, "agreement": agreement, "party": party, "through": through}
        return Signature.objects.create(**who, signed_at=signed_at, checked_by=by)


def sign_as_mediator(agreement: Agreement, *, signed_at: datetime, by: User, at: datetime) -> Agreement:
    """Check off the signature of whoever mediated."""
    return _check_off(agreement, "mediator_signed_at", signed_at, by, at)


def seal(agreement: Agreement, *, sealed_at: datetime, by: User, at: datetime) -> Agreement:
    """Check off the seal of the committee."""
    return _check_off(agreement, "sealed_at", sealed_at, by, at)


def take_effect(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """Let a signed and sealed agreement bind: the mediation is over, the case solved, and thirty days run."""
    with acting("take_effect", agreement.dossier, by=by, at=at, words=(words := Words())) as dossier:
        agreement = _current(agreement)
        agreement.dossier = dossier
        if lacking := signatures.missing_to_take_effect(agreement):
            raise Refused(_("Before the agreement binds: %(missing)s") % {"missing": " ".join(map(str, lacking))})
        signed = [signature.signed_at for signature in signatures.valid(agreement).values()]
        hands = [moment for moment in (agreement.mediator_signed_at, agreement.sealed_at) if moment]
        _bind(agreement, effect.effective_at([*signed, *hands]))
        agreement.save()
        _conclude(agreement, words, by, at)
    return agreement


def agree_orally(dossier: Dossier, wording: Wording, *, agreed_at: datetime, by: User, at: datetime) -> Agreement:
    """Record what the parties agreed by word of mouth, in effect from the moment they did (art. 28, 30)."""
    with acting("agree_orally", dossier, by=by, at=at, words=(words := Words())) as dossier:
        if dossier.ladder.is_written_only:
            raise Refused(_("This sort of dispute is settled in writing only."))
        if lacking := missing_to_begin(dossier):
            raise Refused(_("Before they can agree: %(missing)s") % {"missing": " ".join(map(str, lacking))})
        agreement = write(dossier, wording, by=by, at=at, form=Form.ORAL)
        _must_be_then(agreement, agreed_at, at)
        _bind(agreement, agreed_at)
        agreement.save()
        _conclude(agreement, words, by, at)
    return agreement


def _check_off(agreement: Agreement, what: str, moment: datetime, by: User, at: datetime) -> Agreement:
    """Check off the hand that is not a party's."""
    facts = _facts(agreement, moment) | {"who": what}
    with acting("sign", agreement.dossier, by=by, at=at, words=Words(facts=facts)):
        agreement = _current(agreement)
        _must_be_then(agreement, moment, at)
        if getattr(agreement, what) is not None:
            raise Refused(_("This is checked off already."))
        setattr(agreement, what, moment)
        agreement.save(update_fields=[what])
    return agreement


def _current(agreement: Agreement) -> Agreement:
    """Read a draft as it is now; a wording that was replaced takes no more signatures."""
    agreement = hold(Agreement, agreement.pk)
    if agreement.state != DRAFT:
        raise Refused(_("This wording no longer stands: %(state)s.") % {"state": agreement.get_state_display()})
    return agreement


def _must_be_then(agreement: Agreement, moment: datetime, at: datetime) -> None:
    """Refuse a moment still to come, one before the dispute was accepted, and one under an earlier wording."""
    begun = agreement.dossier.begun_at
    is_first = agreement.version == 1 or agreement.form == Form.ORAL
    earliest = begun if is_first and begun else agreement.drafted_at
    if moment > at:
        raise Refused(_("This has not happened yet."))
    if localdate(moment) < localdate(earliest):
        raise Refused(_("This lies before %(day)s.") % {"day": date_format(localdate(earliest))})


def _must_be_willing(party: Party) -> None:
    if party.left_at is not None or party.consent != Consent.GIVEN:
        raise Refused(_("%(party)s has not agreed yet.") % {"party": party})


def _bind(agreement: Agreement, moment: datetime) -> None:
    agreement.state, agreement.effective_at = EFFECTIVE, moment
    agreement.confirm_until = effect.confirm_until(moment, calendars.of(agreement.county))


def _conclude(agreement: Agreement, words: Words, by: User, at: datetime) -> None:
    """End the mediation with its agreement, and tell from when it binds and until when a court can be asked."""
    dossier, until = agreement.dossier, agreement.confirm_until
    assert agreement.effective_at is not None and until is not None  # it has just been bound
    dossier.ended_at = at
    voiding.call_off_what_is_planned(dossier, at)
    since = localdate(agreement.effective_at)
    words.facts |= {"version": agreement.version, "effective_on": since.isoformat(), "until": until.isoformat()}
    settle_all(dossier, outcome=Outcome.SOLVED, public_reply=_reply(agreement, since, until), by=by, at=at)


def _reply(agreement: Agreement, since: date, until: date) -> str:
    """Tell whoever follows the case; what was agreed is the parties' own and stays in the dossier."""
    said = _(
        "The parties have agreed. The agreement binds from %(since)s; together they can ask the court to confirm it"
        " until %(until)s."
    ) % {"since": date_format(since), "until": date_format(until)}
    if not agreement.is_partial:
        return said
    rest = _("It settles a part. For the rest: %(remedies)s")
    return f"{said} {rest % {'remedies': remedies.usual(agreement.dossier.type)}}"


def _facts(agreement: Agreement, moment: datetime) -> dict[str, Fact]:
    return {"version": agreement.version, "signed_on": localdate(moment).isoformat()}
