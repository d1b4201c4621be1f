"""What a file is, told from its content alone. Only what is known is let in; everything else is refused in words."""

import zipfile
from typing import IO

from django.utils.translation import gettext as _

from fengqiao.files.vocabulary import MEGABYTE, Media
from fengqiao.kit.verdict import Refused

PICTURE_STARTS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
ZIP, OLE, PDF = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"%PDF-"
PARTS = {"word/document.xml": Media.DOCX, "xl/workbook.xml": Media.XLSX, "ppt/presentation.xml": Media.PPTX}
STREAMS = {"WordDocument": Media.DOC, "Workbook": Media.XLS, "PowerPoint Document": Media.PPT}
TYPES = "[Content_Types].xml"
MOST_PARTS, UNPACKED = 5_000, 300 * MEGABYTE


def is_picture(start: bytes) -> bool:
    """Test by its first bytes if a file is a picture of a kind we open."""
    return start.startswith(tuple(PICTURE_STARTS)) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")


def paper_kind(file: IO[bytes]) -> Media:
    """Tell which kind of paper a file is; refuse programs, macros and all that is unknown."""
    file.seek(0)
    start = file.read(8)
    if start.startswith(PDF):
        return Media.PDF
    if start.startswith(ZIP):
        return _office(file)
    if start == OLE:
        return _old_office(file)
    raise Refused(_("We can take photos (JPEG, PNG, WebP), PDF, Word, Excel and PowerPoint; this is something else."))


def _office(file: IO[bytes]) -> Media:
    """Look into the list of a zip's parts; nothing but the small list of types is ever unpacked."""
    try:
        with zipfile.ZipFile(file) as parts:
            members = parts.infolist()
            names = {member.filename for member in members}
            too_much = len(members) > MOST_PARTS or sum(member.file_size for member in members) > UNPACKED
            types = _types(parts) if TYPES in names and not too_much else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refused(_("This file is damaged or incomplete: please choose it again.")) from None
    kind = next((media for part, media in PARTS.items() if part in names), None)
    if too_much:
        raise Refused(_("This file would unpack to far more than it seems: we cannot take it."))
    if kind is None or not types:
        raise Refused(_("Packed files (zip and the like) cannot be taken: please choose what is inside, one by one."))
    if b"macroEnabled" in types or any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for name in names):
        raise _with_macros()
    return kind


def _types(parts: zipfile.ZipFile) -> bytes:
    with parts.open(TYPES) as listed:
        return listed.read(MEGABYTE)


def _old_office(file: IO[bytes]) -> Media:
    """Find the streams' names in a file of the old formats; they stand in it as UTF-16."""
    file.seek(0)
    whole = file.read()
    if "_VBA_PROJECT".encode("utf-16-le") in whole:
        raise _with_macros()
    for name, media in STREAMS.items():
        if name.encode("utf-16-le") in whole:
            return media
    raise Refused(_("We can take photos (JPEG, PNG, WebP), PDF, Word, Excel and PowerPoint; this is something else."))


def _with_macros() -> Refused:
    return Refused(_("This document holds macros, which can do harm: please save it as PDF and send that."))
