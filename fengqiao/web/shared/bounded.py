"""No file of a form is taken off the wire beyond what could ever be kept: the disk is not filled by trying."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from fengqiao.files.vocabulary import PAPER_LIMIT

TOO_LARGE = "fengqiao.too_large"


class Bounded(FileUploadHandler):
    """Lets the rest of a file that is too large pass by unread, and remembers its name for the form."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand a piece on to those who keep it, as long as the file may still fit."""
        if start + len(raw_data) > PAPER_LIMIT:
            self._forms_request().META.setdefault(TOO_LARGE, []).append(self.file_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        """Keep nothing: the handlers after this one do."""
        return None

    def _forms_request(self) -> HttpRequest:
        assert self.request is not None  # set before a form is read
        return self.request


def passed_by(request: HttpRequest) -> list[str]:
    """Name the files of a form that were too large to be taken off the wire."""
    request.FILES  # noqa: B018  the form is read now, if it was not yet
    return list(request.META.get(TOO_LARGE, []))
