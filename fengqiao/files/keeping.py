"""Where files lie on the disk: each under its row's id, never under a name that somebody gave."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.utils.translation import gettext as _

from fengqiao.kit.verdict import Refused

PIECE = 1 << 20
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SMALL = ".small"
HALF = ".half"


def path_of(id: UUID) -> Path:
    """Say where the file of a row lies; the last two signs of an id are evenly spread."""
    return Path(settings.MEDIA_ROOT) / id.hex[-2:] / id.hex


def small_of(id: UUID) -> Path:
    """Say where the small picture of a row lies."""
    return path_of(id).with_suffix(SMALL)


def put(path: Path, pieces: Iterator[bytes]) -> tuple[int, str]:
    """Write a file whole or not at all; it is on the disk when this returns. Gives its size and SM3 digest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + HALF)
    try:
        told = _write(half, pieces)
    except BaseException:
        half.unlink(missing_ok=True)  # most of all where there was no room for it
        raise
    half.replace(path)
    _settle(path.parent)
    return told


def _write(half: Path, pieces: Iterator[bytes]) -> tuple[int, str]:
    size, sm3 = 0, hashes.Hash(hashes.SM3())
    with half.open("wb") as file:
        for piece in pieces:
            file.write(piece)
            sm3.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, sm3.finalize().hex()


@contextmanager
def or_no_room() -> Iterator[None]:
    """Make a refusal of a disk that is full, or a quota that is used up, while something is written."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise no_room() from error


def no_room() -> Refused:
    """Say that files cannot be taken at the moment."""
    return Refused(_("There is no room for files at the moment. Please go on without; a window takes them in."))


def room() -> int:
    """Give the bytes that are free where files lie; that may be a disk of its own."""
    places = [Path(settings.MEDIA_ROOT), Path(settings.ARRIVING_ROOT), Path(settings.DATA_DIR)]
    return min(shutil.disk_usage(place).free for place in places if place.exists())


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """Read a file from its beginning, a piece at a time."""
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece


def digest_of(path: Path) -> str:
    """Compute the SM3 digest of a file on the disk."""
    sm3 = hashes.Hash(hashes.SM3())
    with path.open("rb") as file:
        for piece in pieces_of(file):
            sm3.update(piece)
    return sm3.finalize().hex()


def take_away(id: UUID) -> None:
    """Remove the file of a row, and its small picture."""
    for path in (path_of(id), small_of(id)):
        with suppress(FileNotFoundError):
            path.unlink()


def lying(before: datetime) -> Iterator[tuple[Path, UUID | None]]:
    """List what lies in the folders since before a moment, each with the id of its row if its name is one."""
    for path in sorted([*Path(settings.MEDIA_ROOT).glob("??/*"), *Path(settings.ARRIVING_ROOT).glob("*")]):
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                yield path, _id(path.name)


def _id(name: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(hex=name.partition(".")[0])
    return None


def _settle(folder: Path) -> None:
    """Have a folder's names on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    os.fsync(opened)
    os.close(opened)
