"""The files of reports and steps as the desk shows them, beside the words they came with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.files.models import Attachment
from fengqiao.files.vocabulary import Parent
from fengqiao.web.shared.enclosing import Tray, attached, tray
from fengqiao.web.shared.parts import Attached

ByThing = dict[UUID, tuple[Attached, ...]]


def files_by_thing(files: Iterable[Attachment]) -> ByThing:
    """Sort files by what they are attached to."""
    found: ByThing = defaultdict(tuple)
    for file in files:
        if file.thing is not None:
            note = _("the resident sees it") if file.is_for_resident else ""
            found[file.thing] += (replace(attached(file, small=_small, full=_full, note=note), cover=_cover(file)),)
    return found


def tray_of(basket: UUID, faults: Sequence[str] = ()) -> Tray:
    """Show what waits with a form of the desk."""
    return tray(basket, waits_at=waits_at, begin=reverse("console:begin_file"), faults=faults)


def waits_at(file: Attachment) -> str:
    """Say where a waiting file of the desk is shown and taken out."""
    return reverse("console:waiting_file", args=[file.pk])


def _cover(file: Attachment) -> str:
    is_residents = file.kind == Parent.REPORT and file.is_picture
    return reverse("console:cover", args=[file.pk]) if is_residents else ""


def _full(file: Attachment) -> str:
    return reverse("console:file", args=[file.pk])


def _small(file: Attachment) -> str:
    return reverse("console:small_file", args=[file.pk])
