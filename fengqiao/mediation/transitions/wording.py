"""The words of an agreement: what was agreed, and item by item who owes whom what, how much, how and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import Agreement, Dossier, Item, Party
from fengqiao.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One duty: who owes whom what; without a day it is done at once."""

    owes: Party
    what: str
    to: Party | None = None
    amount: Decimal | None = None
    how: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the parties agree on; one that settles a part says what stays open."""

    facts: str
    content: str
    items: Sequence[Term] = ()
    is_partial: bool = False
    rest: str = ""
    remedies: str = ""  # the other roads for the rest; the usual ones of its type if none are given


def write(dossier: Dossier, wording: Wording, *, by: User, at: datetime, **how: Any) -> Agreement:
    """Write a wording down as the next version; the caller has voided the one before."""
    _must_be_whole(wording)
    last = dossier.agreements.aggregate(last=Max("version"))["last"] or 0
    agreement = Agreement.objects.create(
        county=dossier.county,
        dossier=dossier,
        version=last + 1,
        facts=wording.facts.strip(),
        content=wording.content.strip(),
        is_partial=wording.is_partial,
        rest=_rest(wording),
        usual_roads=wording.is_partial and not wording.remedies.strip(),
        drafted_at=at,
        drafted_by=by,
        **how,
    )
    Item.objects.bulk_create(_item(agreement, order, term) for order, term in enumerate(wording.items, 1))
    return agreement


def _item(agreement: Agreement, order: int, term: Term) -> Item:
    """Write one duty down, between parties that are in this dispute and have not left it."""
    _must_be_here(agreement.dossier, term.owes)
    if term.to is not None:
        _must_be_here(agreement.dossier, term.to)
    if term.to == term.owes:
        raise Refused(_("Nobody owes something to themselves."))
    if not term.what.strip():
        raise Refused(_("Say what is to be done."))
    if term.amount is not None and term.amount <= 0:
        raise Refused(_("An amount is more than nothing."))
    said = {name: getattr(term, name) for name in ("owes", "to", "amount", "due_on")}
    words = {"what": term.what.strip(), "how": term.how.strip()}
    return Item(county=agreement.county, agreement=agreement, order=order, **said, **words)


def _must_be_here(dossier: Dossier, party: Party) -> None:
    if not dossier.parties.filter(pk=party.pk, left_at__isnull=True).exists():
        raise Refused(_("%(party)s is no party to this dispute.") % {"party": party})


def _must_be_whole(wording: Wording) -> None:
    """Refuse a wording that does not say what is agreed, or what stays open."""
    if not wording.facts.strip() or not wording.content.strip():
        raise Refused(_("An agreement says what the dispute was and what was agreed."))
    if wording.is_partial and not wording.rest.strip():
        raise Refused(_("An agreement on a part says what stays open."))


def _rest(wording: Wording) -> str:
    """Name what stays open, with the other roads for it where the mediator words them."""
    said = (wording.rest.strip(), wording.remedies.strip())
    return "\n".join(filter(None, said)) if wording.is_partial else ""
