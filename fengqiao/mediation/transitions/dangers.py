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
    """To whom it is reported, why, and what was done to calm it; and the note those at the table shall read."""

    to: str
    words: str
    measures: str = ""


def report_danger(
    dossier: Dossier, danger: Danger, *, safety_note: str | None = None, by: User, at: datetime
) -> DangerReport:
    """Write down that a danger was reported, and if given, the safety note of this matter."""
    with acting("report_danger", dossier, by=by, at=at, words=Words(facts={"to": danger.to})) as dossier:
        if not danger.to.strip() or not danger.words.strip():
            raise Refused(_("Say to whom it was reported, and why."))
        if safety_note is not None:
            dossier.safety_note = safety_note
        return DangerReport.objects.create(county=dossier.county, dossier=dossier, by=by, at=at, **asdict(danger))
