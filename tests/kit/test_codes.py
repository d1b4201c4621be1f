import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengqiao.kit.codes import ALPHABET, FULL_LENGTH, Misread, grouped, misread, new_code, tidy

SIGNS = st.sampled_from(ALPHABET)


def test_a_code_has_the_tag_and_no_order() -> None:
    codes = {new_code("ZY") for _ in range(500)}

    assert len(codes) == 500
    assert all(code.startswith("ZY") and len(code) == FULL_LENGTH for code in codes)
    assert all(misread(code) is None for code in codes)


def test_signs_that_are_misread_are_never_given_out() -> None:
    assert not set("01OILU") & set(ALPHABET)


@given(at=st.integers(2, FULL_LENGTH - 1), wrong=SIGNS)
def test_one_wrong_sign_is_caught(at: int, wrong: str) -> None:
    code = new_code("ZY")
    slipped = code[:at] + wrong + code[at + 1 :]

    assert (misread(slipped) is None) is (slipped == code)


@given(at=st.integers(2, FULL_LENGTH - 2))
def test_two_neighbours_exchanged_are_caught(at: int) -> None:
    code = new_code("ZY")
    exchanged = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    ends = {ALPHABET[0], ALPHABET[-1]}  # the one pair that Luhn's algorithm lets pass

    assert misread(exchanged) is not None or exchanged == code or {code[at], code[at + 1]} == ends


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("ZY-7K3", Misread("short")),
        ("ZY-7K3M-9QXR-CCC", Misread("long")),
        ("ZY-7K3M-9QXO-C", Misread("signs", "O")),
        ("", Misread("short")),
    ],
)
def test_a_slip_is_named(typed: str, fault: Misread) -> None:
    assert misread(tidy(typed)) == fault


def test_however_it_is_typed_it_is_the_same_code() -> None:
    code = new_code("ZY")
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code)

    assert (
        tidy(grouped(code))
        == tidy(f"  {grouped(code).lower()} ")
        == tidy(full_width)
        == tidy(f"查询码：{code}。")
        == code
    )


def test_a_code_is_grouped_to_be_read_aloud() -> None:
    assert grouped("ZY7K3M9QXRC") == "ZY-7K3M-9QXR-C"
