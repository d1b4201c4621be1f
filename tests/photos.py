"""Photos and papers for tests: true ones, and some that pretend."""

import io
import struct
import zipfile
import zlib
from uuid import UUID, uuid4

from django.db import transaction
from PIL import Image

from fengqiao.cases.models import Case
from fengqiao.files.models import Attachment
from fengqiao.files.pictures import Box
from fengqiao.files.transitions import covering
from fengqiao.files.transitions.keeping import Enclosed, Given, attach, keep
from fengqiao.files.vocabulary import Parent
from fengqiao.people.models import User
from tests.cast import MONDAY_9AM, QING

GPS = 0x8825
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def photo(width: int = 64, height: int = 48, *, kind: str = "JPEG", colour: str = "#7a6650", turned: int = 1) -> bytes:
    """A photo that says where and with what it was taken, and which way up it was held."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("#2f6f9f", (0, 0, width, height // 3))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turned, "TestCam"
    exif.get_ifd(GPS).update({1: "N", 2: (35.0, 40.0, 37.0), 3: "E", 4: (107.0, 12.0, 0.0)})
    out = io.BytesIO()
    image.save(out, kind, exif=exif, comment=b"who took it") if kind == "JPEG" else image.save(out, kind, exif=exif)
    return out.getvalue()


def office(part: str = "word/document.xml", *, types: bytes = TYPES, more: dict[str, bytes] | None = None) -> bytes:
    """A document of the new Office formats, or what looks like one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in {"[Content_Types].xml": types, part: b"<w/>", **(more or {})}.items():
            parts.writestr(name, data)
    return out.getvalue()


def old_office(stream: str, *, macros: bool = False) -> bytes:
    """As much of a document of the old formats as tells what it is."""
    names = [stream, "_VBA_PROJECT"] if macros else [stream]
    streams = b"".join(name.encode("utf-16-le") + bytes(64) for name in names)
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + streams


def huge_png() -> bytes:
    """A small PNG that would unpack to a picture of 30,000 by 30,000."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def given(data: bytes, name: str = "IMG_0001.jpg") -> Given:
    """A file as somebody gives it."""
    return Given(io.BytesIO(data), name)


def waiting(
    data: bytes | None = None, *, name: str = "IMG_0001.jpg", basket: UUID | None = None, by: User | None = None
) -> Attachment:
    """A file that waits with a form of Qing County."""
    return keep(given(photo() if data is None else data, name), basket or uuid4(), county=QING, by=by, at=MONDAY_9AM)


def on_report(report: UUID, data: bytes | None = None, *, name: str = "IMG_0001.jpg") -> Attachment:
    """A file that a resident sent with a report."""
    return _belonging(waiting(data, name=name), Parent.REPORT, report)


def _belonging(file: Attachment, to: Parent, thing: UUID) -> Attachment:
    assert file.basket_id is not None
    with transaction.atomic():
        attach(Enclosed(file.basket_id), to, thing, county=QING, by=file.by)
    file.refresh_from_db()
    return file


def with_a_copy(case: Case, *, by: User) -> Attachment:
    """A photo on the first report of a case, and a copy of it with a corner covered."""
    file = on_report(case.reports.order_by("received_at")[0].pk)
    covering.cover(file, [Box(0, 0, 0.5, 0.5)], by=by, at=MONDAY_9AM)
    return file
