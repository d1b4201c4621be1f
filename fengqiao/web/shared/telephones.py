"""Numbers to call: how one is written down, and whether it is a whole one."""

import re
import unicodedata

# A mobile, a landline with or without its area code, both also as one calls them from abroad, a service line of five
# digits, 400 or 800, or one from abroad.
WHOLE = re.compile(
    r"((\+|00)?86)?1[3-9]\d{9}|0[1-9]\d{1,2}\d{7,8}|(\+|00)86(?!1[3-9])0?[1-9]\d{8,10}|\d{7,8}|\d{5}|[48]00\d{7}"
    r"|(\+|00)(?!86)[1-9]\d{6,13}",
    re.ASCII,
)
BETWEEN = re.compile(r"[\s()\-\u2010-\u2015\u2212]")
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # a number copied from an address book has some


def tidied(typed: str) -> str:
    """Write a number without what people put between its digits."""
    return BETWEEN.sub("", UNSEEN.sub("", unicodedata.normalize("NFKC", typed)))


def is_whole(number: str) -> bool:
    """Tell whether a tidied number can be called as it stands."""
    return WHOLE.fullmatch(number) is not None
