"""How days, sums and things agreed are written on Chinese papers."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
MYRIADS = ("", "万", "亿", "万亿")
BLANK_DAY = "　　　　年　　月　　日"
CENT = Decimal("0.01")


def day_in_words(day: date | None) -> str:
    """Write a day out; one that is not known yet is left to the pen."""
    return f"{day.year}年{day.month}月{day.day}日" if day else BLANK_DAY


def money_in_words(amount: Decimal) -> str:
    """Write a sum in figures and in the capitals that nobody alters with a stroke."""
    return f"人民币{amount.quantize(CENT, ROUND_HALF_UP):,}元（大写：{in_capitals(amount)}）"


def in_capitals(amount: Decimal) -> str:
    """Write a sum below ten thousand times a hundred million yuan in Chinese capitals."""
    cents = int(amount.quantize(CENT, ROUND_HALF_UP) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    whole = f"{_whole(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"{whole or '零元'}整"
    tenths = f"{DIGITS[jiao]}角" if jiao else "零" if whole else ""
    return f"{whole}{tenths}{f'{DIGITS[fen]}分' if fen else '整'}"


def _whole(number: int) -> str:
    """Write a whole number in groups of four digits; one 零 stands for any zeros left out between digits."""
    said, is_gap = "", False
    for place in reversed(range(len(str(number)))):
        digit = number // 10**place % 10
        if digit:
            said += f"{DIGITS[0] if is_gap and said else ''}{DIGITS[digit]}{PLACES[place % 4]}"
        is_gap = not digit
        if place % 4 == 0 and number // 10**place % 10_000:
            said += MYRIADS[place // 4]
    return said
