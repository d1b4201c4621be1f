"""The files of reports and steps as the desk shows them, beside the words they came with."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from fengqiao.files.models import Attachment
from fengqiao.web.shared.enclosing import attached
from fengqiao.web.shared.parts import Attached

ByThing = dict[UUID, tuple[Attached, ...]]


def files_by_thing(files: Iterable[Attachment]) -> ByThing:
    """Sort files by what they are attached to."""
    found: ByThing = defaultdict(tuple)
    for file in files:
        if file.thing is not None:
            found[file.thing] += (attached(file, small=_small, full=_full),)
    return found


def _full(file: Attachment) -> str:
    return reverse("console:file", args=[file.pk])


def _small(file: Attachment) -> str:
    return reverse("console:small_file", args=[file.pk])
