"""Photos are drawn anew: what is kept is the picture alone, upright, without place, camera or anything hidden."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageStat

from fengqiao.files.vocabulary import MEGABYTE, Media
from fengqiao.kit.verdict import Refused

SIDE, SMALL_SIDE = 2560, 480
MOST_PIXELS = 64_000_000  # a picture of more is refused before it is unpacked
LARGE_PNG = 3 * MEGABYTE
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    data: bytes
    media: Media
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture to be covered, in shares of its width and height."""

    left: float
    top: float
    width: float
    height: float


def redrawn(file: IO[bytes]) -> Picture:
    """Draw a photo anew, at most 2,560 pixels long; only the pixels come along."""
    try:
        file.seek(0)
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Refused(_("This picture is too large to open; please send it smaller."))
            is_png = image.format == "PNG"
            image.draft("RGB", (SIDE, SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((SIDE, SIDE))
            return _kept(_bare(upright), as_png=is_png)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(_("This picture is too large to open; please send it smaller.")) from None
    except Exception:  # decoders answer a hostile file with whatever they stumble over
        raise Refused(_("This picture is damaged: please choose it again or take it anew.")) from None


def small(data: bytes) -> bytes:
    """Draw the small picture that lists show."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        image.thumbnail((SMALL_SIDE, SMALL_SIDE))
        return _saved(_flat(_bare(image)), "JPEG")


def covered(data: bytes, boxes: Iterable[Box]) -> Picture:
    """Draw a picture with parts of it covered by one plain colour each: nothing under it can be made out again."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        bare = _flat(_bare(image))
    for box in boxes:
        area = _pixels(box, bare.width, bare.height)
        mean = ImageStat.Stat(bare.crop(area)).mean
        bare.paste(tuple(round(value) for value in mean), area)
    return Picture(_saved(bare, "JPEG"), Media.JPEG, bare.width, bare.height)


def _pixels(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """Turn shares into pixels, at least one each way, never beyond the edge."""
    left, top = min(int(box.left * width), width - 1), min(int(box.top * height), height - 1)
    right = min(max(left + 1, round((box.left + box.width) * width)), width)
    bottom = min(max(top + 1, round((box.top + box.height) * height)), height)
    return left, top, right, bottom


def _kept(image: Image.Image, *, as_png: bool) -> Picture:
    """Save a picture as what it was, but a heavy PNG as a photo."""
    if as_png and len(data := _saved(image, "PNG")) <= LARGE_PNG:
        return Picture(data, Media.PNG, image.width, image.height)
    return Picture(_saved(_flat(image), "JPEG"), Media.JPEG, image.width, image.height)


def _bare(image: Image.Image) -> Image.Image:
    """Copy the pixels into a new picture, so that nothing else comes along."""
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    pixels = image.convert("RGBA" if has_alpha else "RGB")
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return bare


def _flat(image: Image.Image) -> Image.Image:
    """Lay a picture with transparent parts on white."""
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _saved(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, quality=QUALITY, optimize=True)
    return out.getvalue()
