"""After the agreement: each item is performed or broken, the court is asked, the agreement may lose its force.

The committee supervises performance (人民调解法 art. 31); whoever breaks an agreement can be sued over it (art. 32);
one that a court has confirmed is enforced (art. 33). Each line says which road is open now.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Agreement, Dossier, FollowUp, Item, Party
from fengqiao.mediation.transitions.acting import acting
from fengqiao.mediation.vocabulary import Overturned
from fengqiao.people.models import User

EFFECTIVE, CONFIRMED = Agreement.State.EFFECTIVE, Agreement.Court.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What was found on a visit or call after the agreement."""

    reason: str
    words: str
    party: Party | None = None
    is_kept: bool | None = None
    is_content: bool | None = None
    new_signs: str = ""


def perform(
    item: Item, *, done_at: datetime, recovered: Decimal | None = None, words: str = "", by: User, at: datetime
) -> Item:
    """Record that an item was performed, and how much money was paid by it."""
    facts: dict[str, Fact] = {"item": item.order, "recovered": "" if recovered is None else str(recovered)}
    with acting("perform", item.agreement.dossier, by=by, at=at, words=Words(note=words, facts=facts)):
        item = _owed(item)
        if done_at > at:
            raise Refused(_("This has not happened yet."))
        if recovered is not None and recovered < 0:
            raise Refused(_("An amount is not less than nothing."))
        item.done_at, item.recovered, item.words, item.broken_at = done_at, recovered, words, None
        item.save(update_fields=["done_at", "recovered", "words", "broken_at"])
    return item


def breach(item: Item, *, words: str, by: User, at: datetime) -> Item:
    """Record that an item was not kept; the line says which road is open now."""
    said = Words(note=words, facts={"item": item.order})
    with acting("breach", item.agreement.dossier, by=by, at=at, words=said):
        item = _owed(item)
        if not words.strip():
            raise Refused(_("Say what was not kept."))
        if item.broken_at is not None:
            raise Refused(_("This breach is recorded already."))
        item.broken_at, item.words = at, words.strip()
        item.save(update_fields=["broken_at", "words"])
        said.public = after_breach(item.agreement)
    return item


def after_breach(agreement: Agreement) -> str:
    """Say what can be done about an agreement that is not kept."""
    if agreement.court == CONFIRMED:
        return _("The agreement is not kept. The court has confirmed it: ask the court to enforce it.")
    return _("The agreement is not kept. The committee urges; an action over it can be brought at the people's court.")


def overturn(agreement: Agreement, how: Overturned, *, words: str, by: User, at: datetime) -> Agreement:
    """Record that an agreement was changed, set aside or found void, and what can follow."""
    said = Words(note=words, facts={"how": str(how)})
    with acting("overturn", agreement.dossier, by=by, at=at, words=said):
        agreement = _in_force(agreement)
        if not words.strip():
            raise Refused(_("Say by whom and why."))
        agreement.state, agreement.overturned_at = Agreement.State.OVERTURNED, at
        agreement.overturned_why = f"{how.label}：{words.strip()}"[:500]
        agreement.save(update_fields=["state", "overturned_at", "overturned_why"])
        said.public = _(
            "The agreement no longer binds as it was: %(how)s. The dispute can be mediated again when all agree and the"
            " case is reopened, or be brought before the people's court."
        ) % {"how": how.label}
    return agreement


def ask_court(agreement: Agreement, *, asked_on: date, by: User, at: datetime) -> Agreement:
    """Record that both sides have asked the court together to confirm their agreement, within thirty days."""
    facts: dict[str, Fact] = {"asked_on": asked_on.isoformat()}
    with acting("ask_court", agreement.dossier, by=by, at=at, words=Words(facts=facts)):
        agreement = _in_force(agreement)
        if agreement.court:
            raise Refused(_("The court was asked already."))
        _must_be_within_the_time(agreement, asked_on, localdate(at))
        agreement.court, agreement.court_asked_on = Agreement.Court.ASKED, asked_on
        agreement.save(update_fields=["court", "court_asked_on"])
    return agreement


def court_answered(
    agreement: Agreement, *, is_confirmed: bool, answered_on: date, words: str = "", by: User, at: datetime
) -> Agreement:
    """Record what the court said, and what can follow (民事诉讼法 art. 206)."""
    said = Words(note=words, facts={"is_confirmed": is_confirmed, "answered_on": answered_on.isoformat()})
    with acting("court_answered", agreement.dossier, by=by, at=at, words=said):
        agreement = _in_force(agreement)
        if agreement.court != Agreement.Court.ASKED or agreement.court_asked_on is None:
            raise Refused(_("The court was not asked, or has answered."))
        if not agreement.court_asked_on <= answered_on <= localdate(at):
            raise Refused(_("The court answers after it was asked, and not in days to come."))
        agreement.court = CONFIRMED if is_confirmed else Agreement.Court.REJECTED
        agreement.court_answered_on, agreement.court_words = answered_on, words
        agreement.save(update_fields=["court", "court_answered_on", "court_words"])
        said.public = _after_confirmation() if is_confirmed else _after_rejection()
    return agreement


def follow_up(dossier: Dossier, visit: Visit, *, by: User, at: datetime) -> FollowUp:
    """Write down what a visit after the agreement found."""
    with acting("follow_up", dossier, by=by, at=at, words=Words(facts={"is_kept": visit.is_kept})) as dossier:
        if not visit.words.strip():
            raise Refused(_("Write what was found."))
        if visit.party is not None and visit.party.dossier_id != dossier.pk:
            raise Refused(_("%(party)s is no party to this dispute.") % {"party": visit.party})
        said = {name: getattr(visit, name) for name in Visit.__dataclass_fields__}
        return FollowUp.objects.create(county=dossier.county, dossier=dossier, by=by, at=at, **said)


def _owed(item: Item) -> Item:
    """Read an item that is still owed under an agreement in force."""
    item = hold(Item, item.pk)
    item.agreement = _in_force(item.agreement)
    if item.done_at is not None:
        raise Refused(_("This item is performed already."))
    return item


def _in_force(agreement: Agreement) -> Agreement:
    agreement = hold(Agreement, agreement.pk)
    if agreement.state != EFFECTIVE:
        raise Refused(_("This agreement is not in force: %(state)s.") % {"state": agreement.get_state_display()})
    return agreement


def _must_be_within_the_time(agreement: Agreement, asked_on: date, today: date) -> None:
    """Refuse a day outside the thirty days: the one after the last is too late."""
    assert agreement.effective_at is not None and agreement.confirm_until is not None  # it is in force
    if asked_on > today:
        raise Refused(_("This has not happened yet."))
    if asked_on < localdate(agreement.effective_at):
        raise Refused(_("The agreement was not in force yet."))
    if asked_on > agreement.confirm_until:
        until = date_format(agreement.confirm_until)
        raise Refused(_("Too late: the court could be asked until %(until)s.") % {"until": until})


def _after_confirmation() -> str:
    return _("The court has confirmed the agreement: if it is not kept, its enforcement can be asked for.")


def _after_rejection() -> str:
    return _(
        "The court has not confirmed the agreement. The parties can change it in another mediation: ask to reopen the"
        " case; or bring the dispute before the people's court."
    )
