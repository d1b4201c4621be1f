"""Forged sets raise questions, honest ones do not, and each question is answered by a person."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from fengqiao.mediation.models import Membership, SpotLimits, SpotRecord, SpotReview
from fengqiao.mediation.quality import Question, is_open, questions, records_in
from fengqiao.mediation.sameness import bare, digest_of, overlap, pairs_of
from fengqiao.mediation.spotlimits import limits_of
from fengqiao.mediation.transitions import spot
from fengqiao.places.models import Region
from fengqiao.places.models.region import Level
from tests.cast import MONDAY_9AM, QING, place
from tests.mediation.table import Table
from tests.mediation.test_spot import settled

NOW = MONDAY_9AM + timedelta(days=30)
HOUR = timedelta(hours=1)
HONEST = [
    ("张福来、王守田", "王家的鸡进了张家菜园，啄坏一畦白菜", "王家扎篱笆，赔菜籽钱三十元"),
    ("李桂花和赵三", "两家为浇地先后争吵", "按地块顺序轮流浇，今晚李家先浇"),
    ("陈老大、陈老二", "老人住院费谁出，兄弟意见不一", "平摊，报销后多退少补"),
    ("孙玉、村民小组", "修路时压坏门前台阶", "小组周末帮着砌好"),
    ("马俊、马成", "借的三轮车还回来时胎爆了", "马成换一条新胎"),
    ("何秀英、刘二", "夜里打麻将声音太大", "十点以后不再打"),
]
FORGED = "双方因琐事发生争执，经调解员耐心劝导，"


def write(
    table: Table, who: str, what: str, how: str, *, at: datetime = MONDAY_9AM,
    where: Region | None = None,
) -> SpotRecord:  # fmt: skip
    """Write one record down at the moment it was settled."""
    said = settled(
        table, who=who, what=what, settled=how, settled_at=at, region=where or table.qing.willow,
    )  # fmt: skip
    return spot.record(said, to=table.village, by=table.he_mediates_willow, at=at)[0]


def asked(table: Table, limits: SpotLimits | None = None) -> dict[str, list[Question]]:
    """Ask about everything in the county, by the id of the record."""
    limits = limits or limits_of(QING, localdate(MONDAY_9AM))
    return {str(pk): said for pk, said in questions(records_in([table.qing.root], limits, NOW), limits).items()}


def those_with(found: dict[str, list[Question]], question: Question) -> set[str]:
    return {pk for pk, said in found.items() if question in said}


def keys(records: Iterable[SpotRecord]) -> set[str]:
    return {str(each.pk) for each in records}


def test_honest_records_raise_no_question(table: Table) -> None:
    for turn, (who, what, how) in enumerate(HONEST):
        write(table, who, what, how, at=MONDAY_9AM + turn * 25 * HOUR)
    assert asked(table) == {}


def test_the_same_words_with_other_names_and_sums_are_asked_about(table: Table) -> None:
    names = ["张福来、王守田", "李桂花、赵三", "陈大、陈小"]
    forged = [
        write(table, who, f"{FORGED}{who[:1]}家欠款{100 + turn}元", "双方握手言和。", at=MONDAY_9AM + turn * 24 * HOUR)
        for turn, who in enumerate(names)
    ]
    honest = write(table, *HONEST[0], at=MONDAY_9AM + 96 * HOUR)
    found = asked(table)
    assert those_with(found, Question.REPEATED) == keys(forged)
    assert str(honest.pk) not in found
    assert not those_with(found, Question.NEARLY)


def test_two_that_say_the_same_may_be_chance(table: Table) -> None:
    for turn in range(2):
        write(table, "张三、李四", f"{FORGED}和好", "双方握手言和。", at=MONDAY_9AM + turn * 24 * HOUR)
    assert asked(table) == {}
    assert those_with(asked(table, SpotLimits(county=QING, alike=2)), Question.REPEATED)


def test_a_template_with_a_word_changed_is_asked_about(table: Table) -> None:
    long = "双方因邻里琐事发生口角，经调解员上门耐心细致做工作，讲法律讲情理，双方互相谅解，不再追究对方责任"
    forged = [
        write(table, "张三、李四", f"{long}，{word}", "握手言和，当场履行完毕", at=MONDAY_9AM + turn * 24 * HOUR)
        for turn, word in enumerate(["从此和睦", "重归于好", "皆大欢喜"])
    ]
    found = asked(table)
    assert those_with(found, Question.NEARLY) == keys(forged) and not those_with(found, Question.REPEATED)


def test_one_mediator_is_not_in_two_places_at_one_minute(table: Table) -> None:
    grid = table.qing.grid
    other = place("629901101201002", "柳树第二网格", Level.GRID, table.qing.willow)
    torn = [write(table, *HONEST[0], where=grid), write(table, *HONEST[1], where=other)]
    write(table, *HONEST[2], at=MONDAY_9AM + 3 * HOUR, where=grid)
    write(table, *HONEST[3], at=MONDAY_9AM + 3 * HOUR)  # in the village as a whole, where the grid lies
    assert those_with(asked(table), Question.SAME_MINUTE) == keys(torn)


def test_seven_in_an_hour_are_asked_about_and_six_are_not(table: Table) -> None:
    minutes = [timedelta(minutes=9 * turn) for turn in range(6)]
    for (who, what, how), after in zip(HONEST, minutes, strict=True):
        write(table, who, what, how, at=MONDAY_9AM + after)
    assert asked(table) == {}
    write(table, "周大、周小", "晾衣绳占了过道", "各挂各的一边", at=MONDAY_9AM + timedelta(minutes=59))
    assert len(those_with(asked(table), Question.MANY)) == 7
    assert not those_with(asked(table, SpotLimits(county=QING, in_an_hour=7)), Question.MANY)


def test_nights_and_days_before_the_mediator_served(table: Table) -> None:
    jin = table.mediator(table.jin_mediates_willow)
    at = MONDAY_9AM + 24 * HOUR
    night = write(table, *HONEST[0], at=at - 7 * HOUR)  # two in the morning
    evening = write(table, *HONEST[1], at=at + 14 * HOUR)
    Membership.objects.filter(mediator=jin).update(starts_on=at.date())
    said = settled(table, mediator=jin, settled_at=at - 24 * HOUR)
    early = spot.record(said, to=table.village, by=table.jin_mediates_willow, at=at)[0]
    found = asked(table)
    assert those_with(found, Question.NIGHT) == keys([night])
    assert those_with(found, Question.NOT_SERVING) == keys([early])
    assert str(evening.pk) not in found


def test_a_party_that_disputes_is_heard_before_all_else_and_again_after_a_review(table: Table) -> None:
    made = write(table, *HONEST[0])
    spot.answer(made, is_so=False, at=MONDAY_9AM + HOUR)
    assert asked(table) == {str(made.pk): [Question.DISPUTED]}
    made.refresh_from_db()
    assert is_open(made)
    spot.review(
        made, SpotReview.Finding.EXPLAINED, "两家都问过了", by=table.qing.wu_supervises, at=MONDAY_9AM + 2 * HOUR
    )
    assert not is_open(SpotRecord.objects.get())
    SpotRecord.objects.update(disputed_at=MONDAY_9AM + 3 * HOUR)
    assert is_open(SpotRecord.objects.get())


def test_what_is_left_of_a_text() -> None:
    assert bare("张家欠王守田3000元，分三期还", "张福来、王守田") == "欠元分期还"
    one, other = (digest_of(who, f"{who[:2]}借了{who[-2:]}钱", "还清") for who in ("张三和李四", "王五和赵六"))
    assert one == other != digest_of("张三和李四", "借了粮", "还清")
    assert overlap(pairs_of("", "还清欠款", ""), pairs_of("", "还清欠款", "")) == 100
    assert overlap(frozenset(), frozenset()) == 0
