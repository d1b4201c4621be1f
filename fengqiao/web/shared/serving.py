"""How a file leaves the house: pictures we drew ourselves to look at, everything else only to keep; never as a page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from fengqiao.files import keeping
from fengqiao.files.models import Attachment, CoveredCopy
from fengqiao.files.transitions.keeping import drop
from fengqiao.files.vocabulary import Media


def serve(file: Attachment) -> HttpResponse:
    """Answer with a file; whoever calls this has made sure that the reader may have it."""
    return _answer(file, file.media, is_small=False)


def serve_small(file: Attachment) -> HttpResponse:
    """Answer with a picture's small one."""
    if not file.is_picture:
        raise Http404
    return _answer(file, Media.JPEG, is_small=True)


def serve_copy(copy: CoveredCopy, *, is_small: bool = False) -> HttpResponse:
    """Answer with a covered copy; it never carries the name of the original."""
    return _sent(copy.pk, Media.JPEG, "photo.jpg", is_small=is_small)


def waiting_file(request: HttpRequest, file: Attachment) -> HttpResponse:
    """Show the small picture of a file that waits with a form, or take it out (DELETE)."""
    if request.method != "DELETE" or file.basket_id is None:
        return serve_small(file)
    drop(file.basket_id, file.pk, by=file.by)
    return HttpResponse(status=204)


def _answer(file: Attachment, media: str, *, is_small: bool) -> HttpResponse:
    return _sent(file.pk, media, file.name, is_small=is_small, is_shown=file.is_picture)


def _sent(id: UUID, media: str, name: str, *, is_small: bool, is_shown: bool = True) -> HttpResponse:
    path = keeping.small_of(id) if is_small else keeping.path_of(id)
    try:
        response = HttpResponse(path.read_bytes(), content_type=str(media))
    except FileNotFoundError:
        raise Http404 from None
    response.headers["Content-Disposition"] = content_disposition_header(not is_shown, name) or ""
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
