"""Where a dossier stands, the one thing to do next and why, what can be done instead, and the other acts in groups."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.mediation.models import Agreement, Dossier
from fengqiao.mediation.vocabulary import Road
from fengqiao.mediation.workflow import Stand
from fengqiao.web.console.mediation.cards import Duty
from fengqiao.web.console.mediation.offers import Offer
from fengqiao.web.console.mediation.page import DossierPage
from fengqiao.web.shared import parts, words

# The acts of the dossier itself as a mediator looks for them; one that stands nowhere here is among the rest.
GROUPS = (
    (
        gettext_lazy("Talks and agreement"),
        (
            "plan_meeting", "draft", "agree_orally", "check", "sign_as_mediator", "seal", "drop_draft",
            "follow_up", "ask_court", "court_answered", "overturn",
        ),
    ),
    (
        gettext_lazy("Who takes part"),
        ("add_party", "choose_mediator", "declare_interest", "invite", "link", "ask_to_join"),
    ),
    (gettext_lazy("Time and tier"), ("extend", "pause", "resume", "escalate", "send_back")),
)  # fmt: skip
REST = gettext_lazy("Besides")
AWAITED = ("begin", "take_effect")  # offered by what leads on, once nothing is missing for it
PHASES = (
    (Stand.ASKING, gettext_lazy("Consent and acceptance")),
    (Stand.UNDER_WAY, gettext_lazy("Talks")),
    (Stand.SIGNING, gettext_lazy("Signing")),
    (Stand.AGREED, gettext_lazy("Performance and visits")),
)
ENDS = gettext_lazy("End, other roads told")


@dataclass(frozen=True, slots=True)
class Lead:
    """The one thing to do next, in words, and the acts that can be taken instead of it."""

    words: str
    offer: Offer | None = None
    instead: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Acts that belong together."""

    label: str
    offers: tuple[Offer, ...]


def lead_of(page: DossierPage, at: datetime) -> Lead:
    """Say what to do next: mend what is missing, take the legal step, or what the talks and the agreement ask for."""
    if page.missing:
        return Lead("", next((each.offer for each in page.missing if each.offer), None))
    if page.next:
        refused = page.dossier.stand == Stand.REFUSED
        return Lead(_("A party does not want it.") if refused else _("Nothing is missing."), page.next)
    found = LEADS.get(Stand(page.dossier.stand))
    return found(page, at) if found and page.verdict else Lead("")


def groups_of(page: DossierPage, lead: Lead) -> list[Group]:
    """Put the other acts in groups, those left out that are offered above them."""
    above = {lead.offer, *lead.instead, page.shown}
    others = {offer.verb: offer for offer in page.offers if offer not in above and offer.verb not in AWAITED}
    named = {verb for _label, verbs in GROUPS for verb in verbs}
    wanted = [*GROUPS, (REST, tuple(verb for verb in others if verb not in named))]
    groups = [Group(str(label), tuple(others[verb] for verb in verbs if verb in others)) for label, verbs in wanted]
    return [group for group in groups if group.offers]


def phases_of(dossier: Dossier) -> parts.Strip:
    """Show the way of a mediation with where it is on it; one that ends without agreement leaves it for its end."""
    labels, stands = [label for _stand, label in PHASES], [stand for stand, _label in PHASES]
    if dossier.stand in stands:
        here = stands.index(Stand(dossier.stand))
    else:
        end = Stand.JOINED.label if dossier.stand == Stand.JOINED else ENDS
        labels = [*labels[: 2 if dossier.begun_at else 1], end]
        here = len(labels) - (dossier.stand not in (Stand.ENDED, Stand.JOINED))
    return parts.Strip(
        steps=tuple(parts.Step(label=str(label), state=_state(n, here)) for n, label in enumerate(labels))
    )


def _state(number: int, here: int) -> Literal["done", "here", "next"]:
    return "done" if number < here else "here" if number == here else "next"


def _talking(page: DossierPage, at: datetime) -> Lead:
    """Lead through the talks: somebody who mediates, a meeting, its minutes, and what came of it."""
    if page.dossier.road == Road.PEOPLES and page.dossier.mediator_id is None:
        return _lead(_("Nobody mediates at this tier yet."), page.offers, "choose_mediator")
    ahead = next((each for each in page.meetings if each.offers), None)
    if ahead is None:
        return _met(page)
    said = {"at": words.moment(ahead.meeting.starts_at, at)}
    if ahead.meeting.starts_at > at:
        return Lead(_("They meet %(at)s; the minutes are written after that.") % said)
    line = _("The meeting of %(at)s has begun or is over: write down what was said.") % said
    return _lead(line, ahead.offers, "hold_meeting", "call_off_meeting")


def _met(page: DossierPage) -> Lead:
    """Ask for a meeting at this tier, then for what came of it."""
    here = page.rounds[-1].pk if page.rounds else None
    if not any(each.meeting.held_at and each.meeting.round_id == here for each in page.meetings):
        return _lead(_("The sides have not met at this tier yet."), page.offers, "plan_meeting")
    instead = ("agree_orally", "plan_meeting", "escalate", "end")
    return _lead(_("They have met. What came of it?"), page.offers, "draft", *instead)


def _keeping(page: DossierPage, at: datetime) -> Lead:
    """Lead through the time after the agreement: what is owed, the court, a visit."""
    agreed = next((each for each in page.agreements if each.agreement.state == Agreement.State.EFFECTIVE), None)
    if agreed is None:
        return Lead(_("The agreement is no longer in effect."))
    if owed := [duty for duty in agreed.duties if duty.offers and not duty.item.broken_at]:
        return _owed(min(owed, key=lambda duty: duty.item.due_on or date.min), at)
    if broken := [duty for duty in agreed.duties if duty.item.broken_at]:
        return _broken(page, broken[0])
    if agreed.agreement.court == Agreement.Court.ASKED:
        return _lead(_("Both sides asked the court to confirm it."), page.offers, "court_answered")
    if not page.visits:
        return _lead(_("Nothing is owed any more. Ask whether it holds."), page.offers, "follow_up", "ask_court")
    return Lead(_("Nothing is left to do."))


def _owed(duty: Duty, at: datetime) -> Lead:
    """Name what is owed next, with what can be noted of it."""
    item = duty.item
    said = {"who": item.owes.name, "what": item.what}
    if item.due_on is None:
        return _lead(_("At once: %(who)s, %(what)s") % said, duty.offers, "perform", "breach")
    until = _("By %(day)s: %(who)s, %(what)s") % {**said, "day": words.day(item.due_on, localdate(at))}
    return _lead(until, duty.offers, "perform", "breach")


def _broken(page: DossierPage, duty: Duty) -> Lead:
    """Name what was not kept: somebody looks in on them, and it may still be done."""
    said = {"who": duty.item.owes.name, "what": duty.item.what}
    line = _("Not kept: %(who)s, %(what)s. Press for it; either side may go to court.") % said
    still = tuple(offer for offer in duty.offers if offer.verb == "perform")
    return _lead(line, (*page.offers, *still), "follow_up", "perform", "ask_court")


def _over(_page: DossierPage, _at: datetime) -> Lead:
    return Lead(_("It is over; the other roads were told."))


def _joined(_page: DossierPage, _at: datetime) -> Lead:
    return Lead(_("It goes on in another dossier, together with what the other side filed."))


def _lead(line: str, offers: Iterable[Offer], *verbs: str) -> Lead:
    """Find acts among those that are offered: the first leads on, the others stand beside it."""
    known = {offer.verb: offer for offer in offers}
    found = [known[verb] for verb in verbs if verb in known]
    return Lead(line, found[0], tuple(found[1:])) if found else Lead(line)


LEADS: dict[Stand, Callable[[DossierPage, datetime], Lead]] = {
    Stand.UNDER_WAY: _talking,
    Stand.AGREED: _keeping,
    Stand.ENDED: _over,
    Stand.JOINED: _joined,
}
