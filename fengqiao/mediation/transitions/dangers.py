"""A dispute may turn into an offence: it is calmed, and reported to the police or the department (art. 25).

What is written down is about this matter alone; no person carries a mark from it.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.cases.transitions.taking import Words
from fengqiao.kit.verdict import Refused
from fengqiao.mediation.models import DangerReport, Dossier
from fengqiao.mediation.transitions.acting import acting
from fengqiao.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """To whom it is reported, when and why, and what was done to calm it; no moment given means right now."""

    to: str
    words: str
    measures: str = ""
    reported_at: datetime | None = None


def report_danger(
    dossier: Dossier, danger: Danger, *, safety_note: str | None = None, by: User, at: datetime
) -> DangerReport:
    """Write down that a danger was reported, and if given, the safety note of this matter."""
    said = asdict(danger) | {"reported_at": danger.reported_at or at}
    words = Words(facts={"to": danger.to, "reported": said["reported_at"].isoformat()})
    with acting("report_danger", dossier, by=by, at=at, words=words) as dossier:
        if not danger.to.strip() or not danger.words.strip():
            raise Refused(_("Say to whom it was reported, and why."))
        if said["reported_at"] > at:
            raise Refused(_("This has not happened yet."))
        if safety_note is not None and safety_note.strip() != dossier.safety_note:
            dossier.safety_note = safety_note.strip()
            words.facts |= {"safety_note": True}
        return DangerReport.objects.create(county=dossier.county, dossier=dossier, by=by, at=at, **said)
