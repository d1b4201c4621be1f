"""The papers of a mediation that a party may have: what it signed or was handed, and nothing that is still a draft."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from fengqiao.intake.models import Report
from fengqiao.mediation.models import Agreement, Attendance, Party
from fengqiao.mediation.papers.offering import Offer, papers_of
from fengqiao.web.resident.mediation.opening import of_a_party
from fengqiao.web.shared.access import public_view
from fengqiao.web.shared.papers import serve_paper


def own_papers(party: Party) -> list[Offer]:
    """List the papers a party may have."""
    may = set(_keys(party))
    return [offer for offer in papers_of(party.dossier) if offer.key in may]


def _keys(party: Party) -> Iterator[str]:
    """Name the papers: rights and duties, the agreement once it binds, the end, minutes of where it was."""
    yield from ("rights", "termination")
    if party.dossier.agreements.filter(state=Agreement.State.EFFECTIVE).exists():
        yield from ("agreement", "oral")
    for meeting in Attendance.objects.filter(party=party, was_there=True).values_list("meeting", flat=True):
        yield f"minutes-{meeting}"


@public_view
@of_a_party
@require_safe
def paper(request: HttpRequest, report: Report, party: Party) -> HttpResponse:
    """Make one of the papers as PDF, to keep."""
    asked = request.GET.get("paper", "")
    return serve_paper(next((offer for offer in own_papers(party) if offer.key == asked), None), "pdf")
