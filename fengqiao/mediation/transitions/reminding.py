"""The machine reminds the mediators, once of each thing; two workers at once remind once."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Fact, Words
from fengqiao.kit.holding import hold
from fengqiao.kit.verdict import Refused
from fengqiao.mediation import reminders
from fengqiao.mediation.models import Agreement, Item
from fengqiao.mediation.transitions.acting import acting
from fengqiao.people.actors import Machine


def remind_of_item(item: Item, *, by: Machine, at: datetime) -> Item:
    """Remind of an item that falls due or is late; one performed meanwhile, or reminded of already, is let alone."""
    assert item.due_on is not None  # nobody is reminded of what is done at once
    facts: dict[str, Fact] = {"about": "item", "item": item.order, "is_late": item.due_on < localdate(at)}
    with acting("remind", item.agreement.dossier, by=by, at=at, words=Words(facts=facts)):
        _must_be_owed(reminders.items_owed(at).filter(pk=item.pk).exists())
        item = hold(Item, item.pk)
        item.reminded_at = at
        item.save(update_fields=["reminded_at"])
    return item


def remind_of_confirmation(agreement: Agreement, *, by: Machine, at: datetime) -> Agreement:
    """Remind that the time to ask the court together runs out."""
    assert agreement.confirm_until is not None  # it is in effect
    facts: dict[str, Fact] = {"about": "confirm", "until": agreement.confirm_until.isoformat()}
    with acting("remind", agreement.dossier, by=by, at=at, words=Words(facts=facts)):
        _must_be_owed(reminders.confirmations_owed(at).filter(pk=agreement.pk).exists())
        agreement = hold(Agreement, agreement.pk)
        agreement.confirm_reminded_at = at
        agreement.save(update_fields=["confirm_reminded_at"])
    return agreement


def _must_be_owed(is_owed: bool) -> None:
    """Refuse a reminder that another worker gave, or a step made needless, while we waited for the case."""
    if not is_owed:
        raise Refused(_("Nobody needs this reminder any more."))
