"""A backup's one file: a tar whose manifest names each member's digests, and whose last member seals all before it."""

import hashlib
import io
import json
import os
import tarfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives import hashes

from fengqiao.jobs.launch.steps import Stop

FORMAT = 1
DUMP, FILES, MANIFEST, SEAL = "database.dump", "files/", "manifest.json", "seal.txt"
KEY, IDENTITY_KEY = "secret.key", "identity.key"
FOLDERS = (FILES, "papers/")  # what people sent, and a county's own templates of papers
PIECE = 1 << 20
TAIL = 4 * tarfile.BLOCKSIZE  # the seal's header, its words, and the two empty blocks that end a tar

Facts = dict[str, str | int]


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself."""

    version: str
    made_at: str
    postgres: str
    major: int
    counties: list[str]
    migrations: list[str]
    rows: dict[str, int]
    heads: Facts
    key: str  # the key's fingerprint; the key itself only if it was asked for
    sealed_under: list[str] = field(default_factory=list)  # the ids of the keys that its identity numbers need
    members: dict[str, Facts] = field(default_factory=dict)
    format: int = FORMAT


class Digests:
    """SHA-256 and SM3 of what is fed in piece by piece."""

    def __init__(self) -> None:
        self._sha256, self._sm3 = hashlib.sha256(), hashes.Hash(hashes.SM3())

    def update(self, piece: bytes) -> None:
        """Count one piece in."""
        self._sha256.update(piece)
        self._sm3.update(piece)

    def both(self) -> Facts:
        """Give both as hexadecimal digits."""
        return {"sha256": self._sha256.hexdigest(), "sm3": self._sm3.copy().finalize().hex()}


class _Counted:
    """A file that is digested while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digests = file, Digests()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digests.update(piece)
        return piece


class Writer:
    """Put members into a new file that only its owner can read, then end it with manifest and seal."""

    def __init__(self, path: Path) -> None:
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
        self._tar = tarfile.TarFile(fileobj=self._file, mode="w", format=tarfile.PAX_FORMAT)
        self.members: dict[str, Facts] = {}

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, name: str, source: Path) -> None:
        """Copy a file in; what it grows by meanwhile is left out."""
        with source.open("rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size)

    def add_text(self, name: str, text: str) -> None:
        """Write a text as a member."""
        self._add(name, io.BytesIO(text.encode()), len(text.encode()))

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        counted = _Counted(file)
        self._tar.addfile(_member(name, size), counted)
        self.members[name] = {"bytes": size, **counted.digests.both()}

    def seal(self, manifest: Manifest) -> None:
        """Write the manifest, read everything back for the seal, and have it all on the disk."""
        self.add_text(MANIFEST, json.dumps(asdict(manifest), indent=1))
        self._file.flush()
        size = self._file.tell()
        self._file.seek(0)
        tail = _tail(_digest(self._file, size))
        self._file.seek(size)
        self._file.write(tail)
        self._file.flush()
        os.fsync(self._file.fileno())


def check(path: Path) -> Manifest:
    """Test every byte of an archive against its seal and its manifest; nothing is written."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size - TAIL
            sealed = _digest(file, size) if size > 0 else {}
            whole = bool(sealed) and file.read() == _tail(sealed)
    except OSError as error:
        raise Stop(f"{path} 打不开 / cannot be read: {error.strerror}.") from None
    if not whole:
        raise Stop(
            f"{path.name} 已损坏、不完整或不是本系统的备份，未做任何改动。/ It is damaged, cut short, or no backup of "
            "Fengqiao: its seal does not fit. Nothing was touched. Take another backup."
        )
    manifest = _manifest(path)
    _compare(path, manifest)
    return manifest


def _manifest(path: Path) -> Manifest:
    with tarfile.open(path, "r:") as tar:
        found = tar.extractfile(MANIFEST)
        told = json.loads(found.read()) if found else {}
    if told.get("format") != FORMAT:
        raise Stop(
            f"{path.name} was made by another version of Fengqiao ({told.get('version')}). Restore it with that."
        )
    return Manifest(**told)


def _compare(path: Path, manifest: Manifest) -> None:
    with tarfile.open(path, "r:") as tar:
        found = {one.name: _facts(tar, one) for one in tar if one.name not in (MANIFEST, SEAL)}
    wrong = sorted(name for name in found.keys() | manifest.members.keys() if _differs(name, found, manifest.members))
    if wrong:
        raise Stop(f"{path.name}: {wrong[0]} is not what the manifest says. Nothing was touched. Take another backup.")


def _differs(name: str, found: dict[str, Facts], told: dict[str, Facts]) -> bool:
    safe = name in (DUMP, KEY, IDENTITY_KEY) or (name.startswith(FOLDERS) and ".." not in name.split("/"))
    return not safe or found.get(name) != told.get(name)


def _facts(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Facts:
    file = tar.extractfile(member)
    return {"bytes": member.size, **_digest(file, member.size)} if file else {}


def unpack(path: Path, data: Path) -> None:
    """Write the members of a checked archive under a folder, each readable by its owner only until it is used."""
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            file = tar.extractfile(member)
            if not file or member.name in (MANIFEST, SEAL):
                continue
            target = data / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            mode = 0o644 if member.name.startswith(FOLDERS) else 0o600
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as written:
                while piece := file.read(PIECE):
                    written.write(piece)
                written.flush()
                os.fsync(written.fileno())


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _digest(file: IO[bytes], size: int) -> Facts:
    digests = Digests()
    while size > 0 and (piece := file.read(min(PIECE, size))):
        digests.update(piece)
        size -= len(piece)
    return digests.both()


def _tail(sealed: Facts) -> bytes:
    words = "".join(f"{name} {value}\n" for name, value in sealed.items()).encode()
    header = _member(SEAL, len(words)).tobuf(tarfile.USTAR_FORMAT)
    return header + words.ljust(tarfile.BLOCKSIZE, b"\0") + bytes(2 * tarfile.BLOCKSIZE)
