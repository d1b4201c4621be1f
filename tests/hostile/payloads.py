"""What is typed, chosen and sent where something else was meant. A new line here is tried on every form."""

from hypothesis import settings

from tests.cast import QING

IS_LONG = settings.get_current_profile_name() == "long"  # ./run test tests/hostile --hypothesis-profile=long
X = "<x-evil onload=e()>"  # no page of ours has such an element: where a reader finds one, words became a page

WORDS = {
    "out of an attribute": f'"><script>e()</script>{X}',
    "out of a text area": f"'><svg/onload=e()></textarea>{X}",
    "out of a style or title": f"</style></title><img src=x onerror=e()>{X}",
    "an address that runs": f"javascript:e()//{X}",
    "a template": "{{request.user.password}}{% now 'Y' %}{{7*7}}" + X,
    "a query": f"'; DROP TABLE cases_case; --{X}",
    "a format": "%s%(secret)s{0.__class__}" + X,
    "a null": f"evil\x00{X}",
    "right to left": f"\u202e\u2066evil{X}\u2069",
    "unseen": f"\u200b\u2060\ufeff\u00ad=1+1{X}",
    "lines in one line": f"a\r\nSet-Cookie: evil=1\r\n\r\n{X}\u2028\x0b\x1b[2J",
    "beyond the first plane": f"𠮷😀👨‍👩‍👧‍👦🏳️‍🌈{X}",
    "a path": f"../../../../etc/passwd{X}",
    "a megabyte": "长" * 350_000,
}
VALUES = {
    "nothing": "",
    "blanks": " \u3000\u00a0\t",
    "minus": "-1",
    "huge": "9" * 40,
    "beyond a bigint": str(2**63),
    "no number": "nan",
    "endless": "1e309",
    "superscript": "²",
    "no date": "2026-02-30",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "no time": "25:61",
    "a null": "\x00",
    "of another county": "629902",
    "an id that is none": "01970000-0000-7000-8000-000000000000",
    "not quite an id": "01970000-0000-7000-8000-00000000000g",
    "a list": "[]",
    "an object": '{"a": {"$gt": ""}}',
}
# The first leaves every place in which a page puts words, and fits into a field of forty signs.
STORED = ["'\"></textarea><x-evil onload=e>", '"><x-evil>', "javascript:e()//<x-evil>"]
EVERYWHERE = ("lines in one line", "the last day", "huge", "a list")  # each of them in every field at once
RAW = {
    "half a sign": b"%ED%A0%80",
    "no sign": b"%FF%FE%C0%AF",
    "signs left open": b"%E4%BD",
    "percent": b"%%%zz",
}
SENSIBLE = {
    "phone": "13900000012", "code": f"{QING}101299", "username": "somebody.new", "address": "json://localhost/x",
    "number": "20260101-ZZZZZ", "places": "4", "amount": "3", "more": "3", "secret": "123456",
    "starts_on": "", "ends_on": "", "year": "2027", "boxes": "0,0,0.5,0.5", "table": "", "route": "法院",
    "opens": "09:00", "closes": "11:00", "opens_again": "14:00", "closes_again": "17:00", "agreed_on": "",
}  # fmt: skip
