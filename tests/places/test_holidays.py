"""The yearly notice of days off, pasted in as it is published."""

from datetime import date

import pytest

from fengqiao.jobs.launch.where import CHECKOUT
from fengqiao.places.editions import rows_of
from fengqiao.places.holidays import read_notice

OF_2026 = """国务院办公厅关于2026年
部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。"""


def test_the_notice_of_2026_gives_the_days_we_ship() -> None:
    notice = read_notice(OF_2026, 2026)

    assert notice.problems == []
    shipped = {row["on"]: row["working"] == "1" for row in rows_of(CHECKOUT / "data" / "calendar" / "workdays.csv")}
    of_2026 = {on: working for on, working in shipped.items() if on.startswith("2026")}
    assert {on.isoformat(): day.working for on, day in notice.days.items()} == of_2026
    assert notice.days[date(2026, 2, 14)].name == "春节"


def test_a_holiday_that_begins_in_december_keeps_its_first_days() -> None:
    notice = read_notice("一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)

    assert notice.off() == [date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 2)]
    assert notice.problems == []


def test_older_words_and_brackets_are_read_too() -> None:
    notice = read_notice(
        "一、元旦：1月1日放假，1月2日(星期一)补休。\n二、国庆节、中秋节：10月1日至8日放假调休，共8天。", 2017
    )

    assert notice.off()[:2] == [date(2017, 1, 1), date(2017, 1, 2)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("一、元旦：1月1日（周五）放假，共1天。", "2026-01-01"),
        ("一、元旦：1月1日至3日放假，共5天。", "5"),
        ("一、元旦：1月1日放假，共" + "9" * 5000 + "天。", "9999"),
        ("一、春节：2月30日放假。", "2月30日"),
        ("一、春节：2月16日（周一）上班。", "2026-02-16"),
        ("一、春节：2月15日放假。2月15日上班。", "2026-02-15"),
        ("明年放假安排另行通知。", "一、元旦"),
    ],
)
def test_what_cannot_be_right_is_said(line: str, said: str) -> None:
    problems = read_notice(line, 2026).problems

    assert len(problems) == 1 and said in problems[0]
