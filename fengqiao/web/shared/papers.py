"""How a paper of a dossier leaves the house: made at this moment, only to keep, and stored nowhere on the way."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from fengqiao.mediation.papers import pdf, word
from fengqiao.mediation.papers.offering import Offer
from fengqiao.mediation.papers.people import Opened

MAKERS = {
    "docx": (word.fill, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf.draw, "application/pdf"),
}


def serve_paper(offer: Offer | None, ending: str, **opened: Opened) -> HttpResponse:
    """Answer with a paper; whoever calls this has made sure that the reader may have it, `identities` among it."""
    if offer is None or ending not in MAKERS:
        raise Http404
    make, media = MAKERS[ending]
    paper = offer.fill(**opened)
    response = HttpResponse(make(paper), content_type=media)
    name = f"{offer.form.label} {paper.number}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
