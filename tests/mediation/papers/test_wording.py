"""Sums in capitals, days left to the pen, one sentence for each thing agreed."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fengqiao.mediation.papers.contents import Item, Party
from fengqiao.mediation.papers.fields import sentence, signers
from fengqiao.mediation.papers.wording import DIGITS, day_in_words, in_capitals, money_in_words

VALUES = {"拾": 10, "佰": 100, "仟": 1000}
PARTS = {"角": Decimal("0.1"), "分": Decimal("0.01")}


@pytest.mark.parametrize(
    ("amount", "capitals"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("107", "壹佰零柒元整"),
        ("12000", "壹万贰仟元整"),
        ("10005", "壹万零伍元整"),
        ("105000.30", "壹拾万零伍仟元叁角整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100000001", "壹亿零壹元整"),
    ],
)
def test_sums_in_capitals(amount: str, capitals: str) -> None:
    assert in_capitals(Decimal(amount)) == capitals


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_capitals_read_back_give_the_sum(amount: Decimal) -> None:
    assert read_back(in_capitals(amount)) == amount


def read_back(capitals: str) -> Decimal:
    """Read a sum as a person does: yuan in groups of four digits, then tenths and hundredths."""
    whole, _yuan, rest = capitals.rpartition("元")
    high, _yi, low = whole.rpartition("亿")
    yuan = sum(
        scale * (group(part.rpartition("万")[0]) * 10_000 + group(part.rpartition("万")[2]))
        for scale, part in ((100_000_000, high), (1, low))
    )
    return Decimal(yuan) + sum(
        Decimal(DIGITS.index(sign)) * PARTS[part] for sign, part in pairwise(rest) if part in PARTS
    )


def group(text: str) -> int:
    """Read up to four digits, each with its place."""
    return sum(DIGITS.index(sign) * VALUES.get(place, 1) for sign, place in pairwise(f"{text} ") if sign in DIGITS)


def test_a_day_not_known_is_left_to_the_pen() -> None:
    assert day_in_words(None).split() == ["年", "月", "日"]


def test_a_sum_is_rounded_to_the_cent() -> None:
    assert money_in_words(Decimal("1234.565")) == "人民币1,234.57元（大写：壹仟贰佰叁拾肆元伍角柒分）"


def test_one_thing_agreed_is_one_sentence() -> None:
    full = Item(debtor="甲", creditor="乙", duty="赔偿损失。", amount=Decimal(5), way="现金", due=date(2026, 1, 2))
    assert sentence(full) == "由甲于2026年1月2日前向乙履行：赔偿损失；金额：人民币5.00元（大写：伍元整）；方式：现金。"
    assert sentence(Item(debtor="甲", duty="修门", due="雨停以后")) == "由甲履行：修门；期限：雨停以后。"


def test_whoever_speaks_for_a_party_signs_beside_them() -> None:
    child = Party(side="申请人", name="小川", guardian="何秀兰", agent="高文")
    assert [f"{one['称谓']}{one['姓名']}" for one in signers(child)] == [
        "小川的监护人何秀兰",
        "小川的委托代理人高文",
    ]
