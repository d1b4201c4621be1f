"""A file is taken in, waits with its form, is taken out again, or goes with the form to where it belongs."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fengqiao.files import keeping
from fengqiao.files.models import Attachment, Basket
from fengqiao.files.naming import shown_name
from fengqiao.files.pictures import Picture, redrawn, small
from fengqiao.files.sniffing import is_picture, paper_kind
from fengqiao.files.vocabulary import MEGABYTE, MOST_FILES, PAPER_LIMIT, PHOTO_LIMIT, Parent
from fengqiao.kit.prepared import Prepared
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User

ROOM_LEFT = 2 * 1024 * MEGABYTE  # the database must never be stopped by photos


@dataclass(frozen=True, slots=True)
class Given:
    """A file as somebody gives it: nothing of this is trusted."""

    file: IO[bytes]
    name: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The files that go with a form, by the basket in which they wait."""

    basket: UUID
    for_resident: bool = False


def keep(given: Given, basket: UUID, *, county: str, by: User | None, at: datetime) -> Attachment:
    """Take a file in by its content; photos are drawn anew. First the file is on the disk, then it has a row."""
    size = must_fit(given.file)
    must_have_room()
    row = Attachment(county=county, basket_id=basket, by=by, at=at)
    try:
        with keeping.or_no_room():
            _write(row, given, size)
        with transaction.atomic():
            hold(basket, county=county, by=by, at=at)
            # The answer was lost and the form is sent again: the file is here already.
            known = Attachment.objects.waiting_in(basket).filter(digest=row.digest, name=row.name).first()
            if known is None:
                must_be_few(basket)
                row.save(force_insert=True)
    except BaseException:
        keeping.take_away(row.pk)
        raise
    if known is not None:
        keeping.take_away(row.pk)
    return known or row


def drop(basket: UUID, file: UUID, *, by: User | None) -> None:
    """Take a waiting file out again; what belongs somewhere already stays."""
    with transaction.atomic():
        if Attachment.objects.waiting_in(basket).filter(pk=file, by=by).delete()[0]:
            transaction.on_commit(lambda: keeping.take_away(file))


def attach(enclosed: Enclosed | None, to: Parent, thing: UUID, *, county: str, by: User | None) -> list[Attachment]:
    """Let the waiting files belong to what was sent with them; called inside the step that makes it."""
    if enclosed is None:
        return []
    basket = next(iter(_BASKET(enclosed.basket)), None)
    if basket is None or basket.by_id != (by.pk if by else None):
        return []
    files = list(Attachment.objects.waiting_in(basket.pk))
    given = {"county": county, "is_for_resident": enclosed.for_resident}
    Attachment.objects.waiting_in(basket.pk).update(basket=None, kind=to, thing=thing, **given)
    basket.delete()
    return files


def _basket(_shape: object, basket: UUID) -> QuerySet[Basket]:
    return Basket.objects.select_for_update().filter(pk=basket)


_BASKET: Prepared[Basket] = Prepared(_basket, is_apart=True)


def hold(basket: UUID, *, county: str, by: User | None, at: datetime) -> Basket:
    """Hold a basket locked, made now if it is the first file; somebody else's is refused."""
    held = None
    while held is None:  # it may go between the two, because its form is being sent
        Basket.objects.get_or_create(pk=basket, defaults={"county": county, "by": by, "opened_at": at})
        held = Basket.objects.select_for_update().filter(pk=basket).first()
    if held.by_id != (by.pk if by else None):
        raise Refused(_("These files belong to another form."))
    return held


def must_be_few(basket: UUID) -> None:
    """Refuse one file more than there may be."""
    if Attachment.objects.waiting_in(basket).count() >= MOST_FILES:
        raise Refused(_("At most %(most)d files can be added; take one out first.") % {"most": MOST_FILES})


def must_fit(file: IO[bytes]) -> int:
    """Refuse a file that is empty or too large; give its size."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if not size:
        raise Refused(_("This file is empty."))
    most = PHOTO_LIMIT if is_picture(file.read(12)) else PAPER_LIMIT
    if size > most:
        facts = {"size": -(-size // MEGABYTE), "most": most // MEGABYTE}
        raise Refused(_("This file has %(size)d MB; at most %(most)d MB can be taken.") % facts)
    return size


def must_have_room() -> None:
    """Refuse files while the disk is nearly full: reports matter more than what is added to them."""
    if keeping.room() < ROOM_LEFT:
        raise keeping.no_room()


def _write(row: Attachment, given: Given, size: int) -> None:
    """Put the file on the disk and say in its row what it is."""
    given.file.seek(0)
    if is_picture(given.file.read(12)):
        row.digest = _put_picture(row, redrawn(given.file))
    else:
        row.media, row.size = paper_kind(given.file), size
        row.digest = keeping.put(keeping.path_of(row.pk), keeping.pieces_of(given.file))[1]
    row.name = shown_name(given.name, row.media)  # type: ignore[arg-type]


def _put_picture(row: Attachment, picture: Picture) -> str:
    row.media, row.width, row.height, row.size = picture.media, picture.width, picture.height, len(picture.data)
    keeping.put(keeping.small_of(row.pk), iter([small(picture.data)]))
    return keeping.put(keeping.path_of(row.pk), iter([picture.data]))[1]
