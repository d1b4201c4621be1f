"""What is let in and as what: told by content, whatever the name says; the rest refused in words."""

import io
import struct
from uuid import uuid4

import pytest
from PIL import Image

from fengqiao.files import keeping
from fengqiao.files.models import Attachment
from fengqiao.files.naming import shown_name
from fengqiao.files.vocabulary import PAPER_LIMIT, Media
from fengqiao.kit.verdict import Refused
from tests import photos
from tests.photos import waiting

pytestmark = pytest.mark.django_db
MACRO_TYPES = photos.TYPES.replace(
    b"/>", b'><Override ContentType="application/vnd.ms-word.document.macroEnabled"/></Types>'
)


@pytest.mark.parametrize(
    ("data", "name", "media"),
    [
        (photos.photo(), "IMG_0001.jpg", Media.JPEG),
        (photos.photo(kind="PNG"), "截图.png", Media.PNG),
        (photos.photo(kind="WEBP"), "a.webp", Media.JPEG),
        (photos.photo(), "invoice.pdf", Media.JPEG),
        (photos.PDF, "判决书.pdf", Media.PDF),
        (photos.PDF, "page.html", Media.PDF),
        (photos.office(), "a.docx", Media.DOCX),
        (photos.office("xl/workbook.xml"), "a.xlsx", Media.XLSX),
        (photos.office("ppt/presentation.xml"), "a.exe", Media.PPTX),
        (photos.old_office("WordDocument"), "a.doc", Media.DOC),
        (photos.old_office("Workbook"), "a.xls", Media.XLS),
        (photos.old_office("PowerPoint Document"), "a.ppt", Media.PPT),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, name: str, media: Media) -> None:
    file = waiting(data, name=name)

    assert file.media == media
    assert file.name.endswith(f".{media.name.lower()}".replace("jpeg", "jpg"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(photos.HTML, id="html named jpg"),
        pytest.param(photos.SVG, id="svg"),
        pytest.param(b"GIF89a" + bytes(40), id="gif"),
        pytest.param(b"MZ" + bytes(200), id="program"),
        pytest.param(b"#!/bin/sh\nrm -rf /\n", id="script"),
        pytest.param(b" \n" + photos.PDF, id="pdf after something else"),
        pytest.param(b"\xff\xd8\xff\xe0" + photos.HTML, id="html behind the first bytes of a photo"),
        pytest.param(photos.photo()[:400], id="photo cut short"),
        pytest.param(photos.huge_png(), id="picture that unpacks to gigabytes"),
        pytest.param(photos.office("a.txt"), id="zip"),
        pytest.param(photos.office()[:-30], id="document cut short"),
        pytest.param(photos.office(types=MACRO_TYPES), id="docm"),
        pytest.param(photos.office(more={"word/vbaProject.bin": b"x"}), id="macros"),
        pytest.param(photos.office(more={"word/media/a.EXE": b"x"}), id="program inside"),
        pytest.param(photos.office(more={"word/big.xml": bytes(320 * 2**20)}), id="zip bomb"),
        pytest.param(photos.office(more={f"word/{n}.xml": b"" for n in range(5_001)}), id="zip of many parts"),
        pytest.param(photos.old_office("WordDocument", macros=True), id="old macros"),
        pytest.param(photos.old_office("!_StringData"), id="installer"),
        pytest.param(bytes(PAPER_LIMIT + 1), id="too large"),
    ],
)
def test_the_rest_is_refused_in_words_and_leaves_nothing(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        waiting(data, name="photo.jpg")

    assert str(refusal.value)
    assert not Attachment.objects.exists()
    assert not list(keeping.path_of(uuid4()).parents[1].glob("*/*"))


def test_where_and_with_what_a_photo_was_taken_is_gone() -> None:
    data = photos.photo(turned=6)
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(photos.GPS)

    kept = keeping.path_of(waiting(data).pk).read_bytes()

    image = Image.open(io.BytesIO(kept))
    assert not image.getexif() and not image.getexif().get_ifd(photos.GPS)
    assert image.size == (48, 64)  # upright, as it was held
    assert not any(trace in kept for trace in (b"Exif", b"TestCam", b"who took it", b"http://ns.adobe.com"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hangs_behind_or_inside_a_picture_does_not_come_along(kind: str) -> None:
    """A file that is a photo to one program and a page or a paper to another is only a photo afterwards."""
    polyglot = photos.photo(kind=kind) + photos.PDF + photos.HTML + photos.office()

    file = waiting(polyglot, name="both.pdf")

    kept = keeping.path_of(file.pk).read_bytes() + keeping.small_of(file.pk).read_bytes()
    assert file.is_picture
    assert not any(trace in kept for trace in (b"%PDF", b"<script", b"PK\x03\x04"))


def test_a_photo_whose_exif_is_nonsense_is_still_a_photo_or_refused() -> None:
    whole = photos.photo()
    at = whole.index(b"Exif\0\0") + 6
    spoiled = whole[:at] + struct.pack("<I", 0xFFFFFFFF) * 8 + whole[at + 32 :]
    try:
        file = waiting(spoiled)
    except Refused as refusal:
        assert str(refusal)
    else:
        assert b"TestCam" not in keeping.path_of(file.pk).read_bytes()


def test_a_large_photo_is_made_smaller_and_a_transparent_picture_stays_one() -> None:
    large = waiting(photos.photo(4000, 3000))
    clear = io.BytesIO()
    Image.new("RGBA", (40, 40), (200, 30, 30, 90)).save(clear, "PNG")
    see_through = waiting(clear.getvalue())

    assert (large.width, large.height) == (2560, 1920)
    assert Image.open(io.BytesIO(keeping.small_of(large.pk).read_bytes())).size == (480, 360)
    kept = Image.open(io.BytesIO(keeping.path_of(see_through.pk).read_bytes()))
    assert (see_through.media, kept.mode) == (Media.PNG, "RGBA")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("水管.jpg", "水管.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\he\\漏水 现场.JPG", "漏水 现场.jpg"),
        ("invoice\u202egpj.exe", "invoicegpj.jpg"),
        ('a"b\r\nSet-Cookie: x=1.jpg', "a bSet-Cookie x=1.jpg"),
        ("<img src=x onerror=alert(1)>.jpg", "img src=x onerror=alert(1).jpg"),
        ("\x00\x01\u200b.jpg", "file.jpg"),
        ("", "file.jpg"),
        ("长" * 300 + ".jpg", "长" * 80 + ".jpg"),
        ("\ud800bad.jpg", "bad.jpg"),
        ("page.html", "page.jpg"),
    ],
)
def test_a_name_is_only_ever_words_on_one_line(given: str, shown: str) -> None:
    assert shown_name(given, Media.JPEG) == shown
