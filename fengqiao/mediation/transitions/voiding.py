"""What loses its force when a mediation stops or words its agreement anew: draft, signatures, planned meetings."""

from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Words
from fengqiao.mediation.models import Agreement, Dossier
from fengqiao.mediation.workflow import Stand


def void_draft(dossier: Dossier, at: datetime) -> bool:
    """Void the draft of a dossier with every signature under it; say whether anybody had signed."""
    draft = dossier.agreements.filter(state=Agreement.State.DRAFT).first()
    if draft is None:
        return False
    was_signed = _is_signed(draft)
    draft.signatures.filter(void_at__isnull=True).update(void_at=at)
    draft.state = Agreement.State.VOID
    draft.save(update_fields=["state"])
    return was_signed


def void_aloud(dossier: Dossier, words: Words, at: datetime) -> None:
    """Void a draft, and tell everybody if somebody had signed it."""
    if void_draft(dossier, at):
        words.public = _("What was signed so far is void: another wording is to be read and signed again.")
        words.facts |= {"unsigned": True}


def unword(dossier: Dossier, words: Words, at: datetime) -> None:
    """Void a draft aloud in an act that is not about the draft itself: the mediation goes on without one."""
    void_aloud(dossier, words, at)
    if dossier.stand == Stand.SIGNING:
        dossier.stand = Stand.UNDER_WAY


def unword_if_signed(dossier: Dossier, words: Words, at: datetime) -> None:
    """Void a draft that somebody signed; one that nobody did is printed anew as it is."""
    draft = dossier.agreements.filter(state=Agreement.State.DRAFT).first()
    if draft is not None and _is_signed(draft):
        unword(dossier, words, at)


def void_mediators_signature(dossier: Dossier) -> None:
    """Let the signature of somebody who no longer mediates count for nothing; the new one signs."""
    dossier.agreements.filter(state=Agreement.State.DRAFT).update(mediator_signed_at=None)


def call_off_what_is_planned(dossier: Dossier, at: datetime) -> None:
    """Call off the meetings that were still to come; minutes of one that was held are written before the end."""
    ahead = dossier.meetings.filter(held_at__isnull=True, called_off_at__isnull=True, starts_at__gt=at)
    ahead.update(called_off_at=at, called_off_why=_("The mediation has ended."))


def _is_signed(draft: Agreement) -> bool:
    """Test if any hand is on a draft: of a party, of the mediator, or the seal."""
    by_staff = draft.mediator_signed_at is not None or draft.sealed_at is not None
    return by_staff or draft.signatures.filter(void_at__isnull=True).exists()
