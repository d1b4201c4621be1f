"""Every form of the program is given what nobody should type: no fault of ours, nothing that runs, always a sentence.

The forms are found by reading the pages, and every address that takes a form is accounted for: a new form is tried
from its first day, and one that no page here leads to fails until it is.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import pytest
from django.test import Client
from django.urls import resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.architecture.test_access import ours_and_theirs
from tests.hostile.attack import Found, Sent, browser, filled, forms, press, undone, was_taken, wrong_with
from tests.hostile.payloads import EVERYWHERE, IS_LONG, RAW, STORED, VALUES, WORDS
from tests.hostile.world import World

pytestmark = pytest.mark.django_db
T = TypeVar("T")

# Addresses that take something which is no form of a page, and why. Their own tests try them.
WITHOUT_A_FORM = {
    "begin_file": "a page's script sends a large file's name: tests/web/resident/test_arriving.py",
    "here": "a page's script asks where a position is: tests/web/resident/test_position.py",
    "follow_unit": "a button without a field, after a unit was closed: tests/web/console/test_units.py",
    "end_seat": "a button without a field, beside a seat: tests/web/console/test_registers.py",
    "invite_again": "a button without a field, in the list of experts: tests/web/console/test_advisers.py",
    "set_mediator_status": "a button without a field, on a mediator's page: tests/web/console/test_registers.py",
    "apply_file": "a button without a field, after a list was read: tests/web/console/test_places.py",
    "hide_copy": "a button without a field, once a copy is shown: tests/web/console/test_covering.py",
    "account_end": "a button without a field: tests/web/shared/test_where.py",
    "bulk_run": "a button without a field, for a run that was broken off: tests/web/console/test_bulk.py",
    "account_end_others": "a button without a field: tests/web/shared/test_where.py",
    "first_setup": "the first start of all, by a token: tests/web/shared/test_first_setup.py",
    "mfa_reauthenticate": "a code of six digits, as mfa_authenticate is",
    "mfa_deactivate_totp": "asked again who one is before it: tests/web/shared/test_factors.py",
    "mfa_edit_webauthn": "asked again who one is before it: tests/web/shared/test_passkeys.py",
    "mfa_remove_webauthn": "asked again who one is before it: tests/web/shared/test_passkeys.py",
}


@pytest.fixture(scope="module")
def found(world: World) -> list[Found]:
    """Every form that takes something."""
    return forms(world)


def methods(view: Any) -> set[str]:
    """Read from a view's decorators how it may be asked; one that says nothing may be asked in every way."""
    said: set[str] = {"GET", "POST"}
    while view is not None:
        kept = dict(zip(getattr(view.__code__, "co_freevars", ()), view.__closure__ or (), strict=False))
        if "request_method_list" in kept:
            said &= set(kept["request_method_list"].cell_contents)
        if hasattr(view, "view_class"):
            said &= {"GET"} | ({"POST"} if hasattr(view.view_class, "post") else set())
        view = getattr(view, "__wrapped__", None)
    return said


def test_every_address_that_takes_a_form_is_tried(world: World, found: list[Found]) -> None:
    tried = {resolve(one.action.split("?")[0]).url_name for one in found}
    takes = {one.name for _address, one in ours_and_theirs() if "POST" in methods(one.callback)}

    assert takes - tried - WITHOUT_A_FORM.keys() == set()
    assert WITHOUT_A_FORM.keys() & tried == set() and WITHOUT_A_FORM.keys() <= takes
    assert len(found) >= 100


def everything(one: Found, said: str) -> dict[str, str]:
    """Say the same in every field."""
    return dict.fromkeys(one.names, said)


def some(number: int, table: Sequence[T], many: int = 1) -> list[T]:
    """Take all lines of a table on a long run; otherwise a few, each form others."""
    return list(table) if IS_LONG else [table[(number + step) % len(table)] for step in range(many)]


def test_nonsense_in_every_field_at_once_is_answered(world: World, found: list[Found]) -> None:
    faults = []
    for number, one in enumerate(found):
        for what in {"a null", *some(number, EVERYWHERE)}:
            with undone():
                answer = press(browser(world, one.who), one, filled(one.form, everything(one, (WORDS | VALUES)[what])))
            faults += [f"{one} {what}: {fault}" for fault in wrong_with(answer)]
    assert faults == []


def test_a_null_in_one_field_alone_is_answered(world: World, found: list[Found]) -> None:
    """No database takes it; among sensible answers it comes further than where all is nonsense."""
    faults = []
    for one in found:
        for name in one.names:
            with undone():
                answer = press(browser(world, one.who), one, filled(one.form, {name: WORDS["a null"]}))
            faults += [f"{one} {name}: {fault}" for fault in wrong_with(answer)]
    assert faults == []


def test_a_form_with_nothing_in_it_and_one_with_everything_twice_is_answered(world: World, found: list[Found]) -> None:
    faults = []
    for number, one in enumerate(found):
        twice: Sent = {name: [*values, *values, "x"] for name, values in filled(one.form, {}).items()}
        for sent in some(number, [{}, twice]):
            with undone():
                answer = press(browser(world, one.who), one, sent)
            faults += [f"{one}: {fault}" for fault in wrong_with(answer)]
    assert faults == []


BODIES = [
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nbroken'),
    ("multipart/form-data", b"no boundary"),
    ("application/json", b'{"text": ["x"'),
    ("application/x-www-form-urlencoded; charset=utf-16", b"text=%00"),
    ("text/plain", b"\x00\xff"),
    *(("application/x-www-form-urlencoded", b"&".join([b"text=" + raw, b"name=" + raw])) for raw in RAW.values()),
]


def test_what_is_no_form_at_all_is_answered(world: World, found: list[Found]) -> None:
    faults = []
    for number, one in enumerate(found):
        for kind, body in some(number, BODIES):
            with undone():
                answer = browser(world, one.who).generic("POST", one.action, body, content_type=kind)
            faults += [f"{one} {kind}: {fault}" for fault in wrong_with(answer)]
    assert faults == []


def tries(one: Found, evil: str) -> Iterator[dict[str, str]]:
    """Type it everywhere; where that is refused, in one field after the other."""
    yield dict.fromkeys(one.typed, evil)
    if len(one.typed) > 1:
        yield from ({name: evil} for name in one.typed)


def read_back(client: Client, one: Found, answer: Any) -> Iterator[str]:
    """Open the pages on which what was just stored is shown."""
    onward = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or one.page
    for page in dict.fromkeys([onward, one.page]):
        yield from wrong_with(client.get(page))


def typed_into(world: World, one: Found, evil: str) -> tuple[bool, list[str]]:
    """Type it into a form until it is taken, and read it back; give whether it was, and what was wrong."""
    faults: list[str] = []
    for hostile in tries(one, evil):
        with undone():
            client = browser(world, one.who)
            answer = press(client, one, filled(one.form, hostile))
            faults += wrong_with(answer)
            if was_taken(answer):
                return True, [*faults, *read_back(client, one, answer)]
    return False, faults


def test_words_that_were_taken_are_said_back_and_never_run(world: World, found: list[Found]) -> None:
    faults, taken = [], []
    for one in (one for one in found if one.typed):
        for evil in STORED if IS_LONG else STORED[:1]:
            was, wrong = typed_into(world, one, evil)
            faults += [f"{one}: {fault}" for fault in wrong]
            taken += [str(one)] * was
    assert faults == []
    assert len(set(taken)) >= 40  # otherwise nothing was stored, and nothing tried


@settings(
    max_examples=5000 if IS_LONG else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(draw=st.data())
def test_whatever_is_drawn_is_answered(world: World, found: list[Found], draw: st.DataObject) -> None:
    one = draw.draw(st.sampled_from(found))
    table = [*WORDS.values(), *VALUES.values()]
    words = st.one_of(st.sampled_from(table), st.text(max_size=300).filter(is_sent))
    hostile = draw.draw(st.dictionaries(st.sampled_from(one.names or ["x"]), words, max_size=4))
    with undone():
        assert wrong_with(press(browser(world, one.who), one, filled(one.form, hostile))) == []


def is_sent(text: str) -> bool:
    """Test if a browser could send this; half signs are tried as bytes."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)
