"""Which papers a dossier has by now, in the order in which they lie in it, and how to make each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from fengqiao.mediation.models import Agreement, Dossier
from fengqiao.mediation.papers import contents, filling
from fengqiao.mediation.papers.forms import FORMS, Form
from fengqiao.mediation.vocabulary import Form as Made
from fengqiao.mediation.vocabulary import Road, Source
from fengqiao.mediation.workflow import Stand

WITH_IDENTITIES = frozenset({"application", "agreement", "oral"})


@dataclass(frozen=True)
class Offer:
    """One paper that can be made now; its key names it among the papers of its dossier."""

    form: Form
    key: str
    fill: Callable[..., contents.Paper]
    at: datetime | None = None  # when it was, of what can be there more than once

    @property
    def has_identities(self) -> bool:
        """Test if it has a place for identity numbers; then `fill` takes those that were opened."""
        return self.key in WITH_IDENTITIES


def papers_of(dossier: Dossier) -> list[Offer]:
    """List the papers a dossier has, each in the form of its road."""
    inside = [*_of_the_beginning(dossier), *_of_meetings(dossier), *_of_the_end(dossier), *_of_visits(dossier)]
    return [
        Offer(_form(dossier, "cover"), "cover", partial(filling.cover, dossier)),
        Offer(FORMS["index"], "index", partial(index, dossier, inside)),
        *inside,
    ]


def find(dossier: Dossier, key: str) -> Offer | None:
    """Find one of the papers a dossier has by its key."""
    return next((offer for offer in papers_of(dossier) if offer.key == key), None)


@filling.in_chinese
def index(dossier: Dossier, inside: list[Offer]) -> contents.Index:
    """List what lies in a dossier; pages are numbered by hand when it is bound, with what people brought along."""
    rows = tuple(contents.IndexRow(paper=str(offer.form.label)) for offer in inside if offer.key != "slip")
    return contents.Index(committee=dossier.opened_by.name, number=dossier.number, rows=rows)


def _of_the_beginning(dossier: Dossier) -> Iterator[Offer]:
    if dossier.source == Source.APPLICATION:
        yield Offer(_form(dossier, "application"), "application", partial(filling.application, dossier))
    if dossier.begun_at:
        yield Offer(_form(dossier, "acceptance"), "acceptance", partial(filling.acceptance, dossier))
    yield Offer(_form(dossier, "rights"), "rights", partial(filling.rights, dossier))


def _of_meetings(dossier: Dossier) -> Iterator[Offer]:
    held = dossier.meetings.filter(held_at__isnull=False).select_related("dossier", "round__unit", "mediator")
    for meeting in held.order_by("held_at", "id"):
        yield Offer(
            _form(dossier, "minutes"), f"minutes-{meeting.pk}", partial(filling.minutes, meeting), meeting.held_at
        )


def _of_the_end(dossier: Dossier) -> Iterator[Offer]:
    made, is_peoples = _standing(dossier), dossier.road == Road.PEOPLES
    if made and made.form == Made.WRITTEN:
        yield Offer(_form(dossier, "agreement"), "agreement", partial(filling.agreement, made))
    elif made and is_peoples:  # a register of people's mediation; a department writes minutes of what was said
        yield Offer(FORMS["oral"], "oral", partial(filling.oral, made))
    if dossier.stand == Stand.ENDED:
        yield Offer(_form(dossier, "termination"), "termination", partial(filling.termination, dossier))
    if is_peoples and (dossier.ended_at or (made and made.effective_at)):
        yield Offer(FORMS["slip"], "slip", partial(filling.slip, dossier, made))


def _of_visits(dossier: Dossier) -> Iterator[Offer]:
    for visit in dossier.follow_ups.select_related("dossier", "party", "by").order_by("at", "id"):
        yield Offer(_form(dossier, "followup"), f"followup-{visit.pk}", partial(filling.followup, visit), visit.at)


def _form(dossier: Dossier, kind: str) -> Form:
    """Give the form of a kind of paper on the road the dispute goes."""
    return FORMS[f"admin_{kind}" if dossier.road == Road.ADMINISTRATIVE else kind]


def _standing(dossier: Dossier) -> Agreement | None:
    """Find the agreement that is drafted or stands; one that was voided or overturned is not printed anew."""
    wanted: Any = [Agreement.State.DRAFT, Agreement.State.EFFECTIVE]
    return dossier.agreements.filter(state__in=wanted).select_related("dossier").order_by("-version").first()
