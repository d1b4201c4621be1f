"""The name of a file as people read it. It is only ever shown: no path and no type is taken from it."""

import re
import unicodedata

from fengqiao.files.vocabulary import ENDINGS, Media

LONGEST = 80
UNFIT = re.compile(r'[<>:"/\\|?*\'`;%]+')
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # control signs, reversed writing, what no font draws


def shown_name(given: str, media: Media) -> str:
    """Make a name fit to show: one line, nothing that turns or hides text, and the ending of what the file is."""
    last = given.replace("\\", "/").rpartition("/")[2]
    flat = unicodedata.normalize("NFC", last)
    plain = "".join(sign for sign in flat if unicodedata.category(sign) not in HIDDEN)
    stem = plain.rpartition(".")[0] if "." in plain else plain
    stem = " ".join(UNFIT.sub(" ", stem).split()).strip(". ")[:LONGEST]
    return f"{stem or 'file'}.{ENDINGS[media]}"
