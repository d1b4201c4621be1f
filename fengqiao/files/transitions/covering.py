"""Parts of a photo are covered for good, in a copy; only such a copy, once approved, is shown beyond those in scope."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.files import keeping
from fengqiao.files.models import Attachment, CoveredCopy
from fengqiao.files.pictures import Box, covered, small
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User

MOST_BOXES = 50


def cover(file: Attachment, boxes: Sequence[Box], *, by: User, at: datetime) -> CoveredCopy:
    """Make a copy with these parts covered; it takes the place of one that was not approved yet."""
    if not file.is_picture:
        raise Refused(_("Only photos can be covered."))
    if not 0 < len(boxes) <= MOST_BOXES:
        raise Refused(_("Draw at least one box, and at most %(most)d.") % {"most": MOST_BOXES})
    picture = covered(keeping.path_of(file.pk).read_bytes(), boxes)
    copy = CoveredCopy(county=file.county, of=file, width=picture.width, height=picture.height, by=by, at=at)
    keeping.put(keeping.small_of(copy.pk), iter([small(picture.data)]))
    copy.size, copy.digest = keeping.put(keeping.path_of(copy.pk), iter([picture.data]))
    with transaction.atomic():
        Attachment.objects.select_for_update().get(pk=file.pk)
        _drop_drafts(file)
        copy.save(force_insert=True)
    return copy


def show(file: Attachment, *, by: User, at: datetime) -> CoveredCopy:
    """Approve the newest copy of a photo; one shown before is shown no more."""
    with transaction.atomic():
        Attachment.objects.select_for_update().get(pk=file.pk)
        draft = file.copies.filter(approved_at__isnull=True).first()
        if draft is None:
            raise Refused(_("There is no covered copy that waits for approval."))
        _hide(file, by, at)
        draft.approved_by, draft.approved_at = by, at
        draft.save(update_fields=["approved_by", "approved_at"])
    return draft


def hide(file: Attachment, *, by: User, at: datetime) -> None:
    """Show the copy of a photo no more; who approved it and who hid it stays on record."""
    with transaction.atomic():
        Attachment.objects.select_for_update().get(pk=file.pk)
        if not _hide(file, by, at):
            raise Refused(_("No copy of this photo is shown."))


def _hide(file: Attachment, by: User, at: datetime) -> int:
    return file.copies.shown().update(hidden_by=by, hidden_at=at)


def _drop_drafts(file: Attachment) -> None:
    for draft in file.copies.filter(approved_at__isnull=True):
        id = draft.pk
        draft.delete()
        transaction.on_commit(lambda id=id: keeping.take_away(id))  # type: ignore[misc]
