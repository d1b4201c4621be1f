"""A large file arrives in pieces: begun, continued wherever it broke off, and taken in once it is whole."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.files import keeping
from fengqiao.files.models import Arrival, Attachment, Basket
from fengqiao.files.transitions.keeping import Given, hold, keep, must_be_few, must_have_room
from fengqiao.files.vocabulary import MEGABYTE, MOST_FILES, PAPER_LIMIT
from fengqiao.kit.ids import new_id
from fengqiao.kit.verdict import Refused
from fengqiao.people.models import User

PIECE_LIMIT = MEGABYTE
LONGEST_NAME = 255
MOST_ARRIVING = 2 * MOST_FILES  # in one basket; those that broke off among them


class OutOfStep(Exception):
    """A piece that does not continue where the file stands; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Announced:
    """What somebody says a file will be."""

    name: str
    size: int


def begin(coming: Announced, basket: UUID, *, county: str, by: User | None, at: datetime) -> Arrival:
    """Make room for a file that will arrive in pieces."""
    if not 0 < coming.size <= PAPER_LIMIT:
        facts = {"size": -(-coming.size // MEGABYTE), "most": PAPER_LIMIT // MEGABYTE}
        raise Refused(_("This file has %(size)d MB; at most %(most)d MB can be taken.") % facts)
    must_have_room()
    with transaction.atomic():
        held = hold(basket, county=county, by=by, at=at)
        must_be_few(basket)
        if held.arrivals.count() >= MOST_ARRIVING:
            raise Refused(_("Too many files arrive at once: wait until some are here."))
        name = coming.name.replace("\0", "")[-LONGEST_NAME:]
        return held.arrivals.create(id=new_id(), name=name, size=coming.size, begun_at=at)


def add(arrival: UUID, offset: int, piece: bytes, *, by: User | None, at: datetime) -> Arrival | Attachment:
    """Add a piece where the file stands; the last one makes it a file. Of two hands at once one is out of step."""
    with transaction.atomic():
        held = _held(arrival, by)
        if offset != held.received or not 0 < len(piece) <= min(PIECE_LIMIT, held.size - held.received):
            raise OutOfStep(held.received)
        with keeping.or_no_room():
            _write(held.pk, offset, piece)
        held.received += len(piece)
        held.save(update_fields=["received"])
    return _finish(held, by, at) if held.received == held.size else held


def finish(arrival: Arrival, *, by: User | None, at: datetime) -> Arrival | Attachment:
    """Take in a file that is whole but was not taken in, because we were stopped in between."""
    return _finish(arrival, by, at) if arrival.received == arrival.size else arrival


def _finish(arrival: Arrival, by: User | None, at: datetime) -> Attachment:
    """Take the whole file in; taken or refused, its pieces go. Of two hands only one gets that far."""
    refusal: Refused | None = None
    with transaction.atomic():
        # The basket first, as everywhere: a form that is sent at this moment holds it, too.
        basket = Basket.objects.select_for_update().filter(pk=arrival.basket_id).first()
        _held(arrival.pk, by).delete()
        assert basket is not None  # what arrives in it was still there
        try:
            with path_of(arrival.pk).open("rb") as file:
                kept = keep(Given(file, arrival.name), basket.pk, county=basket.county, by=by, at=at)
        except FileNotFoundError:
            refusal = Refused(_("The file did not arrive whole: please choose it again."))
        except Refused as told:
            refusal = told
    forget(arrival.pk)
    if refusal:
        raise refusal
    return kept


def give_up(arrival: UUID, *, by: User | None) -> None:
    """Let a file go that has not arrived whole."""
    Arrival.objects.filter(pk=arrival, basket__by=by).delete()
    forget(arrival)


def _held(arrival: UUID, by: User | None) -> Arrival:
    """Hold one's own arriving file locked; it is gone when it was taken in, given up, or its form was sent."""
    return Arrival.objects.select_for_update(of=("self",)).get(pk=arrival, basket__by=by)


def path_of(arrival: UUID) -> Path:
    """Say where the pieces of a file lie."""
    return Path(settings.ARRIVING_ROOT) / arrival.hex


def forget(arrival: UUID) -> None:
    """Take the pieces of a file away."""
    with suppress(FileNotFoundError):
        path_of(arrival).unlink()


def _write(arrival: UUID, offset: int, piece: bytes) -> None:
    """Put a piece in its place; what lies behind it came with a step that was never written down."""
    path_of(arrival).parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path_of(arrival), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.ftruncate(file, offset)
        while piece:  # a disk that is nearly full takes a part of it and says nothing; asked once more it does
            written = os.pwrite(file, piece, offset)
            piece, offset = piece[written:], offset + written
        os.fsync(file)
    finally:
        os.close(file)
