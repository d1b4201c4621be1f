"""The files that the bearer of a report may see, beside the words they came with."""

from collections import defaultdict
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.files.models import Attachment
from fengqiao.intake.models import Report
from fengqiao.intake.scope import copies_open_to, files_open_to
from fengqiao.web.shared.enclosing import attached
from fengqiao.web.shared.parts import Attached


def files_by_thing(report: Report) -> dict[UUID, tuple[Attached, ...]]:
    """Sort the files open to the bearer of a report by what they are attached to."""

    def full(file: Attachment) -> str:
        return reverse("resident:file", args=[report.code, file.pk])

    def small(file: Attachment) -> str:
        return reverse("resident:small_file", args=[report.code, file.pk])

    found: dict[UUID, tuple[Attached, ...]] = defaultdict(tuple)
    for file in files_open_to(report.pk, report.case_id):
        if file.thing is not None:
            found[file.thing] += (attached(file, small=small, full=full),)
    return found


def shown_by_others(report: Report) -> list[Attached]:
    """List the covered photos of the others who brought the same matter."""
    return [
        Attached(
            id=str(copy.pk),
            name=_("A photo of another resident"),
            about="",
            href=reverse("resident:shown_copy", args=[report.code, copy.pk]),
            small=reverse("resident:small_copy", args=[report.code, copy.pk]),
        )
        for copy in copies_open_to(report.pk, report.case_id)
    ]
