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


@dataclass(frozen=True)
class Offer:
    """One paper that can be made now; its key names it among the papers of its dossier."""

    form: Form
    key: str
    fill: Callable[[], contents.Paper]
    at: datetime | None = None  # when it was, of what can be there more than once


def papers_of(dossier: Dossier) -> list[Offer]:
    """List the papers of people's mediation a dossier has; the forms of other roads are not ours to print."""
    if dossier.road != Road.PEOPLES:
        return []
    inside = [*_of_the_beginning(dossier), *_of_meetings(dossier), *_of_the_end(dossier), *_of_visits(dossier)]
    return [
        Offer(FORMS["cover"], "cover", partial(filling.cover, dossier)),
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
        yield Offer(FORMS["application"], "application", partial(filling.application, dossier))
    if dossier.begun_at:
        yield Offer(FORMS["acceptance"], "acceptance", partial(filling.acceptance, dossier))
    yield Offer(FORMS["rights"], "rights", partial(filling.rights, dossier))


def _of_meetings(dossier: Dossier) -> Iterator[Offer]:
    held = dossier.meetings.filter(held_at__isnull=False).select_related("dossier", "round__unit", "mediator")
    for meeting in held.order_by("held_at", "id"):
        yield Offer(FORMS["minutes"], f"minutes-{meeting.pk}", partial(filling.minutes, meeting), meeting.held_at)


def _of_the_end(dossier: Dossier) -> Iterator[Offer]:
    made = _standing(dossier)
    if made:
        kind, fill = ("oral", filling.oral) if made.form == Made.ORAL else ("agreement", filling.agreement)
        yield Offer(FORMS[kind], kind, partial[contents.Paper](fill, made))
    if dossier.stand == Stand.ENDED:
        yield Offer(FORMS["termination"], "termination", partial(filling.termination, dossier))
    if dossier.ended_at or (made and made.effective_at):
        yield Offer(FORMS["slip"], "slip", partial(filling.slip, dossier, made))


def _of_visits(dossier: Dossier) -> Iterator[Offer]:
    for visit in dossier.follow_ups.select_related("dossier", "party", "by").order_by("at", "id"):
        yield Offer(FORMS["followup"], f"followup-{visit.pk}", partial(filling.followup, visit), visit.at)


def _standing(dossier: Dossier) -> Agreement | None:
    """Find the agreement that is drafted or stands; one that was voided or overturned is not printed anew."""
    wanted: Any = [Agreement.State.DRAFT, Agreement.State.EFFECTIVE]
    return dossier.agreements.filter(state__in=wanted).select_related("dossier").order_by("-version").first()
